package fix

import (
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/sqlfile"
	"github.com/poolvet/poolvet/internal/sqlflow"
	"github.com/poolvet/poolvet/internal/text"
)

// Edit puts a text in the place of bytes of a file of SQL.
type Edit struct {
	Start, End int
	New        string
}

// inFiles are the kinds that are mended in a file of SQL.
//
// Not included: what stands in the body of a function, whose callers may want it
// to stay; locks and temporary tables, which a person may use after the file.
var inFiles = []effect.Kind{effect.Set, effect.SetRole, effect.SetConfig}

// OfText is the edit that lets e, an effect of a file of SQL with these
// statements, end with the transaction, where that ends with the file: one that
// the file begins and ends itself, or that all of it is run in. There is none
// where the title is "".
func OfText(sql string, statements []sqlfile.Statement, e effect.Effect, p *pooler.Pooler, inOne bool) (title string, edits []Edit) {
	f := sqlFixes[e.Kind]
	if !slices.Contains(inFiles, e.Kind) || e.Undone || e.LocalParam != "" || e.Body != effect.Direct && e.Body != effect.DoBlock {
		return "", nil
	}
	in, ok := endsWithFile(statements, e.Start, inOne)
	if !ok || e.End <= e.Start || e.End > in.End {
		return "", nil
	}
	if p.Verdict(effect.Effect{Kind: f.becomes, Object: e.Object, Body: e.Body, InTransaction: true}).Outcome != pooler.OK {
		return "", nil
	}
	base := e.Start
	e.Start, e.End = 0, e.End-base
	rest := sql[base:in.End]
	c := &sqlChange{q: &sqlflow.Query{Text: text.Text{Value: rest}}, e: e, tokens: pgquery.Scan(rest)}
	c.replace = func(start, end int, with string) bool {
		edits = append(edits, Edit{base + start, base + end, with})
		return true
	}
	if !f.edit(c) {
		return "", nil
	}
	return f.title, edits
}

// endsWithFile is the statement at a place, if it runs in a transaction that no
// statement of the file follows.
func endsWithFile(statements []sqlfile.Statement, at int, inOne bool) (in sqlfile.Statement, ok bool) {
	open, found, closed := false, false, false
	for _, s := range statements {
		switch {
		case (s.Begins() || s.Ends()) && inOne, s.Begins() && found:
			return in, false
		case s.Begins():
			open = true
		case s.Ends():
			open, closed = false, found
		case closed:
			return in, false
		case s.Start <= at && at < s.End:
			if !open && !inOne {
				return in, false
			}
			in, found = s, true
		}
	}
	return in, found && (inOne || closed)
}
