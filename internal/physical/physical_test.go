package physical

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

func TestPosition(t *testing.T) {
	const body = "package p\n\nvar a = 1\n//line view.templ:1000\nvar b = /*line :7:30*/2\n"
	for _, test := range []struct {
		file, src, at, name string
		line, column        int
	}{
		{"/m/p.go", body, "a =", "/m/p.go", 3, 5},
		{"/m/p.go", body, "b =", "/m/p.go", 5, 5}, // whatever it says of itself
		{"/m/p.go", body, "2\n", "/m/p.go", 5, 23},
		{"/cache/0a1b-d", "// made\n\n//line /m/p.go:1:1\n" + body, "a =", "/m/p.go", 3, 5},
		{"/cache/0a1b-d", "// made\n\n//line /m/p.go:1:1\n" + body, "b =", "/m/p.go", 5, 5},
		{"/b001/p.cgo1.go", "// made\n\n//line /m/p.go:1:1\npackage p\nvar a = /*line :2:9*/C_x /*line :2:13*/+ 1\n", "+ 1", "/m/p.go", 2, 13},
	} {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, test.file, test.src, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		pos := file.FileStart + token.Pos(strings.Index(test.src, test.at))
		if p := Position(fset, pos); p.Filename != test.name || p.Line != test.line || p.Column != test.column {
			t.Errorf("%s in %s: %v, want %s:%d:%d", test.at, test.file, p, test.name, test.line, test.column)
		}
		if made := IsMade(fset, pos); made != (test.file != "/m/p.go") {
			t.Errorf("%s: made by cgo: %t", test.file, made)
		}
	}
}
