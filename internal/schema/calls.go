package schema

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/session"
)

// How is in which way a statement may run the code of a schema.
type How string

const (
	Calls     How = ""         // a routine
	Inserts   How = "INSERT"   // into a table, or a view
	Updates   How = "UPDATE"   //
	Deletes   How = "DELETE"   //
	Truncates How = "TRUNCATE" //
	Reads     How = "SELECT"   // a table, or a view
	Refreshes How = "REFRESH"  // a materialized view
	Defines   How = "DDL"      // whatever: the name is the command's, "CREATE TABLE"
)

// Call is one place where a statement may run the code of a schema.
type Call struct {
	How          How
	Schema, Name string // in small letters unless quoted; Schema is "" where the text names none
	Start, End   int    // of the words in the text
	Words        string // "app.set_tenant(…)", "INSERT INTO account"

	Args    []Value  // of a routine, nil where there are too many to be told
	Count   int      // of them
	Columns []string // that an INSERT or UPDATE gives a value, nil where the text does not tell
}

// noColumns are those of INSERT … DEFAULT VALUES: no column has this name.
var noColumns = []string{""}

// CallsIn are the places where the statements of a text, when they run, may
// run the code of a schema. Those of a view's query, a column's default or a
// routine's body are not among them.
func CallsIn(text string) (all []Call) {
	for _, run := range session.Runs(text) {
		all = append(all, callsOf(run, text)...)
	}
	return all
}

func callsOf(run session.Run, text string) []Call {
	r := reader{Run: run, code: code{text: text, tokens: run.Tokens}}
	if do := run.Node.GetDoStmt(); do != nil {
		return r.block(do.Args)
	}
	if tag := r.tag(); tag != "" {
		r.add(Call{How: Defines, Name: tag}, 0, min(2, len(r.tokens)))
	}
	pgquery.Walk(run.Runs, func(node any) {
		if cte, ok := node.(*pgquery.CommonTableExpr); ok {
			r.ctes = append(r.ctes, cte.CommonTableExpr.Ctename)
		}
	})
	if run.Runs != nil {
		pgquery.Walk(run.Runs, r.node)
	}
	if m, ok := run.Node.Node.(*pgquery.RefreshMatViewStmt); ok && !m.RefreshMatViewStmt.SkipData {
		r.table(Refreshes, m.RefreshMatViewStmt.Relation, nil)
	}
	if t, ok := run.Node.Node.(*pgquery.TruncateStmt); ok {
		for _, relation := range t.TruncateStmt.Relations {
			r.table(Truncates, relation.GetRangeVar(), nil)
		}
	}
	return r.found
}

// reader reads one statement.
type reader struct {
	session.Run
	code
	ctes  []string // the names of its own queries
	found []Call
}

// add adds a call whose words are the tokens from one up to another.
func (r *reader) add(c Call, from, to int) {
	c.Start, c.End = r.tokens[from].Start, r.tokens[to-1].End
	if c.Words == "" {
		c.Words = c.spelled(r.text[c.Start:c.End])
	}
	r.found = append(r.found, c)
}

// spelled are the words of a call, of which text has the name.
func (c *Call) spelled(text string) string {
	switch c.How {
	case Calls:
		name, _, _ := strings.Cut(text, "(")
		return name + "(…)"
	case Inserts:
		return "INSERT INTO " + text
	case Updates, Truncates:
		return string(c.How) + " " + text
	case Deletes:
		return "DELETE FROM " + text
	case Reads:
		return "SELECT … FROM " + text
	case Refreshes:
		return "REFRESH MATERIALIZED VIEW " + text
	}
	return text
}

