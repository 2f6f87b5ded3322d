package conformance

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/conformance/internal/wire"
	"github.com/poolvet/poolvet/internal/effect"
)

// What the server shows of a session.
const (
	parameter = "parameter"
	role      = "role"
	prepared  = "prepared statement"
	cursor    = "cursor"
	channel   = "channel"
	lock      = "lock"
	temporary = "temporary object"
	sequence  = "sequence"
)

// shows is where the server shows an effect. Kinds that are not here it does
// not show.
var shows = map[effect.Kind][]string{
	effect.Set:                       {parameter, role},
	effect.SetConfig:                 {parameter, role},
	effect.SetCharacteristics:        {parameter},
	effect.Reset:                     {parameter, role},
	effect.ResetAll:                  {parameter},
	effect.SetRole:                   {role},
	effect.ResetRole:                 {role},
	effect.SetSessionAuthorization:   {role},
	effect.ResetSessionAuthorization: {role},
	effect.Discard:                   {parameter, role, prepared, cursor, channel, lock, temporary, sequence},
	effect.Prepare:                   {prepared},
	effect.Deallocate:                {prepared},
	effect.Listen:                    {channel},
	effect.Unlisten:                  {channel},
	effect.CursorHold:                {cursor},
	effect.TempObject:                {temporary},
	effect.TempFunction:              {temporary},
	effect.AdvisoryLock:              {lock},
	effect.AdvisoryUnlock:            {lock},
	effect.SequenceChange:            {sequence},
}

// state is what the server shows, by what it is and its name.
type state map[item]string

type item struct{ what, name string }

type change struct {
	item
	from, to string // "" where there was or is none
}

func (c change) String() string { return fmt.Sprintf("%s %s %q to %q", c.what, c.name, c.from, c.to) }

// isOf reports whether the change is what e does.
func (c change) isOf(e effect.Effect) bool {
	if !slices.Contains(shows[e.Kind], c.what) {
		return false
	}
	switch e.Kind {
	case effect.Set, effect.SetConfig, effect.Reset:
		return c.what != parameter || e.Object == "" || strings.EqualFold(cmp.Or(spelled[strings.ToLower(e.Object)], e.Object), c.name)
	}
	return true
}

// spelled are SQL's own names of parameters.
var spelled = map[string]string{"time zone": "timezone", "names": "client_encoding"}

// lookFunction is one function, so that its plans are made once a session.
// It names no column of a type that a parameter of the session formats.
const lookFunction = `
create schema poolvet;
grant usage on schema poolvet to public;
create function poolvet.look() returns table (what text, name text, value text) language plpgsql as $$
#variable_conflict use_column
begin
	return query select 'parameter', s.name, s.setting from pg_catalog.pg_show_all_settings() s
		where s.source = 'session' and left(s.name, 12) <> 'transaction_'; -- which is the transaction's own
	return query select 'role', '', current_user || '/' || session_user;
	return query select 'prepared statement', p.name, extract(epoch from p.prepare_time)::text from pg_catalog.pg_prepared_statement() p;
	return query select 'cursor', c.name, extract(epoch from c.creation_time)::text from pg_catalog.pg_cursor() c where c.is_holdable;
	return query select 'channel', c, 'on' from pg_catalog.pg_listening_channels() c;
	return query select 'lock', concat_ws(' ', l.classid, l.objid, l.objsubid, l.mode), 'held'
		from pg_catalog.pg_lock_status() l where l.locktype = 'advisory' and l.pid = pg_catalog.pg_backend_pid();
	if pg_catalog.pg_my_temp_schema() <> 0 then
		return query select 'temporary object', relkind::text || ' ' || relname, oid::text
			from pg_catalog.pg_class where relnamespace = pg_catalog.pg_my_temp_schema();
		return query select 'temporary object', 'function ' || proname, oid::text
			from pg_catalog.pg_proc where pronamespace = pg_catalog.pg_my_temp_schema();
		return query select 'temporary object', 'type ' || typname, oid::text
			from pg_catalog.pg_type where typnamespace = pg_catalog.pg_my_temp_schema() and typrelid = 0 and typelem = 0;
	end if;
	begin
		return query select 'sequence', '', pg_catalog.lastval()::text;
	exception
		when object_not_in_prerequisite_state then null;
		when insufficient_privilege then return query select 'sequence', '', '?';
	end;
end $$`

