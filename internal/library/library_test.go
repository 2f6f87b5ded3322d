package library

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// notLibraries are the files that say what a library is.
var notLibraries = []string{"tests", "all", "defaults", "library", "paths", "rows", "sinks", "uses"}

// Each library stands in a file of its name, and each file is listed.
func TestFiles(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, lib := range All() {
		names[lib.Name] = true
	}
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".go")
		if !ok || strings.HasSuffix(name, "_test") || slices.Contains(notLibraries, name) {
			continue
		}
		if !names[name] {
			t.Errorf("%s.go has no library in all", name)
		}
		delete(names, name)
	}
	for name := range names {
		t.Errorf("a library in all has the Name %q: there is no %s.go", name, name)
	}
}

// A package is known once.
func TestPackagesAreKnownOnce(t *testing.T) {
	file := map[string]string{}
	for lib, p := range Packages() {
		for _, path := range append([]string{p.Path}, p.Older...) {
			if file[path] != "" {
				t.Errorf("%s is in %s.go and in %s.go", path, file[path], lib.Name)
			}
			file[path] = lib.Name
		}
	}
	if p := Of("net/http"); p.Path != "" || p.Results.Has("") {
		t.Errorf("net/http is %+v", p)
	}
}

// Rows of Sinks are whole.
func TestSinks(t *testing.T) {
	for _, sinks := range []string{"DB 0", "DB x Exec", "DB 0/fragments Exec", "DB,DB 0 Exec"} {
		all := Sinks{map[string]map[Name][]Sink{}, map[string]map[Name]Sink{}}
		if err := all.parse(&Package{Path: "example.com/db", Sinks: sinks}); err == nil {
			t.Errorf("%q is taken", sinks)
		}
	}
	if all := AllSinks(); len(all.Funcs) < 50 || len(all.Fields) < 4 {
		t.Errorf("%d packages with functions, %d with fields", len(all.Funcs), len(all.Fields))
	}
}

// The package is data: it knows effects, and nothing else of poolvet or beside
// the standard library.
func TestImports(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range f.Imports {
			if path := strings.Trim(spec.Path.Value, `"`); strings.Contains(path, ".") && path != "github.com/poolvet/poolvet/internal/effect" {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}
