package schema

import (
	"slices"
	"strconv"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/session"
)

// Kind is what a text defines.
type Kind string

const (
	Routine      Kind = "routine" // a function or a procedure
	Table        Kind = "table"
	View         Kind = "view"    // a materialized one too
	Default      Kind = "default" // of a column
	Trigger      Kind = "trigger"
	Rule         Kind = "rule"
	EventTrigger Kind = "event trigger"
)

// Definition is what a text defines, or drops.
type Definition struct {
	Kind         Kind
	Schema, Name string // of the routine, the view or the table, in small letters unless quoted; Schema is "" where the text names none
	Of           string // a column, a trigger or a rule has a name of its own
	Dropped      bool   // the text drops it, whatever its arguments
	Place

	// Of a routine: its parameters that a call gives a value, the fewest, and
	// the most, -1 for VARIADIC.
	Params      []Value
	Least, Most int
	Asks        bool // its body asks which change has set it off

	// Of anything else: what sets it off, and for a change of which columns, or
	// by which commands.
	On   []How
	Only []string

	Effects []Effect // what its own code leaves in the session
	Calls   []Call   // in its code, of whatever
}

// Place is where something stands: in a file as it is shown, and as it can be
// read, "" for none.
type Place struct {
	File, Path   string
	Line, Column int
}

// Effect is one of the session at its place.
type Effect struct {
	effect.Effect
	Place
}

// maxDefinitions bounds what one text can define.
const maxDefinitions = 2_000

// defined are the definitions of a source of whole statements, in its order.
// wanted says cheaply whether a statement may be one of these. What does not
// parse is left out: of a routine half is worse than nothing.
func defined(source Source, wanted func(sql string) bool) (all []Definition) {
	if !wanted(source.Text) {
		return nil
	}
	lines := linesOf(source)
	for _, span := range session.Statements(source.Text) {
		sql := source.Text[span.Start:span.End]
		if len(all) >= maxDefinitions || !wanted(sql) {
			continue
		}
		node, err := pgquery.Parse(sql)
		if err != nil || node == nil {
			continue
		}
		for _, d := range definitionsIn(sql, node) {
			d.Place = lines.place(span.Start)
			for i := range d.Effects {
				e := &d.Effects[i]
				e.Place = lines.place(span.Start + e.Start)
			}
			all = append(all, d)
		}
	}
	return all
}

// definesRoutine reports, cheaply, whether a text may define or drop a routine.
func definesRoutine(text string) bool {
	lower := strings.ToLower(text)
	return strings.Contains(lower, "function") || strings.Contains(lower, "procedure") || strings.Contains(lower, "routine")
}

// MayDefine reports, cheaply, whether a text may define something: most that
// names a table does not.
func MayDefine(text string) bool {
	lower := strings.ToLower(text)
	return (strings.Contains(lower, "create") || strings.Contains(lower, "alter") || strings.Contains(lower, "drop")) &&
		(definesRoutine(lower) || mayHook(lower))
}

// definitionsIn are those of one statement.
func definitionsIn(sql string, node *pgquery.Node) []Definition {
	switch {
	case node.GetCreateFunctionStmt() != nil:
		return []Definition{routine(sql, node)}
	case node.GetDropStmt() != nil:
		return drops(node)
	case node.GetRenameStmt() != nil, node.GetAlterObjectSchemaStmt() != nil: // what it is called from then on is not followed
		return moved(node)
	}
	return hooks(node)
}

// routine reads CREATE FUNCTION or CREATE PROCEDURE.
func routine(sql string, node *pgquery.Node) Definition {
	def := node.GetCreateFunctionStmt()
	d := Definition{Kind: Routine}
	d.Schema, d.Name = pgquery.NameIn(def.Funcname)
	d.parameters(node)
	pgquery.Calls(def.SqlBody, func(c *pgquery.FuncCall) {
		call := Call{Count: len(c.Args)}
		call.Schema, call.Name = pgquery.NameIn(c.Funcname)
		d.Calls = append(d.Calls, call)
	})
	language, body, definer := "sql", "", false
	for _, option := range def.Options {
		switch o := option.GetDefElem(); o.GetDefname() {
		case "language":
			language = o.GetArg().GetString_().GetSval()
		case "security":
			definer = o.GetArg().GetBoolean().GetBoolval()
		case "as":
			if items := o.GetArg().GetList().GetItems(); len(items) > 0 {
				body = items[0].GetString_().GetSval()
			}
		}
	}
	code := scan(body)
	d.Asks = strings.Contains(strings.ToLower(body), "tg_op")
	if body != "" && (language == "sql" || language == "plpgsql") {
		d.Calls = append(d.Calls, code.calls()...)
	}
	if body == "" || code.mayChange() && parses(sql, language, body) {
		for _, e := range lasting(sql, session.Analyze(sql).Effects, definer) {
			d.Effects = append(d.Effects, Effect{Effect: e})
		}
		d.configures(sql, body)
	}
	return d
}

