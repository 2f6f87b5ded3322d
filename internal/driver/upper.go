package driver

import (
	"go/ast"

	"github.com/poolvet/poolvet/internal/querymode"
)

// upperCache reports whether a setting switches upper/db's cache on.
func upperCache(s *scan, call *ast.CallExpr, _ *Site) bool {
	if len(call.Args) != 1 {
		return false
	}
	v, known := querymode.ConstantOf(s.info, call.Args[0])
	return known && querymode.IsTrue(v)
}
