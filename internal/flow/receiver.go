package flow

import (
	"go/ast"
	"go/types"
)

// ReceiverOf is what a method is called on, nil where the call names none.
func ReceiverOf(call *ast.CallExpr) ast.Expr {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}

// CallsMethod reports whether a call is of a package's method: "URL.String".
func (x *Flow) CallsMethod(call *ast.CallExpr, pkg, name string) bool {
	fn, ok := x.Target(call).(*types.Func)
	return ok && fn.Pkg() != nil && fn.Pkg().Path() == pkg && NameOf(fn) == name && ReceiverOf(call) != nil
}

// Bare is x without parentheses, & and *.
func Bare(x ast.Expr) ast.Expr {
	for {
		switch y := ast.Unparen(x).(type) {
		case *ast.UnaryExpr:
			x = y.X
		case *ast.StarExpr:
			x = y.X
		default:
			return y
		}
	}
}
