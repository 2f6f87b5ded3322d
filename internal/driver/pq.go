package driver

import (
	"go/ast"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
)

// judgePq: without binary_parameters a query with arguments is parsed in one
// round trip and bound in the next.
// https://github.com/lib/pq/issues/889
func judgePq(m modes) (finding, bool) {
	mode, set := m["binary_parameters"]
	switch {
	case !set:
		return finding{kind: effect.SplitStatement, words: "the default of lib/pq, binary_parameters=no"}, true
	case mode.known && !isTrue(mode.value):
		return finding{kind: effect.SplitStatement, decides: "binary_parameters"}, true
	}
	return finding{}, false
}

// isTrue is true as lib/pq and strconv.ParseBool spell it.
func isTrue(s string) bool {
	switch strings.ToLower(s) {
	case "yes", "on", "1", "t", "true", "y":
		return true
	}
	return false
}

// floatDigits reports, once for a package, the startup parameter that lib/pq
// sent with every connection before v1.11.0.
// https://github.com/lib/pq/pull/1212
func (s *scan) floatDigits(call *ast.CallExpr) {
	if s.toldFloatDigits || !s.importsAny(pqPath) || s.importsPqConfig() {
		return
	}
	s.toldFloatDigits = true
	s.add(Site{Pos: call.Fun.Pos(), End: call.Fun.End(), Remedy: "use lib/pq v1.11.2 or later, or have the pooler ignore it",
		Effect: effect.Effect{Kind: effect.StartupParameter, Object: "extra_float_digits", Words: "extra_float_digits of lib/pq before v1.11.0"}})
}

// importsPqConfig reports whether the package imports lib/pq in v1.11.0 or
// later, which brought the type Config.
func (s *scan) importsPqConfig() bool {
	for _, imp := range s.pass.Pkg.Imports() {
		if imp.Path() == pqPath {
			return imp.Scope().Lookup("Config") != nil
		}
	}
	return false
}
