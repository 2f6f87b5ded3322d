// Package physical says where code stands, in the files as they lie there: what a
// //line comment says is another file's place, which no one can open, no
// directive stands in and no fix can edit.
package physical

import (
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// Position is the place of pos. Of a file that cgo made, it is that in the file it
// was made of.
func Position(fset *token.FileSet, pos token.Pos) token.Position {
	p := fset.PositionFor(pos, false)
	if !isCgo(p.Filename) {
		return p
	}
	// cgo writes the lines of the file behind a //line comment, and corrects
	// the columns where it changes a line.
	file := fset.File(pos)
	for line := 1; line <= file.LineCount(); line++ {
		first := file.PositionFor(file.LineStart(line), true)
		if first.Filename == p.Filename {
			continue
		}
		p.Filename, p.Line = first.Filename, p.Line-line+1
		if there := fset.Position(pos); there.Filename == p.Filename {
			p = there
		}
		break
	}
	return p
}

// Line is the line of pos in its file, as the file set has it.
func Line(file *token.File, pos token.Pos) int { return file.PositionFor(pos, false).Line }

// IsMade reports whether pos stands in a file that cgo made, whose bytes are
// not those of any file that can be edited.
func IsMade(fset *token.FileSet, pos token.Pos) bool {
	return isCgo(fset.PositionFor(pos, false).Filename)
}

// isCgo tells the files that cgo made by their names: x.cgo1.go while the go
// command builds, and then, in its cache, a hash and -d.
func isCgo(file string) bool {
	return strings.HasSuffix(file, ".cgo1.go") || strings.HasSuffix(file, "-d") && filepath.Ext(file) == ""
}

// File is the file of a name in the file set, and is added to it where it is
// not there and can be read; else nil.
func File(fset *token.FileSet, name string) (file *token.File) {
	if !filepath.IsAbs(name) {
		return nil
	}
	fset.Iterate(func(f *token.File) bool {
		if f.Name() == name {
			file = f
		}
		return file == nil
	})
	if file != nil {
		return file
	}
	content, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	file = fset.AddFile(name, -1, len(content))
	file.SetLinesForContent(content)
	return file
}
