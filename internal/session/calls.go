package session

import (
	"strconv"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/keyword"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/spell"
)

// call reads the call of one of the functions whose name begins at token i.
func (s statement) call(i int) (effect.Effect, bool) {
	first := i
	var parts [2]string
	n := 0
	for ; n < 2; n++ {
		switch {
		case s.kind(i, pgquery.Word):
			parts[n] = strings.ToLower(s.src(i))
		case s.kind(i, pgquery.Quoted):
			parts[n] = unquote(s.src(i))
		default:
			return effect.Effect{}, false
		}
		i++
		if s.src(i) != "." {
			break
		}
		i++
	}
	name := parts[0]
	if n == 1 {
		name = parts[1]
	}
	kind, ok := keyword.Call(name)
	if !ok || s.src(i) != "(" || n == 2 || n == 1 && parts[0] != "pg_catalog" && kind != effect.Dblink {
		return effect.Effect{}, false
	}
	next, _ := s.bracket(i)
	args := s.arguments(i)
	if kind == effect.Dblink && len(args) < 2 { // an unnamed connection
		return effect.Effect{}, false
	}
	e := effect.Effect{Kind: kind, Start: s.tokens[first].Start, End: s.tokens[next-1].End, Words: s.spellCall(first, i, args)}
	if len(args) > 0 {
		e.Object = s.constant(args[0])
	}
	switch kind {
	case effect.SetConfig:
		s.setConfig(&e, args)
	case effect.AdvisoryLock, effect.AdvisoryUnlock, effect.AdvisoryXactLock:
		e.Object = s.lockKey(args)
	case effect.TempSlot:
		return e, s.isTemporary(args)
	case effect.SequenceRead:
		return e, !s.draws(e.Object)
	}
	return e, true
}

// draws reports whether the statement itself draws from a sequence before it asks
// for the value: an INSERT of VALUES into the table whose serial column, of which
// it says nothing, the sequence is named after.
func (s statement) draws(sequence string) bool {
	table, i := s.name(2)
	if !s.is(0, "insert", "into") || table == "" || s.src(i) != "(" {
		return false
	}
	base := func(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }
	column, ok := strings.CutPrefix(base(sequence), base(table)+"_")
	column, isSerial := strings.CutSuffix(column, "_seq")
	after, closed := s.bracket(i)
	if !ok || !isSerial || !closed || !s.is(after, "values") {
		return false
	}
	for k := i + 1; k < after; k++ {
		if name, _ := s.name(k); name == column {
			return false
		}
	}
	return true
}

// An argument of a call: its name, if it is given by name, and the tokens of
// its value.
type argument struct {
	name     string
	from, to int
}

// arguments splits what stands in the bracket at token i.
func (s statement) arguments(i int) []argument {
	end, closed := s.bracket(i)
	if closed {
		end--
	}
	var args []argument
	add := func(from, to int) {
		a := argument{from: from, to: to}
		if op := s.src(from + 1); s.kind(from, pgquery.Word) && (op == "=>" || op == ":=") {
			a.name, a.from = strings.ToLower(s.src(from)), from+2
		}
		if a.from < to {
			args = append(args, a)
		}
	}
	from := i + 1
	for i++; i < end; i++ {
		switch s.src(i) {
		case "(", "[":
			next, _ := s.bracket(i)
			i = next - 1
		case ",":
			add(from, i)
			from = i + 1
		}
	}
	add(from, end)
	return args
}

// uncast drops the casts around a value: x::text, CAST(x AS text), (x).
func (s statement) uncast(a argument) argument {
	for {
		last := a.to - 1
		switch {
		case s.is(a.from, "cast") && s.src(a.from+1) == "(" && s.src(last) == ")":
			if as := s.find(a.from+2, "as"); as > 0 && as < last {
				a.from, a.to = a.from+2, as
				continue
			}
		case s.src(a.from) == "(" && s.src(last) == ")":
			if next, _ := s.bracket(a.from); next == a.to {
				a.from, a.to = a.from+1, last
				continue
			}
		default:
			if i := a.from + 1; i < a.to && s.src(i) == "::" {
				if _, next := s.name(i + 1); next == a.to {
					a.to = i
					continue
				}
			}
		}
		return a
	}
}

// constant is the value of an argument that is a string, else "".
func (s statement) constant(a argument) string {
	a = s.uncast(a)
	if a.to != a.from+1 || !s.kind(a.from, pgquery.Str) || s.unknown(a.from) {
		return ""
	}
	return unquote(s.src(a.from))
}

// placeholder names the placeholder that an argument is, else "".
func (s statement) placeholder(a argument) string {
	if a = s.uncast(a); a.to != a.from+1 {
		return ""
	}
	return Placeholder(s.text, s.tokens[a.from])
}

