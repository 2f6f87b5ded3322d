package sqlflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ast/astutil"
)

// Outlived reports whether the session of the transaction that u runs in may
// be seen to go on after it: the transaction was begun on a connection that
// the caller, or a later statement, goes on with.
func (f *Flow) Outlived(u Use) bool {
	return f.outlived(f.transaction(u), u.Node, map[types.Object]bool{})
}

// outlived is Outlived of the transaction tx at n: where a function is given
// it, its callers tell.
func (f *Flow) outlived(tx types.Object, n ast.Node, seen map[types.Object]bool) bool {
	decl := f.Function(n)
	if decl == nil {
		return false
	}
	if on := f.begunOn(tx, decl); on != nil {
		if f.handle(on).handle == Conn && !f.takenIn(decl, on) {
			return true
		}
	}
	for _, q := range f.Queries {
		for _, later := range q.Uses {
			if later.Handle == Conn && later.Node.Pos() > n.End() && inside(decl, later.Node) {
				return true
			}
		}
	}
	v, ok := tx.(*types.Var)
	if !ok || seen[tx] {
		return false
	}
	seen[tx] = true
	fn, i, ok := f.Parameter(v)
	if !ok || fn != ast.Node(decl) {
		return false
	}
	return slices.ContainsFunc(f.callsOf(fn), func(call *ast.CallExpr) bool {
		if i >= len(call.Args) {
			return false
		}
		id, _ := ast.Unparen(call.Args[i]).(*ast.Ident)
		return id != nil && f.outlived(f.info.ObjectOf(id), call, seen)
	})
}

// SameTransaction reports whether two uses are known to run in one and the
// same transaction: on one variable, which is set once.
func (f *Flow) SameTransaction(u, other Use) bool {
	tx := f.transaction(u)
	if tx == nil || tx != f.transaction(other) || tx.Parent() == f.pass.Pkg.Scope() {
		return false
	}
	decl, set := f.Function(u.Node), 0
	if decl == nil {
		return false
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok {
			for _, lhs := range assign.Lhs {
				if id, ok := lhs.(*ast.Ident); ok && f.info.ObjectOf(id) == tx {
					set++
				}
			}
		}
		return true
	})
	return set <= 1
}

// Function is the declared function that n stands in, or nil.
func (f *Flow) Function(n ast.Node) *ast.FuncDecl { return f.functionAt(n.Pos()) }

func (f *Flow) functionAt(pos token.Pos) *ast.FuncDecl {
	for _, file := range f.pass.Files {
		if pos < file.FileStart || file.FileEnd <= pos {
			continue
		}
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Pos() <= pos && pos < fn.End() {
				return fn
			}
		}
	}
	return nil
}

// begunOn is the expression whose Begin made the transaction tx, nil where
// the function does not show it.
func (f *Flow) begunOn(tx types.Object, decl *ast.FuncDecl) ast.Expr {
	if tx == nil {
		return nil
	}
	var on ast.Expr
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt: // tx, err := on.Begin(ctx)
			if id, ok := n.Lhs[0].(*ast.Ident); ok && f.info.ObjectOf(id) == tx && len(n.Rhs) == 1 {
				if call, ok := ast.Unparen(n.Rhs[0]).(*ast.CallExpr); ok {
					on = f.connectionIn(call)
				}
			}
		case *ast.FuncLit: // pgx.BeginFunc(ctx, on, func(tx pgx.Tx) error { … })
			if declares(f.info, n.Type, tx) {
				path, _ := astutil.PathEnclosingInterval(f.fileOf(n), n.Pos(), n.End())
				for _, outer := range path {
					if call, ok := outer.(*ast.CallExpr); ok {
						on = f.connectionIn(call)
						break
					}
				}
			}
		}
		return on == nil
	})
	return on
}

// transaction is the variable for the transaction that u runs on, or nil.
func (f *Flow) transaction(u Use) types.Object {
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
				return f.info.ObjectOf(id)
			}
		}
	}
	return nil
}

// connectionIn is the receiver or argument of a call that is a handle.
func (f *Flow) connectionIn(call *ast.CallExpr) ast.Expr {
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
func (f *Flow) takenIn(decl *ast.FuncDecl, x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok {
		return false
	}
	obj := f.info.ObjectOf(id)
	return obj != nil && decl.Body != nil && decl.Body.Pos() <= obj.Pos() && obj.Pos() < decl.Body.End()
}
