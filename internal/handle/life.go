// Package handle follows the handles of a Go package: forwards from what opens
// one to all that is run on it, and backwards from what is run to what its
// handle was opened for.
package handle

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Reader reads what calls do with handles, in one package.
type Reader struct {
	pass  *analysis.Pass
	sql   *sqlflow.SQL
	flow  *eval.Evaluator
	info  *types.Info
	wraps func(*types.Func) (arg int, ok bool)
	modes []ast.Expr // that calls and slices get, once asked for
}

// NewReader prepares to read a package. wraps tells which functions open a
// handle of another, and which argument that is.
func NewReader(pass *analysis.Pass, sql *sqlflow.SQL, wraps func(*types.Func) (arg int, ok bool)) *Reader {
	return &Reader{pass: pass, sql: sql, flow: sql.Flow, info: pass.TypesInfo, wraps: wraps}
}

// Life is what code does with one handle, from the call that opens it: how a
// driver sends queries matters where there are queries.
type Life struct {
	Sent   []Sent
	Unseen bool // it leaves the code that is seen

	*Reader
	opaque bool // what it binds does not all stand in what is sent
	whole  bool // it is followed on where it is unseen
	seen   map[held]bool
	given  map[given]bool

	holders []*types.Var
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

// Sent is what one call sends over a handle.
type Sent struct {
	Call  *ast.CallExpr // nil where a library makes it
	Rows  bool          // it asks for rows
	Args  bool          // it binds arguments
	Batch bool          // SendBatch
	Copy  bool          // CopyFrom
	Tx    bool          // in a transaction
	Mode  bool          // it has a mode of its own
}

// Follow follows what a call opens. It is unseen from the beginning where
// functions that are not followed run on its connections.
func (r *Reader) Follow(call *ast.CallExpr, unseen bool) *Life {
	l := &Life{Reader: r, seen: map[held]bool{}, given: map[given]bool{}, Unseen: unseen}
	l.value(call, 0, false)
	return l
}

// Holders are the variables, parameters and fields that hold what a call opens.
func (r *Reader) Holders(call *ast.CallExpr) []*types.Var {
	l := &Life{Reader: r, seen: map[held]bool{}, given: map[given]bool{}, whole: true}
	l.value(call, 0, false)
	return l.holders
}

// value follows the handle where x, or its i-th result, is one.
func (l *Life) value(x ast.Expr, i int, tx bool) {
	if l.Unseen && !l.whole {
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
		if f, ok := l.flow.ObjectOf(p.Key).(*types.Var); ok && f.IsField() {
			l.variable(f, tx)
			return
		}
		l.Unseen = true // in a map
	case *ast.CompositeLit:
		if st := flow.StructOf(l.info.TypeOf(p)); st != nil && slices.Index(p.Elts, x) < st.NumFields() {
			l.variable(st.Field(slices.Index(p.Elts, x)), tx)
			return
		}
		l.Unseen = true
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
		l.Unseen = true
	}
}

// assigned follows what is assigned from x.
func (l *Life) assigned(lhs, rhs []ast.Expr, x ast.Expr, i int, tx bool) {
	if len(lhs) == len(rhs) {
		i = slices.Index(rhs, x)
	}
	if i < 0 || i >= len(lhs) || !slices.ContainsFunc(lhs, func(x ast.Expr) bool { return !isBlank(x) }) {
		l.Unseen = true
		return
	}
	if isBlank(lhs[i]) {
		return // _, err := sql.Open(…)
	}
	v, _ := l.flow.ObjectOf(lhs[i]).(*types.Var)
	l.variable(v, tx)
}

func isBlank(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && id.Name == "_"
}

// variable follows all that is done with what holds the handle.
func (l *Life) variable(v *types.Var, tx bool) {
	if v != nil {
		l.holders = append(l.holders, v.Origin())
	}
	if v == nil || v.Pkg() != l.pass.Pkg || l.elsewhere(v) {
		l.Unseen = true
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
func (l *Life) elsewhere(v *types.Var) bool {
	if v.Embedded() || l.pass.Pkg.Name() == "main" {
		return v.Embedded()
	}
	return v.Exported() && (v.IsField() || v.Parent() == l.pass.Pkg.Scope())
}

// isSet reports whether x is set here, not read.
func (l *Life) isSet(x ast.Expr) bool {
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
func (l *Life) returned(ret *ast.ReturnStmt, i int, tx bool) {
	for n := l.flow.Parent(ret); n != nil; n = l.flow.Parent(n) {
		switch n := n.(type) {
		case *ast.FuncLit:
			l.Unseen = true
			return
		case *ast.FuncDecl:
			l.result(n, i, tx)
			return
		}
	}
}

// result follows the i-th result of a function. One that nothing calls is for
// others, or an example.
func (l *Life) result(fn ast.Node, i int, tx bool) {
	decl, ok := fn.(*ast.FuncDecl)
	if !ok || decl.Name.IsExported() && l.pass.Pkg.Name() != "main" {
		if l.Unseen = true; !ok || !l.whole {
			return
		}
	}
	if l.given[given{decl, i, tx}] {
		return
	}
	l.given[given{decl, i, tx}] = true
	calls := l.flow.CallsOf(decl)
	if obj := l.info.Defs[decl.Name]; obj == nil || len(calls) == 0 || !l.onlyCalled(obj) {
		l.Unseen = true
		return
	}
	for _, call := range calls {
		l.value(call, i, tx)
	}
}

// onlyCalled reports whether a function is nowhere a value.
func (l *Life) onlyCalled(obj types.Object) bool {
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
func (l *Life) resultOf(v *types.Var) (fn ast.Node, i int) {
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
