package driver

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
)

// life is what code does with one handle, from the call that opens it: how a
// driver sends queries matters where there are queries.
type life struct {
	*scan
	uses   []use
	unseen bool // it leaves the code that is seen
	opaque bool // what it binds does not all stand in its uses
	seen   map[held]bool
	given  map[given]bool

	holders []token.Pos // where what holds the handle is declared
}

// held is a variable that holds the handle, or a transaction of it.
type held struct {
	v  *types.Var
	tx bool
}

// given is a result of a function that is the handle: some return what they
// return themselves.
type given struct {
	fn ast.Node
	i  int
	tx bool
}

// use is one call that runs something on the handle.
type use struct {
	call  *ast.CallExpr
	rows  bool // it asks for rows
	args  bool // it binds arguments
	batch bool // SendBatch
	copy  bool // CopyFrom
	tx    bool // in a transaction
	mode  bool // it has a mode of its own
}

// lifeOf follows what o opens.
func (s *scan) lifeOf(o opener) *life {
	l := &life{scan: s, seen: map[held]bool{}, given: map[given]bool{}, unseen: o.hooked}
	l.value(o.call, 0, false)
	return l
}

// carries reports whether the handle carries what a mode of d makes a
// statement of this kind of, or may do so where it is not seen.
func (l *life) carries(d *driver, kind effect.Kind) bool {
	return l.unseen || minds[d] == nil || slices.ContainsFunc(l.uses, func(u use) bool { return minds[d](u, kind) })
}

// mindsPq: lib/pq splits what has arguments, outside a transaction.
func mindsPq(u use, _ effect.Kind) bool { return u.args && !u.tx }

// mindsPgx: pgx sends by the simple protocol what has neither arguments nor
// rows. A statement that is split is safe in a transaction, a name is not.
func mindsPgx(u use, kind effect.Kind) bool {
	if u.mode {
		return false
	}
	if kind == effect.SplitStatement {
		return (u.args || u.rows || u.batch) && !u.tx
	}
	return u.args || u.rows || u.batch || u.copy
}

// mindsPgx4: what v4's CopyFrom describes has no name.
func mindsPgx4(u use, kind effect.Kind) bool {
	u.copy = false
	return mindsPgx(u, kind)
}

// value follows the handle where x, or its i-th result, is one.
func (l *life) value(x ast.Expr, i int, tx bool) {
	if l.unseen {
		return
	}
	switch p := l.flow.Parent(x).(type) {
	case *ast.ParenExpr:
		l.value(p, i, tx)
	case *ast.AssignStmt:
		l.assigned(p.Lhs, p.Rhs, x, i, tx)
	case *ast.ValueSpec:
		lhs := make([]ast.Expr, len(p.Names))
		for k, name := range p.Names {
			lhs[k] = name
		}
		l.assigned(lhs, p.Values, x, i, tx)
	case *ast.KeyValueExpr:
		if f, ok := l.object(p.Key).(*types.Var); ok && f.IsField() {
			l.variable(f, tx)
			return
		}
		l.unseen = true // in a map
	case *ast.CompositeLit:
		if st := structOf(l.info.TypeOf(p)); st != nil && slices.Index(p.Elts, x) < st.NumFields() {
			l.variable(st.Field(slices.Index(p.Elts, x)), tx)
			return
		}
		l.unseen = true
	case *ast.ReturnStmt:
		if k := slices.Index(p.Results, x); len(p.Results) > 1 {
			i = k
		}
		l.returned(p, i, tx)
	case *ast.SelectorExpr:
		l.selected(p, tx)
	case *ast.CallExpr:
		l.passed(p, x, tx)
	case *ast.BinaryExpr: // db == nil
	default: // an example that throws the handle away stands for one that is used
		l.unseen = true
	}
}

// assigned follows what is assigned from x.
func (l *life) assigned(lhs, rhs []ast.Expr, x ast.Expr, i int, tx bool) {
	if len(lhs) == len(rhs) {
		i = slices.Index(rhs, x)
	}
	if i < 0 || i >= len(lhs) || !slices.ContainsFunc(lhs, func(x ast.Expr) bool { return !isBlank(x) }) {
		l.unseen = true
		return
	}
	if isBlank(lhs[i]) {
		return // _, err := sql.Open(…)
	}
	v, _ := l.object(lhs[i]).(*types.Var)
	l.variable(v, tx)
}

