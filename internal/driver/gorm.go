package driver

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/poolvet/poolvet/internal/config"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/querymode"
)

const prepareStmtRemedy = "remove PrepareStmt, and set default_query_exec_mode=cache_describe in the connection string"

// gormNew judges a postgres.Config: the driver reads PreferSimpleProtocol only
// where it opens the connection itself.
// https://github.com/go-gorm/postgres/blob/v1.6.3/postgres.go#L91
func gormNew(s *scan, call *ast.CallExpr, _ *Site) bool {
	if len(call.Args) != 1 {
		return false
	}
	from := s.Origin(call.Args[0])
	escapes := s.Widen(from)
	field := func(name string) []config.Set { return s.SetOn(from, gormPostgresPath, name) }
	conn, driverName, simple := field("Conn"), field("DriverName"), field("PreferSimpleProtocol")
	if len(conn)+len(driverName) > 0 {
		for _, at := range simple {
			if v, ok := querymode.ConstantOf(s.info, at.Value); ok && querymode.IsTrue(v) {
				s.add(Site{Pos: at.Key.Pos(), End: at.Value.End(), Remedy: "set default_query_exec_mode where that connection is opened",
					Why:    "is not read by gorm where Conn or DriverName is set",
					Effect: effect.Effect{Kind: effect.DeadOption, Object: "PreferSimpleProtocol", Words: "PreferSimpleProtocol: true"}})
			}
		}
	}
	if len(conn) > 0 {
		return false
	}
	drivers := []*driver{pgx5}
	if len(driverName) > 0 {
		drivers = nil
		for _, at := range driverName {
			for _, name := range s.Names(at.Value) {
				if d := s.driverOf(name); d != nil {
					drivers = append(drivers, d)
				}
			}
		}
	}
	set := querymode.Keys{}
	if escapes {
		set.Unless(pgx5)
	}
	for _, at := range simple {
		if v, ok := querymode.ConstantOf(s.info, at.Value); len(driverName) == 0 && (!ok || querymode.IsTrue(v)) {
			set["default_query_exec_mode"] = querymode.Key{Value: "simple_protocol", Known: ok}
		}
	}
	for _, at := range field("DSN") {
		for _, g := range s.givings(call, at.Value, nil) {
			for _, d := range drivers {
				s.open(call, d, g, set, false)
			}
		}
	}
	return false
}

// gormOpen reports PrepareStmt, which outdoes every mode of the driver: the
// dialector of that pool is judged with it.
func gormOpen(s *scan, call *ast.CallExpr, _ *Site) bool {
	if len(call.Args) < 2 {
		return false
	}
	dialectors, postgres := s.dialectors(call.Args[0])
	if !postgres {
		return false
	}
	for _, arg := range call.Args[1:] {
		from := s.Origin(arg)
		s.Widen(from)
		for _, at := range s.SetOn(from, library.GormPath, "PrepareStmt") {
			if s.prepareStmt(at, s.dsnOf(dialectors)) {
				for _, d := range dialectors {
					s.judged[d] = true
				}
			}
		}
	}
	return false
}

// dsnOf is the connection string of the one dialector, in which a pool without
// PrepareStmt needs a mode.
func (s *scan) dsnOf(dialectors []ast.Expr) *Setting {
	none := &Setting{Key: pgx5.Mode}
	if len(dialectors) != 1 {
		return none
	}
	call := dialectors[0].(*ast.CallExpr)
	if len(call.Args) != 1 {
		return none
	}
	if s.flow.Callee(call).Name() == "Open" {
		return s.setting(pgx5, call, call.Args[0])
	}
	from := s.Origin(call.Args[0])
	for _, other := range []string{"Conn", "DriverName", "PreferSimpleProtocol"} {
		if len(s.SetOn(from, gormPostgresPath, other)) > 0 {
			return none
		}
	}
	if dsn := s.SetOn(from, gormPostgresPath, "DSN"); len(dsn) == 1 {
		return s.setting(pgx5, call, dsn[0].Value)
	}
	return none
}

func (s *scan) prepareStmt(at config.Set, dsn *Setting) bool {
	v, known := querymode.ConstantOf(s.info, at.Value)
	if !known || !querymode.IsTrue(v) {
		return false
	}
	dsn.Value = at.Value
	dsn.Literal, _ = at.Base.(*ast.CompositeLit)
	s.add(Site{Pos: at.Key.Pos(), End: at.Value.End(), Remedy: prepareStmtRemedy, Setting: dsn,
		Effect: effect.Effect{Kind: effect.NamedStatement, Object: "PrepareStmt", Words: "PrepareStmt: true"}})
	return true
}

// dialectors are the calls that make the dialector x, and whether one of them
// is for PostgreSQL.
func (s *scan) dialectors(x ast.Expr) (calls []ast.Expr, postgres bool) {
	o := s.Origin(x)
	for _, m := range o.Made {
		switch m := m.(type) {
		case *ast.CallExpr:
			fn := s.flow.Callee(m)
			if fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == gormPostgresPath {
				calls, postgres = append(calls, m), true
			}
		case *ast.CompositeLit:
			postgres = postgres || flow.IsNamed(s.info.TypeOf(m), gormPostgresPath+".Dialector")
		}
	}
	if len(o.Made) == 0 {
		postgres = s.importsOnly(gormPostgresPath, library.GormDriversPath+"/")
	}
	return calls, postgres
}

// importsOnly reports whether the package imports path, and no other with the
// prefix.
func (s *scan) importsOnly(path, prefix string) bool {
	found := false
	for _, imp := range s.pass.Pkg.Imports() {
		switch p := imp.Path(); {
		case p == path:
			found = true
		case strings.HasPrefix(p, prefix):
			return false
		}
	}
	return found
}

// gormSession reports PrepareStmt of a session, where nothing speaks against
// PostgreSQL.
func gormSession(s *scan, call *ast.CallExpr, _ *Site) bool {
	for _, arg := range call.Args {
		for _, m := range s.Origin(arg).Made {
			lit, ok := m.(*ast.CompositeLit)
			if !ok || !s.importsOnly(gormPostgresPath, library.GormDriversPath+"/") && s.importsAny(library.GormDriversPath+"/") {
				continue
			}
			for _, at := range s.SetsOf("PrepareStmt") {
				if at.Base == ast.Expr(lit) {
					s.prepareStmt(at, &Setting{Key: pgx5.Mode})
				}
			}
		}
	}
	return false
}

func (s *scan) importsAny(prefix string) bool {
	for _, imp := range s.pass.Pkg.Imports() {
		if strings.HasPrefix(imp.Path(), prefix) {
			return true
		}
	}
	return false
}

func entVar(s *scan, call *ast.CallExpr, site *Site) bool {
	if len(call.Args) < 2 {
		return false
	}
	site.Brief = true
	for _, t := range s.flow.AllTexts(call.Args[1]) {
		if !t.IsHole() {
			site.Effect.Object = t.Value
			site.Effect.Words += " of " + t.Value
			break
		}
	}
	return true
}

// isEntOpen: the function Open that ent generates into a program's own package.
func isEntOpen(fn *types.Func) bool {
	if fn.Name() != "Open" || fn.Signature().Recv() != nil || fn.Signature().Params().Len() < 2 {
		return false
	}
	params := fn.Signature().Params()
	if params.At(0).Name() != "driverName" || params.At(1).Name() != "dataSourceName" {
		return false
	}
	for _, imp := range fn.Pkg().Imports() {
		if imp.Path() == library.EntSQLPath {
			return true
		}
	}
	return false
}
