package schema

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/session"
)

// definition is a function or procedure that a text defines, or drops.
type definition struct {
	schema, name string // in small letters unless quoted; schema is "" where the text names none
	least, most  int    // how many arguments a call can give; most is -1 for VARIADIC
	dropped      bool   // the text drops it, whatever its arguments

	effects []effect.Effect // what its own body leaves in the session, with ranges in the text
	calls   []session.Call  // in its body, of whatever
}

// maxDefinitions bounds what one text can define.
const maxDefinitions = 2_000

// definitions are those of a text of whole statements, in its order. What does
// not parse is left out: of a routine half is worse than nothing.
func definitions(text string) (all []definition) {
	if !Defines(text) {
		return nil
	}
	for _, span := range session.Statements(text) {
		sql := text[span.Start:span.End]
		if len(all) >= maxDefinitions || !Defines(sql) {
			continue
		}
		node, err := pgquery.Parse(sql)
		if err != nil {
			continue
		}
		for _, dropped := range node.GetDropStmt().GetObjects() {
			if of := dropped.GetObjectWithArgs(); of != nil {
				d := definition{dropped: true}
				d.schema, d.name = pgquery.NameIn(of.Objname)
				all = append(all, d)
			}
		}
		if node.GetCreateFunctionStmt() != nil {
			all = append(all, define(sql, node, span.Start))
		}
	}
	return all
}

// Defines reports, cheaply, whether a text may define or drop a routine.
func Defines(text string) bool {
	lower := strings.ToLower(text)
	return strings.Contains(lower, "function") || strings.Contains(lower, "procedure") || strings.Contains(lower, "routine")
}

// define reads CREATE FUNCTION or CREATE PROCEDURE, which stands at start in its
// text.
func define(sql string, node *pgquery.Node, start int) (d definition) {
	def := node.GetCreateFunctionStmt()
	d.schema, d.name = pgquery.NameIn(def.Funcname)
	for _, p := range def.Parameters {
		switch param := p.GetFunctionParameter(); param.GetMode() {
		case pgquery.ParamTable:
		case pgquery.ParamOut:
			if def.IsProcedure && d.most >= 0 { // CALL names them too, from PostgreSQL 14 on
				d.most++
			}
		case pgquery.ParamVariadic:
			d.most = -1
		default:
			if param.GetDefexpr() == nil {
				d.least++
			}
			if d.most >= 0 {
				d.most++
			}
		}
	}
	pgquery.Calls(def.SqlBody, func(c *pgquery.FuncCall) {
		call := session.Call{Args: len(c.Args)}
		call.Schema, call.Name = pgquery.NameIn(c.Funcname)
		d.calls = append(d.calls, call)
	})
	language, body := "sql", ""
	for _, option := range def.Options {
		switch o := option.GetDefElem(); o.GetDefname() {
		case "language":
			language = o.GetArg().GetString_().GetSval()
		case "as":
			if items := o.GetArg().GetList().GetItems(); len(items) > 0 {
				body = items[0].GetString_().GetSval()
			}
		}
	}
	code := scan(body)
	if body != "" && (language == "sql" || language == "plpgsql") {
		d.calls = append(d.calls, code.calls()...)
	}
	if body == "" || code.mayChange() && parses(sql, language, body) {
		d.effects = lasting(sql, session.Analyze(sql).Effects)
	}
	for i := range d.effects {
		d.effects[i].Start += start
		d.effects[i].End += start
	}
	return d
}

// parses reports whether a body is what it says: of one that is not, the tokens
// alone would be read.
func parses(sql, language, body string) bool {
	if language == "plpgsql" {
		_, err := pgquery.ParsePLpgSQL(sql, body)
		return err == nil
	}
	return !slices.ContainsFunc(session.Statements(body), func(s session.Span) bool {
		_, err := pgquery.Parse(body[s.Start:s.End])
		return err != nil
	})
}

// lasting are the effects of a body that a call of it leaves: not what ends with
// the transaction, what the body itself puts back, what undoes something by
// itself, and what it draws from a sequence, as most functions that insert a row
// do.
func lasting(sql string, effects []effect.Effect) (kept []effect.Effect) {
	code := strings.ToLower(sql)
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
