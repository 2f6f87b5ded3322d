package driver

import (
	"go/ast"

	"github.com/poolvet/poolvet/internal/effect"
)

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
