package analyzer

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/library"
)

// knowsDriver reports whether the connection string is certain to be read by
// the driver whose key is to be set: a function of its own reads it or, by a
// name, the package links this driver and no other of that name.
func (c *siteChange) knowsDriver() bool {
	fn := c.flow.Callee(c.set.Call)
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
	for _, imp := range c.pass.Pkg.Imports() {
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
	if c.isSafe() {
		return "Remove PrepareStmt", true
	}
	return "Remove PrepareStmt, and s" + f.title[1:], !f.recodes() && c.inString(f.value)
}

// isSafe reports whether the connection string has a mode of pgx that neither
// names nor splits statements.
func (c *siteChange) isSafe() bool {
	p, ok := c.set.DSN.Get("default_query_exec_mode")
	return ok && slices.Contains([]string{"cache_describe", "exec", "simple_protocol"}, p.Value)
}

// isArgument reports whether the literal stands in the call that it is for.
func (c *siteChange) isArgument() bool {
	return c.set.Literal != nil && slices.ContainsFunc(c.flow.Calls(), func(call *ast.CallExpr) bool {
		fn := c.flow.Callee(call)
		return fn != nil && fn.FullName() == library.GormPath+".Open" && len(call.Args) > 1 && c.within(call.Args[1:])
	})
}

func (c *siteChange) within(args []ast.Expr) bool {
	return slices.ContainsFunc(args, func(x ast.Expr) bool { return x.Pos() <= c.set.Literal.Pos() && c.set.Literal.End() <= x.End() })
}

const onceNoBytes = "set binary_parameters=yes once no query is passed []byte for jsonb: it would travel in binary, and jsonb wants a string"

// siteRemedy is what to do instead, where the site itself says more than its
// kind: ALTER ROLE with the very value of a startup parameter; what its fix
// does; and why a fix is not offered.
func (r *report) siteRemedy(s driver.Site, remedy string, fixed bool) string {
	name := s.Effect.Object
	switch {
	case s.Effect.Kind == effect.StartupParameter && s.Value != "":
		if value, ok := settingValue(name, s.Value); ok {
			return strings.Replace(remedy, alterRole(name), alterRole(name)+" = "+value, 1)
		}
	case s.Setting == nil:
	case s.Setting.Key == "binary_parameters" && fixed:
		return "set binary_parameters=yes"
	case s.Setting.Key == "binary_parameters" && !s.Setting.Plain:
		return onceNoBytes
	case name == "PrepareStmt" && (&siteChange{set: s.Setting}).isSafe():
		return "remove PrepareStmt"
	case fixed && s.Setting.Key == "default_query_exec_mode" && r.ExecMode == "exec":
		return strings.NewReplacer("=cache_describe", "=exec", "QueryExecModeCacheDescribe", "QueryExecModeExec").Replace(remedy)
	}
	return remedy
}

// settingValue is a parameter's value as ALTER ROLE wants it; none where it
// might be secret or is not plain.
func settingValue(name, value string) (string, bool) {
	if strings.Contains(name, ".") || len(value) > 60 || strings.ContainsAny(value, "'\\\n\r@:;") && name != "search_path" {
		return "", false
	}
	if name == "search_path" {
		plain := strings.Trim(value, `abcdefghijklmnopqrstuvwxyz0123456789_, "$`) == ""
		return value, plain
	}
	return "'" + value + "'", true
}
