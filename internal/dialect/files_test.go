package dialect

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"
)

func TestCockroachIsNamedWithinTheModule(t *testing.T) {
	for _, test := range []struct {
		module, pkg, file string
		want              bool
	}{
		{"example.com/log", "example.com/log/storage/crdb", "queue.go", true},
		{"example.com/log", "example.com/log/storage", "cockroach.go", true},
		{"example.com/log", "example.com/log/crdb/postgres", "queue.go", false},
		{"github.com/cockroachdb/molt", "github.com/cockroachdb/molt/dbconn", "conn.go", false},
		{"github.com/cockroachdb/molt", "github.com/cockroachdb/molt", "main.go", false},
	} {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, test.file, "package p", 0)
		if err != nil {
			t.Fatal(err)
		}
		files := NewFiles(&analysis.Pass{Fset: fset, Files: []*ast.File{file}, Pkg: types.NewPackage(test.pkg, "p"),
			Module: &analysis.Module{Path: test.module}})
		if got := files.Cockroach(file); got != test.want {
			t.Errorf("%s/%s of %s: %t, want %t", test.pkg, test.file, test.module, got, test.want)
		}
	}
}