func (r *reader) node(node any) {
	switch n := node.(type) {
	case *pgquery.FuncCall:
		r.call(n)
	case *pgquery.TableRef:
		if !slices.Contains(r.ctes, n.RangeVar.Relname) {
			r.table(Reads, n.RangeVar, nil)
		}
	case *pgquery.InsertStmt:
		columns := named(n.InsertStmt.Cols)
		if n.InsertStmt.SelectStmt == nil {
			columns = noColumns
		}
		r.table(Inserts, n.InsertStmt.Relation, columns)
		if set := named(n.InsertStmt.GetOnConflictClause().GetTargetList()); set != nil {
			r.table(Updates, n.InsertStmt.Relation, set)
		}
	case *pgquery.UpdateStmt:
		r.table(Updates, n.UpdateStmt.Relation, named(n.UpdateStmt.TargetList))
	case *pgquery.DeleteStmt:
		r.table(Deletes, n.DeleteStmt.Relation, nil)
	case *pgquery.MergeStmt:
		for _, when := range n.MergeStmt.MergeWhenClauses {
			clause := when.GetMergeWhenClause()
			how := How(strings.TrimPrefix(clause.GetCommandType().String(), "CMD_"))
			if how == Inserts || how == Updates || how == Deletes {
				r.table(how, n.MergeStmt.Relation, named(clause.GetTargetList()))
			}
		}
	case *pgquery.CopyStmt:
		if n.CopyStmt.IsFrom {
			r.table(Inserts, n.CopyStmt.Relation, named(n.CopyStmt.Attlist))
		} else if n.CopyStmt.Relation != nil {
			r.table(Reads, n.CopyStmt.Relation, nil)
		}
	}
}

// named are the columns that a list names.
func named(list []*pgquery.Node) (columns []string) {
	for _, n := range list {
		name := n.GetResTarget().GetName()
		if name == "" {
			name = n.GetString_().GetSval()
		}
		columns = append(columns, name)
	}
	return columns
}

func (r *reader) call(c *pgquery.FuncCall) {
	i := r.Token(c.Location)
	if i < 0 {
		return
	}
	call := Call{Count: len(c.Args)}
	call.Schema, call.Name = pgquery.NameIn(c.Funcname)
	_, _, open := r.qualified(i)
	if r.word(open) != "(" { // CURRENT_DATE and its like
		return
	}
	call.Args, _ = r.args(open)
	r.add(call, i, r.close(open)+1)
}

func (r *reader) table(how How, t *pgquery.RangeVar, columns []string) {
	i := r.Token(t.GetLocation())
	if t == nil || i < 0 {
		return
	}
	_, _, next := r.qualified(i)
	if next > i {
		r.add(Call{How: how, Schema: t.Schemaname, Name: t.Relname, Columns: columns}, i, next)
	}
}

// block are the calls in the body of a DO, which stand at its first word.
func (r *reader) block(args []*pgquery.Node) []Call {
	for _, arg := range args {
		if body := arg.GetDefElem(); body.GetDefname() == "as" {
			for _, c := range scan(body.GetArg().GetString_().GetSval()).calls() {
				c.dropParams()
				c.Words = c.spelled(strings.TrimPrefix(c.Schema+"."+c.Name, ".")) + " in a DO block"
				r.add(c, 0, 1)
			}
		}
	}
	return r.found
}

// dropParams forgets what stands in variables: a block has no parameters.
func (c *Call) dropParams() {
	for i := range c.Args {
		c.Args[i].Param = ""
	}
}

// tag is the command that a statement is for an event trigger, "" for one that
// sets off none: https://www.postgresql.org/docs/current/event-trigger-matrix.html
func (r *reader) tag() string {
	verb := r.word(0)
	if verb != "create" && verb != "alter" && verb != "drop" {
		return ""
	}
	i := 1
	for slices.Contains([]string{"or", "replace", "temp", "temporary", "global", "local", "unlogged", "unique", "recursive", "constraint", "trusted", "procedural"}, r.word(i)) {
		i++
	}
	switch object := strings.ToUpper(r.word(i)); object {
	case "", "DATABASE", "TABLESPACE", "ROLE", "USER", "GROUP", "EVENT", "SYSTEM": // of all databases, or of triggers like it
		return ""
	case "MATERIALIZED", "FOREIGN", "ACCESS", "TEXT", "OPERATOR", "DEFAULT":
		if next := strings.ToUpper(r.word(i + 1)); slices.Contains([]string{"VIEW", "TABLE", "DATA", "METHOD", "SEARCH", "CLASS", "FAMILY", "PRIVILEGES"}, next) {
			object += " " + next
		}
		return strings.ToUpper(verb) + " " + object
	default:
		return strings.ToUpper(verb) + " " + object
	}
}
