package driver

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/poolvet/poolvet/internal/library"
)

// A connection string is often made by a package that knows no database: what
// it says cannot be read where it is opened, but that it may say something of
// the mode can be told.

// ModeKeys is the fact of a package that names keys which decide how queries
// are sent, in its string literals: sorted.
type ModeKeys struct{ Keys []string }

func (*ModeKeys) AFact() {}

func (f *ModeKeys) String() string { return "modeKeys(" + strings.Join(f.Keys, " ") + ")" }

// ExportModeKeys makes the fact.
func ExportModeKeys(pass *analysis.Pass, in *inspector.Inspector) {
	var fact ModeKeys
	for lit := range inspector.All[*ast.BasicLit](in) {
		if lit.Kind != token.STRING || !strings.Contains(lit.Value, "_") {
			continue
		}
		for _, key := range library.ModeKeys() {
			if strings.Contains(lit.Value, key) && !slices.Contains(fact.Keys, key) {
				fact.Keys = append(fact.Keys, key)
			}
		}
	}
	if len(fact.Keys) > 0 {
		slices.Sort(fact.Keys)
		pass.ExportPackageFact(&fact)
	}
}

// keysElsewhere are the mode keys that other packages may set, from which x, a
// connection string, or a part of it comes.
func (s *scan) keysElsewhere(x ast.Expr) (keys []string) {
	ast.Inspect(x, func(n ast.Node) bool {
		part, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		for _, obj := range s.Origin(part).Foreign {
			var fact ModeKeys
			if obj.Pkg() != nil && s.pass.ImportPackageFact(obj.Pkg(), &fact) {
				keys = append(keys, fact.Keys...)
			}
		}
		return true
	})
	return keys
}

// connectionWords are in connection strings, or in their parts.
var connectionWords = append([]string{"postgres://", "postgresql://", "host=", "dbname=", "sslmode=", "options=", "search_path=", "_timeout=",
	"application_name="}, library.ModeKeys()...)

// Matters reports whether a text can be of a connection string, or the name of
// a driver.
func Matters(t string) bool {
	return strings.ContainsAny(t, "=/_") && slices.ContainsFunc(connectionWords, func(w string) bool { return strings.Contains(t, w) }) || library.DriverNames()[t] != nil || t == "pgx"
}
