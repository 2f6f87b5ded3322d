package flow

import "go/ast"

// Literal is the composite literal that x is, or is a variable for.
func (f *Flow) Literal(x ast.Expr) *ast.CompositeLit {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		return x
	case *ast.Ident, *ast.SelectorExpr:
		if v := f.VariableOf(x); v != nil && f.Vars[v] != nil && len(f.Vars[v].Defs) == 1 {
			if lit, ok := ast.Unparen(f.Vars[v].Defs[0].Expr).(*ast.CompositeLit); ok {
				return lit
			}
		}
	}
	return nil
}

// MadeBy is the call that makes x, or the variable that x is for, and nothing else.
func (f *Flow) MadeBy(x ast.Expr) *ast.CallExpr {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		return x
	case *ast.Ident, *ast.SelectorExpr:
		if v := f.VariableOf(x); v != nil && f.Vars[v] != nil && len(f.Vars[v].Defs) == 1 {
			call, _ := ast.Unparen(f.Vars[v].Defs[0].Expr).(*ast.CallExpr)
			return call
		}
	}
	return nil
}
