package sqlflow

import (
	"go/ast"
	"go/types"
	"iter"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/library"
)

// Begins yields the calls by which a library begins a transaction: those that
// return one and those that run a function in one. A transaction's own Begin is
// a savepoint.
func (f *SQL) Begins() iter.Seq[*ast.CallExpr] {
	return func(yield func(*ast.CallExpr) bool) {
		for _, call := range f.Flow.Calls() {
			if fn := f.Flow.Callee(call); fn != nil && f.begins(fn) && !yield(call) {
				return
			}
		}
	}
}

func (f *SQL) begins(fn *types.Func) bool {
	if fn.Pkg() == nil || fn.Pkg() == f.Flow.Pass.Pkg || !library.IsDatabase(fn.Pkg().Path()) {
		return false
	}
	if recv := fn.Signature().Recv(); recv != nil && handleOf(recv.Type()) == Tx {
		return false
	}
	if _, h, ok := callbackHandle(fn); ok && h == Tx || resultHandle(fn) == Tx {
		return true
	}
	results := fn.Signature().Results()
	return strings.Contains(fn.Name(), "Begin") && results.Len() > 0 && handleOf(results.At(0).Type()) == Tx
}

// Outlived reports whether the session of the transaction that u runs in may
// be seen to go on after it: the transaction was begun on a connection that
// the caller, or a later statement, goes on with.
func (f *SQL) Outlived(u Use) bool {
	return f.outlived(f.transaction(u), u.Node, map[types.Object]bool{})
}

// outlived is Outlived of the transaction tx at n: where a function is given
// it, its callers tell.
func (f *SQL) outlived(tx types.Object, n ast.Node, seen map[types.Object]bool) bool {
	decl := f.Flow.Function(n)
	if decl == nil {
		return false
	}
	if on := f.begunIn(tx, decl).on; on != nil {
		if f.handle(on).handle == Conn && !f.takenIn(decl, on) {
			return true
		}
	}
	if f.GoesOn(n, Conn) {
		return true
	}
	v, ok := tx.(*types.Var)
	if !ok || seen[tx] {
		return false
	}
	seen[tx] = true
	fn, i, ok := f.Flow.Parameter(v)
	if !ok || fn != ast.Node(decl) {
		return false
	}
	return slices.ContainsFunc(f.Flow.CallsOf(fn), func(call *ast.CallExpr) bool {
		if i >= len(call.Args) {
			return false
		}
		id, _ := ast.Unparen(call.Args[i]).(*ast.Ident)
		return id != nil && f.outlived(f.Flow.Info.ObjectOf(id), call, seen)
	})
}

// SameTransaction reports whether two uses are known to run in one and the
// same transaction: on one variable, which is set once.
func (f *SQL) SameTransaction(u, other Use) bool {
	tx := f.transaction(u)
	if tx == nil || tx != f.transaction(other) || tx.Parent() == f.Flow.Pass.Pkg.Scope() {
		return false
	}
	decl := f.Flow.Function(u.Node)
	return decl != nil && f.begunIn(tx, decl).sets <= 1
}

// begun is how a function comes by a transaction.
type begun struct {
	on   ast.Expr // whose Begin made it, nil where the function does not show it
	sets int      // how often its variable is set
}

// variableIn is a variable, as one function has it.
type variableIn struct {
	obj  types.Object
	decl *ast.FuncDecl
}

// begunIn is how decl comes by the transaction tx: a walk over decl, once for
// all that runs in tx.
func (f *SQL) begunIn(tx types.Object, decl *ast.FuncDecl) (b begun) {
	if tx == nil {
		return b
	}
	at := variableIn{tx, decl}
	if b, ok := f.begun[at]; ok {
		return b
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt: // tx, err := on.Begin(ctx)
			for i, lhs := range n.Lhs {
				id, ok := lhs.(*ast.Ident)
				if !ok || f.Flow.Info.ObjectOf(id) != tx {
					continue
				}
				b.sets++
				if call, ok := ast.Unparen(n.Rhs[0]).(*ast.CallExpr); ok && i == 0 && len(n.Rhs) == 1 && b.on == nil {
					b.on = f.connectionIn(call)
				}
			}
		case *ast.FuncLit: // pgx.BeginFunc(ctx, on, func(tx pgx.Tx) error { … })
			if b.on == nil && declares(f.Flow.Info, n.Type, tx) {
				b.on = f.calledOn(n)
			}
		}
		return true
	})
	f.begun[at] = b
	return b
}

// calledOn is the handle in the call that lit is an argument of.
func (f *SQL) calledOn(lit *ast.FuncLit) ast.Expr {
	for _, outer := range f.Flow.PathTo(lit) {
		if call, ok := outer.(*ast.CallExpr); ok {
			return f.connectionIn(call)
		}
	}
	return nil
}

// transaction is the variable for the transaction that u runs on, or nil.
func (f *SQL) transaction(u Use) types.Object {
	if u.Call == nil {
		return nil
	}
	xs := u.Call.Args
	if sel, ok := ast.Unparen(u.Call.Fun).(*ast.SelectorExpr); ok {
		xs = append([]ast.Expr{sel.X}, xs...)
	}
	for _, x := range xs {
		if id, ok := ast.Unparen(x).(*ast.Ident); ok {
			if f.handle(id).handle == Tx {
				return f.Flow.Info.ObjectOf(id)
			}
		}
	}
	return nil
}

// connectionIn is the receiver or argument of a call that is a handle.
func (f *SQL) connectionIn(call *ast.CallExpr) ast.Expr {
	xs := call.Args
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		xs = append([]ast.Expr{sel.X}, xs...)
	}
	for _, x := range xs {
		if _, isLit := x.(*ast.FuncLit); isLit {
			continue
		}
		if f.handle(x).handle != UnknownHandle {
			return x
		}
	}
	return nil
}

func declares(info *types.Info, t *ast.FuncType, obj types.Object) bool {
	for _, field := range t.Params.List {
		for _, name := range field.Names {
			if info.Defs[name] == obj {
				return true
			}
		}
	}
	return false
}

// takenIn reports whether the connection that x names was taken in the body of
// decl.
func (f *SQL) takenIn(decl *ast.FuncDecl, x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	obj := f.Flow.Info.ObjectOf(id)
	return obj != nil && decl.Body != nil && decl.Body.Pos() <= obj.Pos() && obj.Pos() < decl.Body.End()
}