func isBlank(x ast.Expr) bool { id := identOf(x); return id != nil && id.Name == "_" }

// variable follows all that is done with what holds the handle.
func (l *life) variable(v *types.Var, tx bool) {
	if v != nil && v.Pkg() == l.pass.Pkg {
		l.holders = append(l.holders, v.Pos())
	}
	if v == nil || v.Pkg() != l.pass.Pkg || l.elsewhere(v) {
		l.unseen = true
		return
	}
	v = v.Origin()
	if l.seen[held{v, tx}] {
		return
	}
	l.seen[held{v, tx}] = true
	if fn, i := l.resultOf(v); fn != nil {
		l.result(fn, i, tx)
	}
	for _, id := range l.flow.Namings(v) {
		var x ast.Expr = id
		if sel, ok := l.flow.Parent(id).(*ast.SelectorExpr); ok && sel.Sel == id {
			x = sel
		}
		if !l.isSet(x) {
			l.value(x, 0, tx)
		}
	}
}

// elsewhere reports whether code that is not seen can use v: by its name, or by
// methods that an embedded field brings.
func (l *life) elsewhere(v *types.Var) bool {
	if v.Embedded() || l.pass.Pkg.Name() == "main" {
		return v.Embedded()
	}
	return v.Exported() && (v.IsField() || v.Parent() == l.pass.Pkg.Scope())
}

// isSet reports whether x is set here, not read.
func (l *life) isSet(x ast.Expr) bool {
	switch p := l.flow.Parent(x).(type) {
	case *ast.AssignStmt:
		return slices.Contains(p.Lhs, x)
	case *ast.KeyValueExpr:
		_, ok := l.flow.Parent(p).(*ast.CompositeLit)
		return ok && p.Key == x
	}
	return false
}

// returned follows the handle to the calls of the function that returns it.
func (l *life) returned(ret *ast.ReturnStmt, i int, tx bool) {
	for n := l.flow.Parent(ret); n != nil; n = l.flow.Parent(n) {
		switch n := n.(type) {
		case *ast.FuncLit:
			l.unseen = true
			return
		case *ast.FuncDecl:
			l.result(n, i, tx)
			return
		}
	}
}

// result follows the i-th result of a function. One that nothing calls is for
// others, or an example.
func (l *life) result(fn ast.Node, i int, tx bool) {
	decl, ok := fn.(*ast.FuncDecl)
	if !ok || decl.Name.IsExported() && l.pass.Pkg.Name() != "main" {
		l.unseen = true
		return
	}
	if l.given[given{decl, i, tx}] {
		return
	}
	l.given[given{decl, i, tx}] = true
	calls := l.flow.CallsOf(decl)
	if obj := l.info.Defs[decl.Name]; obj == nil || len(calls) == 0 || !l.onlyCalled(obj) {
		l.unseen = true
		return
	}
	for _, call := range calls {
		l.value(call, i, tx)
	}
}

// onlyCalled reports whether a function is nowhere a value.
func (l *life) onlyCalled(obj types.Object) bool {
	return !slices.ContainsFunc(l.flow.Namings(obj), func(id *ast.Ident) bool {
		var x ast.Expr = id
		if sel, ok := l.flow.Parent(id).(*ast.SelectorExpr); ok && sel.Sel == id {
			x = sel
		}
		call, ok := l.flow.Parent(x).(*ast.CallExpr)
		return !ok || call.Fun != x
	})
}

// resultOf is the function that declares v as a result, and its index.
func (l *life) resultOf(v *types.Var) (fn ast.Node, i int) {
	known := l.flow.Vars[v]
	if known == nil || known.Fn == nil || known.Param >= 0 {
		return nil, 0
	}
	for name := flow.ResultName(known.Fn, i); name != nil; name = flow.ResultName(known.Fn, i) {
		if l.info.Defs[name] == v {
			return known.Fn, i
		}
		i++
	}
	return nil, 0
}
