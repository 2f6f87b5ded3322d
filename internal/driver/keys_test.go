package driver

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/library"
)

// The keys that a driver reads itself stand as strings in its source, in the
// files that read connection strings, or as tags of lib/pq's Config.
func TestKeys(t *testing.T) {
	if testing.Short() {
		t.Skip("looks into the libraries of testdata")
	}
	for _, tt := range []struct {
		d    *driver
		pkgs []string
	}{
		{library.Pgconn5, []string{library.Pgconn5Path}},
		{library.Pgx5, []string{library.Pgx5Path, library.Pgconn5Path}},
		{library.Pgxpool5, []string{library.Pgxpool5Path, library.Pgx5Path, library.Pgconn5Path}},
		{library.Pgconn4, []string{library.Pgconn4Path}},
		{library.Pgx4, []string{library.Pgx4Path, library.Pgconn4Path}},
		{library.Pgxpool4, []string{library.Pgxpool4Path, library.Pgx4Path, library.Pgconn4Path}},
		{library.Pq, []string{library.PqPath}},
		{library.Pgdriver, []string{library.PgdriverPath}},
		{library.Gopg, []string{library.GopgPath}},
	} {
		words := map[string]bool{}
		for _, pkg := range tt.pkgs {
			stringsOf(t, pkg, words)
		}
		for key := range tt.d.Keys.All() {
			if !words[key] {
				t.Errorf("%s does not name the key %s", tt.d.Name, key)
			}
		}
	}
}

// stringsOf adds the string literals of a package and the values of its tags.
func stringsOf(t *testing.T, pkg string, words map[string]bool) {
	cmd := exec.Command("go", "list", "-f", "{{.Dir}}", pkg)
	cmd.Dir = "../../testdata"
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", pkg, err)
	}
	files, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "*.go"))
	fset := token.NewFileSet()
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					words[s] = true
					words[reflect.StructTag(s).Get("postgres")] = true
				}
			}
			return true
		})
	}
}
