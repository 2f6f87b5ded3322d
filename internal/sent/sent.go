// Package sent lists the statements that a package can send to PostgreSQL: those
// that its code is seen to run, and what libraries send by themselves.
package sent

import (
	"go/token"
	"strings"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/hooks"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Statement is one that a place in the code can send.
type Statement struct {
	SQL      string // with a Hole for each part that is not known, and its comments
	Fragment bool   // a builder puts the rest of the statement around it
	Pos      token.Pos
	By       string // the call that runs it: "conn.Exec"; "" for none
	When     string // a hook runs it: "on every new connection"; "" for none
	Func     string // the declaration that runs it: "Store.Run"

	// Bound are the values of placeholders that decide what it does, where they
	// are the same in every run.
	Bound map[string]string

	// Does is of what a library sends by itself, whose words are not known: then
	// SQL is empty, and By is what the code tells the library.
	Does effect.Effect
}

// Code is a package of which statements are listed.
type Code struct {
	SQL      *sqlflow.SQL
	Hooks    *hooks.Hooks
	Sites    []driver.Site
	LeftOut  func(token.Pos) bool   // a test, or for another database
	Declared func(token.Pos) string // the declaration at a place
}

// Statements lists those of a package, in the order of the source.
func (c *Code) Statements() (all []Statement) {
	for _, q := range c.SQL.Queries {
		for _, u := range q.Uses {
			if c.LeftOut(u.Node.Pos()) {
				continue
			}
			of := Statement{Fragment: q.Mode == sqlflow.Fragment, Func: c.Declared(u.Node.Pos())}
			if u.Call != nil {
				of.By = flow.Called(u.Call)
			}
			if hook, ok := c.Hooks.Of(u.Node.Pos()); ok {
				of.When = hook.When
			}
			of.Bound = bound(q, u)
			all = append(all, split(q, of)...)
		}
	}
	for _, s := range c.Sites {
		if !c.LeftOut(s.Pos) {
			all = append(all, Statement{Pos: s.Pos, By: s.Effect.Words, When: s.When, Func: c.Declared(s.Pos), Does: s.Effect})
		}
	}
	return all
}

// bound are the values for placeholders of set_config that a call binds.
func bound(q *sqlflow.Query, u sqlflow.Use) (values map[string]string) {
	a := q.Analysis()
	if a == nil {
		return nil
	}
	for _, e := range a.Effects {
		for _, param := range []string{e.ObjectParam, e.LocalParam} {
			if value, ok := u.Bound(param); ok && param != "" {
				if values == nil {
					values = map[string]string{}
				}
				values[param] = value
			}
		}
	}
	return values
}

// split are the statements of a query, each at its own place: a server may get
// them one by one, and its log may have them so.
func split(q *sqlflow.Query, of Statement) (all []Statement) {
	t := q.Text
	spans := []session.Span{{End: len(t.Value)}}
	if q.Mode != sqlflow.Fragment && q.Mode != sqlflow.Channel {
		spans = session.Statements(t.Value)
	}
	from := 0 // with the comment that stands before a statement
	for _, span := range spans {
		from += len(t.Value[from:]) - len(strings.TrimLeft(t.Value[from:], "; \t\r\n"))
		part := t.Slice(from, span.End)
		from = span.End
		pos, _, ok := t.Range(span.Start, span.End)
		if !ok || part.IsHole() && q.Mode != sqlflow.Channel {
			continue
		}
		of.SQL, of.Pos = part.Value, pos
		if q.Mode == sqlflow.Channel {
			of.SQL = "LISTEN " + part.Value
		}
		all = append(all, of)
	}
	return all
}
