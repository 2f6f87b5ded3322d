package analyzer

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// situation is where an effect stands and what the code shows of it: what
// helps in one place does not in another.
type situation struct {
	place     where
	outsideTx bool   // it needs a transaction and is known to have none
	varies    bool   // its value, or the role, can be another each time
	zero      bool   // its value is 0, which turns a limit off
	undone    bool   // the same function puts it back
	brief     bool   // a library does it for a query or a migration, not for all that its connection does
	verb      string // the first word of the statement, in small letters
}

// where is where code runs, in bits.
type where uint16

const (
	somewhere  where = 1 << iota
	onPool           // on any connection of a pool
	onConn           // on one connection
	inTx             // in a transaction
	onConnect        // in a hook for each new connection
	onAcquire        // in a hook for each use of a connection
	atStartup        // as a setting of the connection
	inFile           // in a file of SQL
	inScript         // in a transaction of a file of SQL, or among other statements there
	inDo             // in a DO block
	inFunction       // in the body of a function

	inCode = somewhere | onPool | onConn
	inSQL  = inFile | inScript
	inBody = inDo | inFunction
	inHook = onConnect | onAcquire
)

// situationOf is that of an effect of a text which u runs, nil if nothing is
// seen to.
func (r *report) situationOf(q *sqlflow.Query, e effect.Effect, u *sqlflow.Use) situation {
	s := textSituation(q.Text.Value, e)
	s.place = r.placeOf(q, e, u, s.place)
	s.undone = u != nil && e.Object != "" && s.place&inCode != 0 && r.putsBack(*u, e.Object)
	return s
}

// placeOf is where u runs e, which stands at place in its text.
func (r *report) placeOf(q *sqlflow.Query, e effect.Effect, u *sqlflow.Use, place where) where {
	switch {
	case place&inBody != 0:
		return place
	case u != nil && !slices.ContainsFunc(q.Uses, func(u sqlflow.Use) bool { return u.Handle != sqlflow.Tx || r.sql.Outlived(u) }):
		return inTx
	case u != nil && r.hookAt(u.Node) != 0:
		return r.hookAt(u.Node)
	case q.Text.File(e.Start) != nil:
		return place
	case place == inScript:
		return inTx
	case u != nil && u.Handle == sqlflow.Pool:
		return onPool
	case u != nil && u.Handle == sqlflow.Conn:
		return onConn
	}
	return somewhere
}

// servesOthers reports whether a text itself runs e in a transaction, together
// with statements that do something: a SET LOCAL among SETs alone would end
// with them.
func servesOthers(text string, e effect.Effect) bool {
	if !e.InTransaction {
		return false
	}
	a := session.Analyze(text)
	return len(a.Effects) < a.Statements
}

// hookAt is the kind of hook that n stands in, 0 for none.
func (r *report) hookAt(n ast.Node) where {
	hook, ok := r.hooks.Of(n.Pos())
	if !ok {
		return 0
	}
	return hookPlace(hook.When)
}

func hookPlace(when string) where {
	if strings.Contains(when, "new connection") {
		return onConnect
	}
	return onAcquire
}

// siteSituation is that of what a driver or library is told to do.
func siteSituation(s driver.Site) situation {
	at := situation{place: somewhere, zero: isZero(s.Value), brief: s.Brief}
	switch {
	case s.When != "":
		at.place = hookPlace(s.When)
	case s.Brief:
	case s.Effect.Kind == effect.StartupParameter || s.Effect.Kind == effect.ConnectSet:
		at.place = atStartup
	}
	return at
}

// textSituation is that of an effect of a text of SQL alone.
func textSituation(text string, e effect.Effect) situation {
	value, varies := valueOf(text, e)
	s := situation{place: inFile, varies: varies, zero: isZero(value), verb: verbOf(text, e)}
	switch {
	case e.Body == effect.DoBlock:
		s.place = inDo
	case e.Body == effect.FunctionBody:
		s.place = inFunction
	case servesOthers(text, e):
		s.place = inScript
	}
	return s
}

// putsBack reports whether the function of u resets a parameter that it sets.
func (r *report) putsBack(u sqlflow.Use, name string) bool {
	decl := r.flow.Function(u.Node)
	if decl == nil {
		return false
	}
	if r.resets == nil {
		r.resets = r.resetsIn()
	}
	return slices.ContainsFunc(r.resets[decl], func(e effect.Effect) bool {
		return e.Kind != effect.Reset || strings.EqualFold(e.Object, name)
	})
}

// resetsIn are the effects, by function, that reset a parameter or all of them.
func (r *report) resetsIn() map[*ast.FuncDecl][]effect.Effect {
	in := map[*ast.FuncDecl][]effect.Effect{}
	for _, q := range r.sql.Queries {
		a := q.Analysis()
		if a == nil {
			continue
		}
		for _, e := range a.Effects {
			if e.Kind != effect.ResetAll && e.Kind != effect.Reset && !(e.Kind == effect.Discard && strings.EqualFold(e.Object, "all")) {
				continue
			}
			for _, u := range q.Uses {
				if decl := r.flow.Function(u.Node); decl != nil {
					in[decl] = append(in[decl], e)
				}
			}
		}
	}
	return in
}

// isZero reports whether a value of a parameter is 0, in any unit.
func isZero(value string) bool {
	return strings.HasPrefix(value, "0") && !strings.ContainsAny(value, "123456789")
}

// verbOf is the word that the effect's statement begins with, in small letters.
func verbOf(text string, e effect.Effect) string {
	if e.Start < 0 || len(text) < e.Start {
		return ""
	}
	text = strings.TrimLeft(text[e.Start:], "( \t\r\n")
	end := strings.IndexFunc(text, func(r rune) bool { return r < 'A' || 'z' < r })
	if end < 0 {
		end = len(text)
	}
	return strings.ToLower(text[:end])
}
