package flow

import (
	"go/ast"
	"go/token"
)

// Declared names the declaration of a file that pos stands in: "Open",
// "Store.Run", the first name of variables or constants that are declared
// together. It is "" at no declaration.
func Declared(file *ast.File, pos token.Pos) string {
	switch decl := DeclAt(file, pos).(type) {
	case *ast.FuncDecl:
		return receiverOf(decl) + decl.Name.Name
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			if v, ok := spec.(*ast.ValueSpec); ok && v.Pos() <= pos && pos <= v.End() {
				return v.Names[0].Name
			}
		}
	}
	return ""
}

// receiverOf is the type that a method belongs to, with a dot.
func receiverOf(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return ""
	}
	x := decl.Recv.List[0].Type
	for {
		switch t := x.(type) {
		case *ast.StarExpr:
			x = t.X
		case *ast.IndexExpr: // of a generic type
			x = t.X
		case *ast.IndexListExpr:
			x = t.X
		case *ast.ParenExpr:
			x = t.X
		case *ast.Ident:
			return t.Name + "."
		default:
			return ""
		}
	}
}