// Placeholder names the placeholder that a token of a text is, else "": "1" for
// $1 and the first ?, a name for :name and @name.
func Placeholder(text string, t pgquery.Token) string {
	src := text[t.Start:t.End]
	switch {
	case strings.IndexByte(src, Hole) >= 0:
		return ""
	case t.Kind == pgquery.Param:
		return src[1:]
	case t.Place != pgquery.Placeholder:
		return ""
	case src == "?":
		return strconv.Itoa(t.Ordinal)
	case src[0] == '?':
		if n, err := strconv.Atoi(src[1:]); err == nil { // ?0 is the first
			return strconv.Itoa(n + 1)
		}
	}
	return strings.Trim(src[1:], `'"`)
}

// setConfig reads set_config(setting_name, new_value, is_local).
func (s statement) setConfig(e *effect.Effect, args []argument) {
	e.Object = ""
	for i, a := range args {
		switch {
		case a.name == "setting_name" || a.name == "" && i == 0:
			e.Object, e.ObjectParam = strings.ToLower(s.constant(a)), s.placeholder(a)
		case a.name == "is_local" || a.name == "" && i == 2:
			e.Local, e.LocalParam = s.boolean(a), s.placeholder(a)
		}
	}
	if e.Local == effect.True {
		e.Kind = effect.SetConfigLocal
	}
}

// isTemporary reports whether the third argument of a function that makes a
// replication slot says so: slots are permanent by default.
//
// Not included: CREATE_REPLICATION_SLOT … TEMPORARY, which only a replication
// connection takes. Poolers refuse these at startup or, PgBouncer from 1.23 on,
// leave them their server connection until they go, and the slot with it
// (measured with 1.24.1 and 1.26.1).
func (s statement) isTemporary(args []argument) bool {
	for i, a := range args {
		if a.name == "temporary" || a.name == "" && i == 2 {
			return s.boolean(a) == effect.True
		}
	}
	return false
}

// boolean reads a constant as PostgreSQL's boolean input does: any prefix of
// true, false, yes and no that is unambiguous, on, off, 1 and 0.
func (s statement) boolean(a argument) effect.Known {
	a = s.uncast(a)
	if a.to == a.from+2 && s.oneOf(a.from, "bool", "boolean") { // bool 't'
		a.from++
	}
	if a.to != a.from+1 || s.unknown(a.from) {
		return effect.Unknown
	}
	return effect.ParseKnown(strings.Trim(s.src(a.from), "'"))
}

// lockKey is the key of an advisory lock as the text spells it, where that
// is the same for every run: no placeholder and no column.
func (s statement) lockKey(args []argument) string {
	if len(args) == 0 {
		return ""
	}
	from, to := args[0].from, args[len(args)-1].to
	if to-from > spell.Max {
		return ""
	}
	for i := from; i < to; i++ {
		column := s.kind(i, pgquery.Quoted) || s.kind(i, pgquery.Word) && s.src(i+1) != "(" && s.src(i-1) != "::"
		if column || s.unknown(i) {
			return ""
		}
	}
	return spell.Line(s.text[s.tokens[from].Start:s.tokens[to-1].End])
}

// spellCall spells a call with its first argument alone: what follows may be
// a secret.
func (s statement) spellCall(first, open int, args []argument) string {
	head := s.text[s.tokens[first].Start:s.tokens[open].End]
	switch {
	case len(args) == 0:
		return spell.Line(head) + ")"
	case args[0].name != "" && args[0].name != "setting_name" && len(args) > 1:
		return spell.Line(head) + "…)"
	}
	arg := spell.Shorten(spell.Line(s.text[s.tokens[args[0].from].Start:s.tokens[args[0].to-1].End]), spell.Max/2)
	if len(args) > 1 {
		arg += ", …"
	}
	return spell.Line(head) + arg + ")"
}

// runs are the statements whose expressions run with them.
var runs = []string{"select", "with", "insert", "update", "delete", "merge", "values", "call", "table", "copy", "declare", "execute", "prepare"}

// clauses can follow the unknown beginning of such a statement.
var clauses = []string{"from", "join", "where", "and", "or", "on", "set", "do", "group", "having", "order", "limit", "returning", "union"}

// callsByToken finds calls in a statement that does not parse.
func (s statement) callsByToken(i int) []effect.Effect {
	if s.is(i, "explain") {
		var analyze bool
		if i, analyze = s.explained(i); !analyze {
			return nil
		}
	}
	if !s.oneOf(i, runs...) && s.src(i) != "(" && !(i > 0 && s.oneOf(i, clauses...)) {
		return nil
	}
	return s.allCalls()
}
