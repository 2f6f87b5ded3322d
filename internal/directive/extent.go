package directive

import (
	"go/ast"
	"go/token"

	"github.com/poolvet/poolvet/internal/physical"
)

// Extent is what a comment of Go holds for: its line and the next, the
// declaration that it documents, its file where it stands above the package
// clause, and the package, for which neither is valid, where it documents that.
func Extent(fset *token.FileSet, file *ast.File, group *ast.CommentGroup, c *ast.Comment) (from, to token.Pos) {
	switch {
	case group == file.Doc:
		return token.NoPos, token.NoPos
	case c.End() < file.Package:
		return file.FileStart, file.FileEnd
	}
	for _, decl := range file.Decls {
		if decl.End() < c.Pos() {
			continue
		}
		if node := documented(decl, group); node != nil {
			return group.Pos(), node.End()
		}
		break
	}
	tf := fset.File(c.Pos())
	from = tf.LineStart(physical.Line(tf, c.Pos()))
	// A directive above the line may be followed by further comments.
	next := min(physical.Line(tf, group.End())+1, tf.LineCount())
	if next == tf.LineCount() {
		return from, token.Pos(tf.Base() + tf.Size())
	}
	return from, tf.LineStart(next+1) - 1
}

// documented is the declaration that a comment group documents, or nil.
func documented(decl ast.Decl, group *ast.CommentGroup) ast.Node {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Doc == group {
			return decl
		}
	case *ast.GenDecl:
		if decl.Doc == group {
			return decl
		}
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				if spec.Doc == group {
					return spec
				}
			case *ast.TypeSpec:
				if spec.Doc == group {
					return spec
				}
			}
		}
	}
	return nil
}
