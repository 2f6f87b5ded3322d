package session

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/keyword"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// Routine is a function or procedure that a text defines, or drops.
type Routine struct {
	Schema, Name string // in small letters unless quoted; Schema is "" where the text names none
	Least, Most  int    // how many arguments a call can give; Most is -1 for VARIADIC
	Dropped      bool   // the text drops it, whatever its arguments

	// Effects are what a call leaves in the session: those of its own body,
	// with ranges in the text, but for what the body undoes, and for what it
	// draws from a sequence.
	Effects []effect.Effect
	Calls   []Call // of other routines, in its body
}

// Call is a call of a function or procedure in a text that runs it.
type Call struct {
	Schema, Name string // as of a Routine
	Args         int
	Start, End   int // of the call, in the text; 0, 0 in a body
}

// maxRoutines bounds what one text can define.
const maxRoutines = 2_000

// Routines are those that a text of whole statements defines and drops, in its
// order. What does not parse is left out: of a routine half is worse than nothing.
func Routines(text string) []Routine {
	if !Defines(text) {
		return nil
	}
	budget := newBudget()
	*budget *= 4 // a schema has little else
	var all []Routine
	for _, s := range split(text, pgquery.Scan(text), 0, budget) {
		first := s.first()
		switch {
		case len(all) == maxRoutines:
			return all
		case s.is(first, "drop") && s.oneOf(first+1, "function", "procedure", "routine"):
			all = append(all, s.dropped(first+2)...)
		case s.is(first, "create"):
			if r, ok := s.routine(first); ok {
				all = append(all, r)
			}
		}
	}
	return all
}

// Defines reports, cheaply, whether a text may define or drop a routine.
func Defines(text string) bool {
	lower := strings.ToLower(text)
	return strings.Contains(lower, "function") || strings.Contains(lower, "procedure") || strings.Contains(lower, "routine")
}

// routine reads CREATE FUNCTION and CREATE PROCEDURE.
func (s statement) routine(first int) (Routine, bool) {
	i := first + 1
	if s.is(i, "or", "replace") {
		i += 2
	}
	if !s.oneOf(i, "function", "procedure") {
		return Routine{}, false
	}
	node, filled, err := s.parse()
	def := node.GetCreateFunctionStmt()
	if err != nil || def == nil {
		return Routine{}, false
	}
	r := Routine{}
	r.Schema, r.Name = nameIn(def.Funcname)
	for _, p := range def.Parameters {
		switch param := p.GetFunctionParameter(); param.GetMode() {
		case pgquery.ParamTable:
		case pgquery.ParamOut:
			if s.is(i, "procedure") && r.Most >= 0 { // CALL names them too, from PostgreSQL 14 on
				r.Most++
			}
		case pgquery.ParamVariadic:
			r.Most = -1
		default:
			if param.GetDefexpr() == nil {
				r.Least++
			}
			if r.Most >= 0 {
				r.Most++
			}
		}
	}
	if s.mayChange(first) && s.bodyParses(first, filled) {
		r.Effects = lasting(s, s.bodyEffects(first, node, filled))
	}
	r.Calls = s.callsInBody(first, node)
	return r, true
}

// nameIn is the schema and the name of a qualified name.
func nameIn(parts []*pgquery.Node) (schema, name string) {
	for _, p := range parts {
		schema, name = name, p.GetString_().GetSval()
	}
	return schema, name
}

// dropped reads the names of DROP FUNCTION at token i.
func (s statement) dropped(i int) (all []Routine) {
	if s.is(i, "if", "exists") {
		i += 2
	}
	for {
		name, next := s.name(i)
		if next == i {
			return all
		}
		schema, last := cutName(name)
		all = append(all, Routine{Schema: schema, Name: last, Dropped: true})
		if s.src(next) == "(" {
			next, _ = s.bracket(next)
		}
		if s.src(next) != "," {
			return all
		}
		i = next + 1
	}
}

// cutName splits a name of at most two parts.
func cutName(name string) (schema, last string) {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return "", name
}

// lasting are the effects of a body that a call of it leaves: not what ends with
// the transaction, what the body itself puts back, what undoes something by
// itself, and what it draws from a sequence, as most functions that insert a row
// do.
func lasting(s statement, effects []effect.Effect) (kept []effect.Effect) {
	code := strings.ToLower(s.text[s.tokens[0].Start:s.tokens[len(s.tokens)-1].End])
	count := map[string]int{}
	for _, e := range effects {
		count[thing(e)]++
	}
	for _, e := range effects {
		if e.Kind.Scope() != effect.Session || e.Body != effect.FunctionBody {
			continue
		}
		object := strings.ToLower(strings.TrimPrefix(e.Object, "pg_temp."))
		switch e.Kind {
		case effect.Reset, effect.ResetAll, effect.ResetRole, effect.ResetSessionAuthorization, effect.Execute, effect.Deallocate,
			effect.Unlisten, effect.SequenceChange, effect.SequenceRead:
			continue
		case effect.TempObject, effect.TempFunction:
			if object == "" || dropsIn(code, object) {
				continue
			}
		case effect.Dblink:
			if strings.Contains(code, "dblink_disconnect") {
				continue
			}
		default: // set and put back, locked and unlocked; or set for the transaction alone, perhaps
			if count[thing(e)] > 1 || e.Kind == effect.SetConfig && e.Local == effect.Unknown {
				continue
			}
		}
		e.ObjectParam, e.LocalParam = "", "" // of the routine, not of its caller
		kept = append(kept, e)
	}
	return kept
}

