package text

import (
	"go/ast"
	"go/token"
)

// File is a file that the package embeds.
type File struct {
	Name    string      // as the embed pattern names it, with slashes
	Pattern *ast.Ident  // the variable that embeds it, nil for one of another package
	Source  *token.File // added to the file set, so that its lines have positions
}

func (f *File) pos(off int) token.Pos {
	return f.Source.Pos(min(off, f.Source.Size()))
}
