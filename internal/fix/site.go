package fix

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/library"
)

// knowsDriver reports whether the connection string is certain to be read by
// the driver whose key is to be set: a function of its own reads it or, by a
// name, the package links this driver and no other of that name.
func (c *siteChange) knowsDriver() bool {
	fn := c.SQL.Flow.Callee(c.set.Call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	opener, own := fn.Pkg().Path(), library.DriverOfMode(c.set.Key)
	if own == nil {
		return false
	}
	switch {
	case isWithin(opener, own.Path):
		return true
	case opener == library.GormPostgresPath:
		return own == library.Pgx5
	case !library.Of(opener).OpensAsIs:
		return false
	}
	links, others := false, false
	for _, imp := range c.Pass.Pkg.Imports() {
		for _, d := range library.Drivers() {
			switch {
			case d.Mode == "" || !isWithin(imp.Path(), d.Path):
			case d.Path == own.Path:
				links = true
			case own != library.Pq && d != library.Pq:
				others = true // both majors of pgx give themselves one name
			}
		}
	}
	return links && !others
}

func isWithin(path, parent string) bool { return path == parent || strings.HasPrefix(path, parent+"/") }

// withoutPrepareStmt removes gorm's PrepareStmt, where the driver's own mode,
// which counts then, is safe or can be made so.
func (c *siteChange) withoutPrepareStmt(f modeFix) (title string, ok bool) {
	if !c.knowsString() || !c.isArgument() || !c.removeField() {
		return "", false
	}
	if c.set.IsSafe() {
		return "Remove PrepareStmt", true
	}
	return "Remove PrepareStmt, and s" + f.title[1:], !f.recodes() && c.inString(f.value)
}

// isArgument reports whether the literal stands in the call that it is for.
func (c *siteChange) isArgument() bool {
	return c.set.Literal != nil && slices.ContainsFunc(c.SQL.Flow.Calls(), func(call *ast.CallExpr) bool {
		fn := c.SQL.Flow.Callee(call)
		return fn != nil && fn.FullName() == library.GormPath+".Open" && len(call.Args) > 1 && c.within(call.Args[1:])
	})
}

func (c *siteChange) within(args []ast.Expr) bool {
	return slices.ContainsFunc(args, func(x ast.Expr) bool { return x.Pos() <= c.set.Literal.Pos() && c.set.Literal.End() <= x.End() })
}
