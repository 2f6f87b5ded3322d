// Package undone knows which statements of a transaction are undone by a later one
// of it: nothing of them is left when the connection goes back.
package undone

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// most is how many statements are looked at for one: those that stand next to it
// come first, and code in which these are none of it has no end.
const most = 100

// Index finds what undoes a statement, by what that is.
type Index struct {
	sql     *sqlflow.SQL
	ignored func(token.Pos) bool // a directive silences what is said there

	byCall map[*ast.CallExpr][]*run
	undoes map[thing]*runs
	does   map[thing]*runs
}

// run is a text that a call runs in a transaction.
type run struct {
	*sqlflow.Query
	use    sqlflow.Use
	pos    token.Pos // of the call: asked for anew, a chain of calls is walked to its end
	undoes []string
}

// runs are in the order of the code.
type runs struct{ all, deferred []*run }

// thing is what is set in a declaration: a parameter, the role, a temporary table.
type thing struct {
	decl ast.Node
	name string
}

// New is an index of what transactions run, which is read when it is first asked
// for: most packages have nothing to undo.
func New(sql *sqlflow.SQL, ignored func(token.Pos) bool) *Index {
	return &Index{sql: sql, ignored: ignored}
}

func (x *Index) read() {
	x.byCall, x.undoes, x.does = map[*ast.CallExpr][]*run{}, map[thing]*runs{}, map[thing]*runs{}
	var all []*run
	for _, q := range x.sql.Queries {
		from := len(all)
		for _, u := range q.Uses {
			if u.Handle == sqlflow.Tx && u.Call != nil {
				all = append(all, &run{Query: q, use: u, pos: u.Call.Pos()})
			}
		}
		if from < len(all) {
			undoes := session.Undone(q.Text.Value)
			for _, r := range all[from:] {
				r.undoes = undoes
			}
		}
	}
	slices.SortStableFunc(all, inOrder)
	for _, r := range all {
		x.add(r)
	}
}

// inOrder is the order of the code: elements of a list have the same call.
func inOrder(a, b *run) int {
	return cmp.Or(cmp.Compare(a.pos, b.pos), cmp.Compare(a.at(), b.at()))
}

// at is where the text begins.
func (r *run) at() token.Pos {
	if first := r.Text.First(); first != nil {
		return first.Pos()
	}
	return token.NoPos
}

func (x *Index) add(r *run) {
	x.byCall[r.use.Call] = append(x.byCall[r.use.Call], r)
	decl, deferred := x.place(r.use)
	for _, name := range r.undoes {
		note(x.undoes, thing{decl, name}, r, deferred)
	}
	if a := r.Analysis(); a != nil {
		for _, e := range a.Effects {
			for _, name := range session.UndoneBy(e.Bind(r.use.Bound)) {
				note(x.does, thing{decl, name}, r, deferred)
			}
		}
	}
}

func note(to map[thing]*runs, key thing, r *run, deferred bool) {
	if to[key] == nil {
		to[key] = new(runs)
	}
	to[key].all = append(to[key].all, r)
	if deferred {
		to[key].deferred = append(to[key].deferred, r)
	}
}

// place is the declaration at the top of the file that a call stands in, and
// whether it is deferred there.
func (x *Index) place(u sqlflow.Use) (decl ast.Node, deferred bool) {
	path := x.sql.Flow.PathTo(u.Call)
	for _, n := range path {
		if _, ok := n.(*ast.DeferStmt); ok {
			deferred = true
		}
	}
	return path[max(0, len(path)-2)], deferred
}

// Mark is e, marked where a later statement of its transaction surely undoes it,
// or where it undoes an earlier one itself.
func (x *Index) Mark(q *sqlflow.Query, e effect.Effect, u sqlflow.Use) effect.Effect {
	if e.Undone || u.Handle != sqlflow.Tx || u.Call == nil {
		return e
	}
	if x.byCall == nil {
		x.read()
	}
	r := &run{Query: q, use: u, pos: u.Call.Pos()}
	e.Undone = x.later(r, e) || session.Undoing(e) && x.earlier(r)
	return e
}

// later reports whether each text of some call behind r undoes its effect e, or a
// later element of the list that it is in.
func (x *Index) later(r *run, e effect.Effect) bool {
	names := session.UndoneBy(e)
	isOther := func(r *run) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return slices.Contains(r.undoes, name) })
	}
	then := func(v *run) bool {
		if v.use.Call == r.use.Call {
			return x.sql.FollowsInList(r.use, r.Text, v.Text)
		}
		return !x.replacesUnsaid(v) && x.sql.Follows(r.use, v.use) && !slices.ContainsFunc(x.byCall[v.use.Call], isOther)
	}
	decl, _ := x.place(r.use)
	return slices.ContainsFunc(names, func(name string) bool {
		of := x.undoes[thing{decl, name}]
		return of != nil && (slices.ContainsFunc(first(of.behind(r)), then) || slices.ContainsFunc(first(of.deferred), then))
	})
}

// replacesUnsaid reports whether r puts another value in place of what an earlier
// statement set, and is ignored: then nothing would be said of the two.
func (x *Index) replacesUnsaid(r *run) bool {
	a := r.Analysis()
	return x.ignored(r.use.Node.Pos()) && a != nil && !slices.ContainsFunc(a.Effects, session.Undoing)
}

// earlier reports whether r undoes what a call before it did.
func (x *Index) earlier(r *run) bool {
	before := func(v *run) bool {
		return x.sql.Follows(v.use, r.use) || v.use.Call == r.use.Call && x.sql.FollowsInList(v.use, v.Text, r.Text)
	}
	decl, deferred := x.place(r.use)
	return slices.ContainsFunc(session.Undone(r.Text.Value), func(name string) bool {
		of := x.does[thing{decl, name}]
		if of == nil {
			return false
		}
		all := of.all
		if !deferred { // else it runs behind all of them
			all = all[:len(all)-len(of.behind(r))]
		}
		all = slices.Clone(all[max(0, len(all)-most):])
		slices.Reverse(all)
		return slices.ContainsFunc(all, before)
	})
}

// behind are those that stand behind r.
func (s *runs) behind(r *run) []*run {
	i, found := slices.BinarySearchFunc(s.all, r, inOrder)
	for found && i < len(s.all) && inOrder(s.all[i], r) == 0 {
		i++
	}
	return s.all[i:]
}

func first(all []*run) []*run { return all[:min(len(all), most)] }
