package driver

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/text"
)

// migrateOpens: the scheme of the URL, else the drivers that are linked, say
// which database it is.
func migrateOpens(s *scan, call *ast.CallExpr, _ *Site) bool {
	arg := 1
	if called := s.flow.Callee(call); called.Name() == "NewWithSourceInstance" {
		arg = 2
	}
	if arg >= len(call.Args) {
		return false
	}
	locks := false
	for _, c := range s.connStringsOf(call, call.Args[arg]) {
		d, ok := library.MigrateSchemes[c.Scheme]
		if !ok {
			locks = locks || (c.Scheme == "" || c.Scheme == text.HoleText) && s.migratesPostgres(call.Args[arg])
			continue
		}
		strategy, _ := c.Get("x-lock-strategy")
		locks = locks || !(d == pgx4 && strategy.Value == "table")
		for _, p := range c.Params {
			if strings.HasPrefix(p.Key, "x-") {
				continue
			}
			if pos, end, ok := c.text.Range(p.KeyStart, p.KeyEnd); ok {
				s.parameter(d, p, Site{Pos: pos, End: end}, "in the connection string")
			}
		}
	}
	return locks
}

// migratesPostgres reports whether a URL that is not known is PostgreSQL's: the
// package links its driver, beside another perhaps, or links none and its
// module has the drivers of no other database. Where it has, a name must say so.
func (s *scan) migratesPostgres(url ast.Expr) bool {
	other := false
	for _, imp := range s.pass.Pkg.Imports() {
		rest, ok := strings.CutPrefix(imp.Path(), library.MigrateDatabasePath+"/")
		switch {
		case !ok || rest == "":
		case rest == "postgres" || rest == "pgx" || rest == "pgx/v5":
			return true
		default:
			other = true
		}
	}
	if other || !s.requires(pqPath) && !s.requires(pgx5Path) && !s.requires(pgx4Path) {
		return false
	}
	return !s.requiresAny(library.MigrateOthers) || namesPostgres(types.ExprString(url)) || namesPostgres(s.pass.Pkg.Path())
}

func namesPostgres(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "postgres") || strings.Contains(name, "pgx") || strings.HasPrefix(name, "pg") || strings.Contains(name, "/pg")
}

// gooseLocks: a lock by a table came with v3.26.0.
func gooseLocks(s *scan, call *ast.CallExpr, site *Site) bool {
	if !s.declares(call, "NewPostgresTableLocker") {
		site.Remedy = ""
	}
	return true
}

// declares reports whether the package of the function that is called has a
// name, in the version that is linked.
func (s *scan) declares(call *ast.CallExpr, name string) bool {
	return s.flow.Callee(call).Pkg().Scope().Lookup(name) != nil
}

// migratePgx4: only the driver for pgx v4 can lock a table instead.
func migratePgx4(s *scan, call *ast.CallExpr, site *Site) bool {
	if len(call.Args) < 2 {
		return false
	}
	if s.declares(call, "LockStrategyTable") {
		site.Remedy = `set LockStrategy: "table", or run migrations over a direct connection`
	}
	for _, at := range s.SetOn(s.Origin(call.Args[1]), library.MigratePgx4Path, "LockStrategy") {
		for _, t := range s.flow.AllTexts(at.Value) {
			if t.Value == "table" {
				return false
			}
		}
	}
	return true
}

// atlasLocks: the package that locks says which database it opens.
func atlasLocks(s *scan, _ *ast.CallExpr, _ *Site) bool {
	const sql = library.AtlasSQLPath
	return s.importsAny(sql+"/postgres") && !s.importsAny(sql+"/mysql") && !s.importsAny(sql+"/sqlite")
}
