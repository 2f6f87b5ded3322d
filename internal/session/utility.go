package session

import (
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/guc"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// utilities are the statements that are known by their leading keyword. Each
// reads the statement at token i and answers with no effect unless the tokens
// have the full shape of one, so that a text that does not parse, of another
// dialect or plain English, is not taken for it.
var utilities map[string]func(s statement, i int) []effect.Effect

func init() {
	utilities = map[string]func(s statement, i int) []effect.Effect{
		"set":        statement.set,
		"reset":      statement.reset,
		"discard":    statement.discard,
		"prepare":    statement.prepare,
		"execute":    statement.execute,
		"deallocate": statement.deallocate,
		"listen":     statement.listen,
		"unlisten":   statement.unlisten,
		"declare":    statement.declare,
		"load":       statement.load,
		"begin":      statement.begin,
		"start":      statement.begin,
		"notify":     statement.notify,
		"create":     statement.create,
		"explain":    statement.explain,
		"select":     statement.selectInto,
		"with":       statement.selectInto,
	}
}

// utility reads the effects of the statement at token i as its leading
// keyword has them. What its expressions do is not among them.
func (s statement) utility(i int) []effect.Effect {
	read, ok := utilities[strings.ToLower(s.src(i))]
	if !ok || !s.kind(i, pgquery.Word) {
		return nil
	}
	effects := read(s, i)
	if s.oneOf(i, "set", "reset") && len(effects) == 1 && !setsParameter(effects[0], i > 0) {
		return nil
	}
	return effects
}

// setsParameter reports whether a SET or RESET is of something that exists: a
// parameter of PostgreSQL, one with a prefix, or a role. PostgreSQL refuses
// others, so they are of another dialect. One whose name is not known may be
// the end of an UPDATE where its own beginning is not known either.
func setsParameter(e effect.Effect, begun bool) bool {
	switch e.Kind {
	case effect.Set, effect.SetLocal, effect.Reset:
		return e.Object == "" && !begun || IsParameter(e.Object)
	}
	return true
}

// https://www.postgresql.org/docs/current/sql-set.html and its neighbours.
func (s statement) set(i int) []effect.Effect {
	j := i + 1
	local, session := s.is(j, "local"), s.is(j, "session")
	if (local || session) && !s.assigns(j+1) && s.src(j+1) != "." {
		j++
	} else {
		local, session = false, false
	}
	one := func(kind, localKind effect.Kind, object string, next int) []effect.Effect {
		if local {
			kind = localKind
		}
		return []effect.Effect{s.effect(kind, object, i, next)}
	}
	plain := func(object string, next, value int) []effect.Effect {
		if s.oneOf(value, "default") {
			return one(effect.Reset, effect.SetLocal, object, next)
		}
		return one(effect.Set, effect.SetLocal, object, next)
	}
	authorization := j
	if s.is(j, "session", "authorization") {
		authorization++
	}
	switch {
	case s.assigns(j + 1): // a parameter of a name such as role or names
	case s.is(j, "transaction"):
		if !s.oneOf(j+1, "isolation", "read", "not", "deferrable", "snapshot") && !s.unknown(j+1) {
			return nil
		}
		return one(effect.SetTransaction, effect.SetTransaction, "transaction", j+1)
	case s.is(j, "constraints"):
		return nil
	case session && s.is(j, "characteristics", "as", "transaction"):
		return s.characteristics(i, j+3)
	case s.is(authorization, "authorization") && (session || authorization > j) && s.atValue(authorization+1):
		kind := effect.SetSessionAuthorization
		if s.is(authorization+1, "default") {
			kind = effect.ResetSessionAuthorization
		}
		return one(kind, effect.SetLocalRole, s.value(authorization+1), authorization+1)
	case s.is(j, "role") && s.atValue(j+1):
		kind := effect.SetRole
		if strings.EqualFold(s.value(j+1), "none") {
			kind = effect.ResetRole
		}
		return one(kind, effect.SetLocalRole, s.value(j+1), j+1)
	case s.is(j, "time", "zone"):
		if s.is(j+2, "local") {
			return one(effect.Reset, effect.SetLocal, "timezone", j+2)
		}
		return plain("timezone", j+2, j+2)
	case s.is(j, "names") && s.atValue(j+1) && s.ends(j+2):
		return plain("client_encoding", j+1, j+1)
	case s.is(j, "names") && s.ends(j+1):
		return one(effect.Reset, effect.SetLocal, "client_encoding", j+1)
	case s.is(j, "schema") && s.kind(j+1, pgquery.Str):
		return plain("search_path", j+1, j+1)
	case s.is(j, "xml", "option"):
		return plain("xmloption", j+2, j+2)
	}
	name, next := s.name(j)
	if next == j || !s.assigns(next) || !s.values(next+1) || s.src(j)[0] == '@' { // @x is a variable of MySQL or T-SQL
		if s.kind(j, pgquery.Spot) && s.ends(j+1) { // SET …, the assignment not known
			return one(effect.Set, effect.SetLocal, "", next)
		}
		return nil
	}
	return s.assignment(i, next, strings.ToLower(name), local)
}

// modes are how SET SESSION CHARACTERISTICS spells the default_ parameters
// that it sets.
var modes = []struct {
	words     []string
	parameter string
}{
	{[]string{"isolation", "level"}, "default_transaction_isolation"},
	{[]string{"read", "only"}, "default_transaction_read_only"},
	{[]string{"read", "write"}, "default_transaction_read_only"},
	{[]string{"deferrable"}, "default_transaction_deferrable"},
}

// characteristics reads SET SESSION CHARACTERISTICS AS TRANSACTION, whose words
// end before token next: an effect for each parameter that its modes set.
func (s statement) characteristics(i, next int) []effect.Effect {
	var effects []effect.Effect
	for _, m := range modes {
		for j := next; j < len(s.tokens); j++ {
			if s.is(j, m.words...) {
				effects = append(effects, s.effect(effect.SetCharacteristics, m.parameter, i, next))
				break
			}
		}
	}
	if len(effects) == 0 {
		return []effect.Effect{s.effect(effect.SetCharacteristics, "", i, next)}
	}
	return effects
}

// assignment reads SET name = value, whose words end before token next.
func (s statement) assignment(i, next int, name string, local bool) []effect.Effect {
	value := strings.ToLower(s.value(next + 1))
	reset := s.is(next+1, "default")
	kind := effect.Set
	switch name {
	case "role":
		kind = effect.SetRole
		if reset || value == "none" {
			kind = effect.ResetRole
		}
		name = value
	case "session_authorization":
		kind = effect.SetSessionAuthorization
		if reset {
			kind = effect.ResetSessionAuthorization
		}
		name = value
	case "transaction_isolation", "transaction_read_only", "transaction_deferrable":
		return []effect.Effect{s.effect(effect.SetTransaction, name, i, next)}
	default:
		if reset {
			kind = effect.Reset
		}
	}
	if local {
		if kind != effect.Set && kind != effect.Reset {
			kind = effect.SetLocalRole
		} else {
			kind = effect.SetLocal
		}
	}
	e := s.effect(kind, name, i, next)
	e.Restores = kind == effect.Set && guc.IsDefault(name, value)
	return []effect.Effect{e}
}

// values reports whether nothing but a list of values stands from token i on.
func (s statement) values(i int) bool {
	for ; ; i++ {
		for s.kind(i, pgquery.Op) && len(s.src(i)) == 1 && strings.Contains("+-", s.src(i)) {
			i++
		}
		switch {
		case s.kind(i, pgquery.Number):
			i++
		case s.atValue(i):
			if _, next := s.name(i); next > i {
				i = next
			} else {
				i++
			}
		default:
			return false
		}
		if s.src(i) != "," {
			return s.ends(i)
		}
	}
}

// atValue reports whether token i can be the value of a SET.
func (s statement) atValue(i int) bool {
	return s.kind(i, pgquery.Word) || s.kind(i, pgquery.Quoted) || s.kind(i, pgquery.Str) || s.unknown(i)
}

func (s statement) reset(i int) []effect.Effect {
	var kind effect.Kind
	object, next := "", i+2
	switch {
	case s.is(i+1, "session", "authorization"):
		kind, next = effect.ResetSessionAuthorization, i+3
	case s.is(i+1, "time", "zone"):
		kind, object, next = effect.Reset, "timezone", i+3
	case s.is(i+1, "all"):
		kind = effect.ResetAll
	default:
		object, next = s.name(i + 1)
		object = strings.ToLower(object)
		switch {
		case next == i+1:
			return nil
		case object == "role":
			kind, object = effect.ResetRole, ""
		case object == "session_authorization":
			kind, object = effect.ResetSessionAuthorization, ""
		default:
			kind = effect.Reset
		}
	}
	return s.whole(kind, object, i, next)
}

// whole is the effect of a statement that must end before token next.
func (s statement) whole(kind effect.Kind, object string, i, next int) []effect.Effect {
	if !s.ends(next) {
		return nil
	}
	return []effect.Effect{s.effect(kind, object, i, next)}
}

func (s statement) discard(i int) []effect.Effect {
	if !s.oneOf(i+1, "all", "plans", "temp", "temporary", "sequences") {
		return nil
	}
	return s.whole(effect.Discard, strings.ToLower(s.src(i+1)), i, i+2)
}

func (s statement) prepare(i int) []effect.Effect {
	name, next := s.name(i + 1)
	as := next
	if s.src(as) == "(" {
		as, _ = s.bracket(as)
	}
	if next == i+1 || !s.is(as, "as") {
		return nil
	}
	return append([]effect.Effect{s.effect(effect.Prepare, name, i, next)}, s.utility(as+1)...)
}

func (s statement) execute(i int) []effect.Effect {
	name, next := s.name(i + 1)
	end := next
	if s.src(end) == "(" {
		end, _ = s.bracket(end)
	}
	if name == "format" { // PL/pgSQL's EXECUTE, of which this is a piece
		return nil
	}
	// CREATE TABLE … AS EXECUTE x WITH [NO] DATA
	if next == i+1 || !s.ends(end) && !(i > 0 && s.is(end, "with")) {
		return nil
	}
	return []effect.Effect{s.effect(effect.Execute, name, i, next)}
}

func (s statement) deallocate(i int) []effect.Effect {
	j := i + 1
	if s.is(j, "prepare") && !s.ends(j+1) {
		j++
	}
	name, next := s.name(j)
	if next == j {
		return nil
	}
	return s.whole(effect.Deallocate, name, i, next)
}

func (s statement) declare(i int) []effect.Effect {
	name, next := s.name(i + 1)
	if next == i+1 {
		return nil
	}
	for s.oneOf(next, "binary", "insensitive", "asensitive", "no", "scroll") {
		next++
	}
	if !s.is(next, "cursor") {
		return nil
	}
	next++
	kind := effect.Cursor
	switch {
	case s.is(next, "with", "hold"):
		kind, next = effect.CursorHold, next+2
	case s.is(next, "without", "hold"):
		next += 2
	}
	if !s.is(next, "for") {
		return nil
	}
	return []effect.Effect{s.effect(kind, name, i, next)}
}

func (s statement) load(i int) []effect.Effect {
	if !s.kind(i+1, pgquery.Str) && !s.kind(i+1, pgquery.Spot) {
		return nil
	}
	return s.whole(effect.LoadLibrary, s.value(i+1), i, i+2)
}

// explain reads the explained statement where it has an effect: an EXECUTE
// looks up the prepared statement even where it is not run.
func (s statement) explain(i int) []effect.Effect {
	j, runs := s.explained(i)
	if !runs && !s.is(j, "execute") {
		return nil
	}
	return s.utility(j)
}

// explained returns the first token of the statement after EXPLAIN, and
// whether that is run.
func (s statement) explained(i int) (next int, analyze bool) {
	i++
	if s.src(i) == "(" {
		next, _ = s.bracket(i)
		for k := i; k < next; k++ {
			if s.is(k, "analyze") {
				analyze = !s.oneOf(k+1, "false", "off") && s.src(k+1) != "0"
			}
		}
		return next, analyze
	}
	for s.oneOf(i, "analyze", "verbose") {
		analyze = analyze || s.is(i, "analyze")
		i++
	}
	return i, analyze
}