// parameters reads those of a routine.
func (d *Definition) parameters(node *pgquery.Node) {
	def := node.GetCreateFunctionStmt()
	for _, p := range def.Parameters {
		param := p.GetFunctionParameter()
		switch mode := param.GetMode(); {
		case mode == pgquery.ParamTable, mode == pgquery.ParamOut && !def.IsProcedure:
			continue
		case mode == pgquery.ParamOut: // CALL names them too, from PostgreSQL 14 on
		case mode == pgquery.ParamVariadic:
			d.Most = -1
		case param.GetDefexpr() == nil:
			d.Least++
		}
		if d.Most >= 0 {
			d.Most++
		}
		v := Value{Name: param.GetName()}
		switch c := param.GetDefexpr().GetAConst(); {
		case c == nil || c.Isnull:
		case c.GetBoolval() != nil:
			v.Known, v.Const = true, "false"
			if c.GetBoolval().Boolval {
				v.Const = "true"
			}
		case c.GetSval() != nil:
			v.Known, v.Const = true, c.GetSval().Sval
		}
		d.Params = append(d.Params, v)
	}
}

// configures gives the calls of set_config in a body, which are told by
// parameters, their words and places. What the body sets twice it sets back.
func (d *Definition) configures(sql, body string) {
	at := strings.Index(sql, body)
	count := map[string]int{}
	for _, c := range d.Calls {
		if name, _ := c.setting(); c.sets() {
			count[name.Const+"$"+name.Param]++
		}
	}
	for i := range d.Calls {
		c := &d.Calls[i]
		name, local := c.setting()
		if !c.sets() || name.Known && local.Known || count[name.Const+"$"+name.Param] > 1 || c.End > len(body) {
			continue
		}
		e := effect.Effect{Kind: effect.SetConfig, Body: effect.FunctionBody, Words: words(name), Local: effect.ParseKnown(local.Const),
			Object: strings.ToLower(name.Const), ObjectParam: d.parameter(name.Param), LocalParam: d.parameter(local.Param)}
		if e.Local == effect.True || e.Local == effect.Unknown && e.LocalParam == "" {
			continue
		}
		if at >= 0 {
			e.Start, e.End = at+c.Start, at+c.End
		}
		d.Effects = append(d.Effects, Effect{Effect: e})
	}
}

// parameter is name where that is one of the routine's, by name or by number,
// else "": of a variable nothing is known.
func (d *Definition) parameter(name string) string {
	n, err := strconv.Atoi(name)
	if err == nil && 0 < n && n <= len(d.Params) || err != nil && slices.ContainsFunc(d.Params, func(p Value) bool { return p.Name == name }) {
		return name
	}
	return ""
}

// sets reports whether c is of set_config.
func (c *Call) sets() bool {
	return c.How == Calls && c.Name == "set_config" && (c.Schema == "" || c.Schema == "pg_catalog") && len(c.Args) == 3
}

// setting are the arguments of set_config that say which parameter it sets, and
// whether for the transaction alone.
func (c *Call) setting() (name, local Value) {
	for i, v := range c.Args {
		switch {
		case v.Name == "setting_name" || v.Name == "" && i == 0:
			name = v
		case v.Name == "is_local" || v.Name == "" && i == 2:
			local = v
		}
	}
	return name, local
}

func words(name Value) string {
	switch {
	case name.Known:
		return "set_config('" + name.Const + "', …)"
	case name.Param != "" && strings.Trim(name.Param, "0123456789") == "":
		return "set_config($" + name.Param + ", …)"
	case name.Param != "":
		return "set_config(" + name.Param + ", …)"
	}
	return "set_config(…)"
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
