package analyzer

import (
	"go/ast"
	"go/token"
	"path/filepath"

	"github.com/poolvet/poolvet/internal/physical"
)

// function names the declaration that pos stands in: "Open", "Store.Run", the
// first name of variables or constants that are declared together. It is "" at
// no declaration, and the file's name in what is no Go file.
func (r *report) function(pos token.Pos) string {
	file := r.file(pos)
	if file == nil {
		return filepath.Base(physical.Position(r.pass.Fset, pos).Filename)
	}
	for _, decl := range file.Decls {
		if pos < decl.Pos() || decl.End() < pos {
			continue
		}
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			return receiver(decl) + decl.Name.Name
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && v.Pos() <= pos && pos <= v.End() {
					return v.Names[0].Name
				}
			}
		}
	}
	return ""
}

// receiver is the type that a method belongs to, with a dot.
func receiver(decl *ast.FuncDecl) string {
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
