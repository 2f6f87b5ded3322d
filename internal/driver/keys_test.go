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
		{pgconn5, []string{pgx5Path + "/pgconn"}},
		{pgx5, []string{pgx5Path, pgx5Path + "/pgconn"}},
		{pgxpool5, []string{pgx5Path + "/pgxpool", pgx5Path, pgx5Path + "/pgconn"}},
		{pgconn4, []string{pgconn4Path}},
		{pgx4, []string{pgx4Path, pgconn4Path}},
		{pgxpool4, []string{pgx4Path + "/pgxpool", pgx4Path, pgconn4Path}},
		{pq, []string{pqPath}},
		{pgdriver, []string{pgdriverPath}},
		{gopg, []string{"github.com/go-pg/pg/v10"}},
	} {
		words := map[string]bool{}
		for _, pkg := range tt.pkgs {
			stringsOf(t, pkg, words)
		}
		for key := range tt.d.keys {
			if !words[key] {
				t.Errorf("%s does not name the key %s", tt.d.name, key)
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