// thing is what two effects of one body have in common, of which one undoes the
// other.
func thing(e effect.Effect) string {
	switch e.Kind {
	case effect.Set, effect.SetConfig, effect.Reset:
		return "parameter " + strings.ToLower(e.Object)
	case effect.SetRole, effect.ResetRole:
		return "role"
	case effect.SetSessionAuthorization, effect.ResetSessionAuthorization:
		return "authorization"
	case effect.AdvisoryLock, effect.AdvisoryUnlock:
		return "lock"
	case effect.Prepare, effect.Deallocate:
		return "statement"
	case effect.Listen, effect.Unlisten:
		return "channel"
	}
	return string(e.Kind) + " " + e.Object
}

// dropsIn reports whether code, in small letters, drops something of a name.
func dropsIn(code, name string) bool {
	words := strings.FieldsFunc(code, func(r rune) bool { return strings.ContainsRune(" \t\r\n;,.()'\"", r) })
	for i, w := range words {
		if w == "drop" && slices.Contains(words[i:min(i+6, len(words))], name) {
			return true
		}
	}
	return false
}

// callsInBody are the calls in a body. In a string they are read by its tokens:
// whose name no routine has is none, and the parser would take its time for each
// expression.
func (s statement) callsInBody(first int, node *pgquery.Node) (all []Call) {
	pgquery.Calls(node.GetCreateFunctionStmt().GetSqlBody(), func(c *pgquery.FuncCall) { all = append(all, callOf(c)) })
	code, ok := s.code(first)
	if !ok {
		return all
	}
	return append(all, statement{text: code, tokens: pgquery.Scan(code)}.callsByName()...)
}

// callsByName are the calls that the tokens show, in one pass, however deep they
// stand in each other.
func (s statement) callsByName() (all []Call) {
	type bracket struct {
		call   int // in all, -1 for none
		commas int
		from   int
	}
	var open []bracket
	for i := range s.tokens {
		switch s.src(i) {
		case "(", "[":
			b := bracket{call: -1, from: i}
			if s.src(i) == "(" && (s.kind(i-1, pgquery.Word) || s.kind(i-1, pgquery.Quoted)) && !s.oneOf(i-2, beforeNames...) {
				c := Call{}
				c.Name, _ = s.name(i - 1)
				if s.src(i-2) == "." {
					c.Schema = strings.ToLower(strings.Trim(s.src(i-3), `"`))
				}
				b.call = len(all)
				all = append(all, c)
			}
			open = append(open, b)
		case ",":
			if len(open) > 0 {
				open[len(open)-1].commas++
			}
		case ")", "]":
			if len(open) == 0 {
				continue
			}
			b := open[len(open)-1]
			open = open[:len(open)-1]
			if b.call >= 0 && i > b.from+1 {
				all[b.call].Args = b.commas + 1
			}
		}
	}
	return all
}

// beforeNames are words before a name with a bracket behind it that is no call.
var beforeNames = []string{"table", "into", "index", "view", "exists", "references", "on", "function", "procedure"}

// code is the body of a routine that is written as a string in a language that
// is read.
func (s statement) code(first int) (string, bool) {
	language := "sql"
	if l := s.find(first+1, "language"); l > 0 {
		language = strings.ToLower(s.value(l + 1))
	}
	q := s.bodyToken(first+1, effect.FunctionBody)
	if q < 0 || language != "sql" && language != "plpgsql" {
		return "", false
	}
	code, _, _ := s.literal(q)
	return code, true
}

// mayChange reports, without a parser, whether a body may do something to the
// session: most have an UPDATE … SET, and nothing of it.
func (s statement) mayChange(first int) bool {
	code, ok := s.code(first)
	if !ok {
		return true // BEGIN ATOMIC, which is parsed with the statement
	}
	b := statement{text: code, tokens: pgquery.Scan(code)}
	for i := range b.tokens {
		switch {
		case b.oneOf(i, "begin", "start", "notify"):
		case b.is(i, "set"):
			if i == 0 || b.src(i-1) == ";" || b.oneOf(i-1, "begin", "then", "else", "loop") {
				return true
			}
		case keyword.Of(strings.Trim(b.src(i), `"`)) != keyword.None:
			return true
		}
	}
	return false
}

// bodyParses reports whether a body is what it says: of one that is not, the
// tokens alone would be read.
func (s statement) bodyParses(first int, filled *filling) bool {
	code, ok := s.code(first)
	if !ok {
		return true
	}
	if l := s.find(first+1, "language"); l > 0 && strings.EqualFold(s.value(l+1), "plpgsql") {
		if !s.spend() {
			return false
		}
		_, err := pgquery.ParsePLpgSQL(filled.sql, code)
		return err == nil
	}
	for _, b := range split(code, pgquery.Scan(code), s.depth+1, s.budget) {
		if _, _, err := b.parse(); err != nil {
			return false
		}
	}
	return true
}

func callOf(c *pgquery.FuncCall) Call {
	schema, name := nameIn(c.Funcname)
	return Call{Schema: schema, Name: name, Args: len(c.Args)}
}

// Calls are the calls of functions and procedures that the statements of a text
// run when they run. Those of a view's query, a column's default or another
// body are not among them.
func Calls(text string) (all []Call) {
	budget := newBudget()
	for _, s := range split(text, pgquery.Scan(text), 0, budget) {
		node, filled, err := s.parse()
		if err != nil {
			continue
		}
		pgquery.Calls(runsIn(node), func(c *pgquery.FuncCall) {
			i := filled.token(int(c.Location))
			if i < 0 {
				return
			}
			call := callOf(c)
			call.Start = s.tokens[i].Start
			call.End = s.tokens[i].End
			for open := i + 1; open < i+maxParts*2; open++ { // behind the parts of the name
				if s.src(open) == "(" {
					next, _ := s.bracket(open)
					call.End = s.tokens[next-1].End
					break
				}
			}
			all = append(all, call)
		})
	}
	return all
}
