package flow

import "go/ast"

// Literal is the composite literal that x is, or is a variable for.
func (f *Flow) Literal(x ast.Expr) *ast.CompositeLit {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		return x
	case *ast.Ident, *ast.SelectorExpr:
		lit, _ := ast.Unparen(f.onlyValue(x)).(*ast.CompositeLit)
		return lit
	}
	return nil
}

// onlyValue is the one value that the variable or field is ever given that x
// names, nil where there are more or it is not given as a whole.
func (f *Flow) onlyValue(x ast.Expr) ast.Expr {
	v := f.VariableOf(x)
	if v == nil || f.Vars[v] == nil || len(f.Vars[v].Defs) != 1 || f.Vars[v].Param >= 0 {
		return nil
	}
	if d := f.Vars[v].Defs[0]; d.Kind == DefValue || d.Kind == DefFilled {
		return d.Expr
	}
	return nil
}

// MadeBy is the call that makes x, or the variable that x is for, and nothing else.
func (f *Flow) MadeBy(x ast.Expr) *ast.CallExpr {
	switch x := ast.Unparen(x).(type) {
	case *ast.CallExpr:
		return x
	case *ast.Ident, *ast.SelectorExpr:
		call, _ := ast.Unparen(f.onlyValue(x)).(*ast.CallExpr)
		return call
	}
	return nil
}
