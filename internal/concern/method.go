package concern

import (
	"go/ast"
	"go/types"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// method is one that a package declares, of a type or an interface.
type method struct {
	name    string
	typ     *ast.FuncType
	imports map[string]*types.Package // of its file
}

// runs reports whether a method that the package declares and calls could run SQL, by
// its shape. Fakes for tests declare many that others call.
func (s *syntax) runs() bool {
	for _, m := range s.methods {
		if !s.behindDot[m.name] {
			continue
		}
		isText := func(x ast.Expr) bool { return s.named(x, m.imports, false, flow.IsString) }
		isResult := func(x ast.Expr) bool { return s.named(x, m.imports, true, sqlflow.IsDriverResult) }
		if sqlflow.MayRun(m.name, m.typ, isText, isResult) {
			return true
		}
	}
	return false
}

// named reports whether is could hold for the type that x names, or points to. A type
// that the package declares is what it is declared as, one that is no alias only
// if it is asked for what lies under it.
func (s *syntax) named(x ast.Expr, imports map[string]*types.Package, asNamed bool, is func(types.Type) bool) bool {
	for range 10 { // type A B; type B A
		switch t := x.(type) {
		case *ast.ParenExpr:
			x = t.X
		case *ast.StarExpr:
			if !asNamed {
				return false
			}
			x = t.X
		case *ast.IndexExpr:
			x = t.X
		case *ast.IndexListExpr:
			x = t.X
		case *ast.SelectorExpr:
			pkg, ok := t.X.(*ast.Ident)
			if !ok || imports[pkg.Name] == nil {
				return true
			}
			obj, ok := imports[pkg.Name].Scope().Lookup(t.Sel.Name).(*types.TypeName)
			return !ok || is(obj.Type())
		case *ast.Ident:
			spec := s.types[t.Name]
			if spec == nil {
				obj, ok := types.Universe.Lookup(t.Name).(*types.TypeName)
				return ok && is(obj.Type())
			}
			if asNamed && !spec.Assign.IsValid() {
				return false
			}
			x = spec.Type
		default:
			return false
		}
	}
	return true
}
