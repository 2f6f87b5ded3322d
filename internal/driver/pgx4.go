package driver

import "go/ast"

// statementCache is what a BuildStatementCache makes: "none" where it is nil.
func statementCache(s *scan, x ast.Expr) (string, bool) {
	if s.info.Types[x].IsNil() {
		return "none", true
	}
	value := ""
	for _, fn := range s.flow.Functions(x) {
		ast.Inspect(fn, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				switch sel.Sel.Name {
				case "ModeDescribe":
					value = "describe"
				case "ModePrepare":
					value = "prepare"
				}
			}
			return true
		})
	}
	return value, value != ""
}