// look asks the server for the session's state, parameters of one's own
// included.
func look(c *wire.Client, own []string) (state, error) {
	query := "select * from poolvet.look()"
	for _, name := range own {
		query += fmt.Sprintf(" union all select 'parameter', '%s', pg_catalog.current_setting('%[1]s', true) where pg_catalog.current_setting('%[1]s', true) <> ''", name)
	}
	rows, err := c.Query(query)
	if err != nil {
		return nil, err
	}
	s := state{}
	for _, r := range rows {
		s[item{r[0], r[1]}] = r[2]
	}
	return s, nil
}

// known fills in from the state before what the role may not see now.
func (s state) known(before state) state {
	last := item{sequence, ""}
	if s[last] == "?" {
		delete(s, last)
		if v, ok := before[last]; ok {
			s[last] = v
		}
	}
	return s
}

func (s state) changes(after state) []change {
	var all []change
	for i, from := range s {
		if to := after[i]; to != from {
			all = append(all, change{i, from, to})
		}
	}
	for i, to := range after {
		if _, ok := s[i]; !ok {
			all = append(all, change{i, "", to})
		}
	}
	slices.SortFunc(all, func(a, b change) int { return strings.Compare(a.String(), b.String()) })
	return all
}

// lacks reports whether e undoes something, and the state has no such thing.
func (s state) lacks(e effect.Effect) bool {
	switch e.Kind {
	case effect.Reset, effect.ResetAll, effect.ResetRole, effect.ResetSessionAuthorization,
		effect.Discard, effect.Deallocate, effect.Unlisten, effect.AdvisoryUnlock:
	default:
		return false
	}
	for i := range s {
		if e.Kind == effect.Reset && !strings.EqualFold(i.name, e.Object) {
			continue
		}
		if i.what != role && slices.Contains(shows[e.Kind], i.what) {
			return false
		}
	}
	return true
}

// leading is a statement's first word and, after CREATE, what it creates.
var leading = regexp.MustCompile(`(?is)^(?:\s|--[^\n]*\n|/\*.*?\*/)*(\w+)(?:\s+or\s+replace)?(?:\s+(?:unique|recursive))?(?:\s+(\w+))?`)

var (
	comment = regexp.MustCompile(`(?s)--[^\n]*|/\*.*?\*/`)
	drawn   = regexp.MustCompile(`(?i)\bnextval\b`)
	temp    = regexp.MustCompile(`(?i)\b(temp|temporary|pg_temp)\b`)
)

// cannotTell says why a statement's text does not tell a change, or "".
func cannotTell(s statement, c change) string {
	m := leading.FindStringSubmatch(s.text)
	if m == nil {
		return ""
	}
	verb, object := strings.ToLower(m[1]), strings.ToLower(m[2])
	text := comment.ReplaceAllString(s.text, " ")
	calls := slices.Contains([]string{"select", "call", "with", "insert", "update", "explain"}, verb)
	switch {
	case verb == "execute":
		return "EXECUTE does what was prepared"
	case c.what == sequence && drawn.MatchString(text), c.what == temporary && c.to != "" && temp.MatchString(text),
		c.what == parameter && strings.Contains(text, "set_config"):
		return "" // it says so
	case c.what == sequence && c.to == "":
		return "the sequence that lastval() is of goes with what is dropped"
	case c.what == sequence:
		return "a column's default, an identity or a function that it calls draws from a sequence"
	case c.what == cursor && c.to == "" && verb == "close":
		return "CLOSE ends a cursor: it leaves nothing behind"
	case c.what == temporary && (verb == "drop" || verb == "alter") && (c.to == "" || verb == "alter"):
		return "what it drops or alters is temporary"
	case c.what == temporary && verb == "create" && object == "index":
		return "an index is temporary where its table is"
	case c.what == temporary && verb == "create" && object == "view":
		return "a view is temporary where it reads something that is"
	case c.what == temporary && verb == "create":
		return "it is created where search_path says, and that is pg_temp"
	case calls && strings.Contains(text, "("):
		return "a function that it calls does it"
	}
	return ""
}
