package driver

import (
	"go/ast"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// driverOf is the driver that a name given to sql.Open stands for, nil where
// it is none of PostgreSQL, or not known.
func (s *scan) driverOf(name string) *driver {
	if d := s.registered[name]; d != nil {
		return d
	}
	if name == "pgx" {
		return s.pgxByName()
	}
	return library.DriverNames()[name]
}

// pgxByName: the name pgx belongs to the major version that is linked, as the
// package's imports say, or its module. Where they have both it is taken for v5.
func (s *scan) pgxByName() *driver {
	v4, v5 := s.importsAny(pgx4Path), s.importsAny(pgx5Path)
	if !v4 && !v5 {
		v4, v5 = s.requires(pgx4Path), s.requires(pgx5Path)
	}
	if v4 && !v5 {
		return pgx4
	}
	return pgx5
}

// register notes the names that the package itself gives to drivers: of
// sql.Register the one whose types or functions make the driver, wrapped in
// whatever else.
func (s *scan) register(call *ast.CallExpr, r *row) {
	if len(call.Args) < 2 && r.Driver == nil || len(call.Args) == 0 {
		return
	}
	d := r.Driver
	if d == nil {
		d = s.driverIn(call.Args[1])
	}
	for _, t := range s.flow.AllTexts(call.Args[0]) {
		if !t.IsHole() && d != nil {
			s.registered[t.Value] = d
		}
	}
}

// driverIn is the driver whose types or functions make x, itself or where it is
// set.
func (s *scan) driverIn(x ast.Expr) (d *driver) {
	if s.inDriver > maxDrivers {
		return nil // a driver that is made of its own pool
	}
	s.inDriver++
	defer func() { s.inDriver-- }()
	for _, made := range append(s.Origin(x).Made, x) {
		if call, ok := made.(*ast.CallExpr); ok && d == nil && s.isMethod(call, sqlPath, "DB", "Driver") {
			for _, opened := range s.Origin(ast.Unparen(call.Fun).(*ast.SelectorExpr).X).Made {
				d = s.driverOpened(opened)
			}
		}
		ast.Inspect(made, func(n ast.Node) bool {
			if x, ok := n.(ast.Expr); ok && d == nil {
				if obj := s.flow.ObjectOf(x); obj != nil && obj.Pkg() != nil {
					d = library.Of(obj.Pkg().Path()).Driver
				}
			}
			return d == nil
		})
	}
	return d
}

// maxDrivers is how many drivers may wrap each other.
const maxDrivers = 8

// driverOpened is the driver of a pool that x opens.
func (s *scan) driverOpened(x ast.Expr) *driver {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return nil
	}
	r := s.rowOf(s.flow.Callee(call))
	if r == nil || r.Role != opens || max(r.Named, r.Made) >= len(call.Args) {
		return nil
	}
	if ds := s.drivers(call, r, nameIn(r, call)); len(ds) > 0 {
		return ds[0]
	}
	return nil
}

// isMethod reports whether call is of one of the methods, by their selector.
func (s *scan) isMethod(call *ast.CallExpr, pkg, owner string, names ...string) bool {
	fn := s.flow.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != pkg {
		return false
	}
	if _, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); !ok {
		return false
	}
	for _, name := range names {
		if flow.NameOf(fn) == owner+"."+name {
			return true
		}
	}
	return false
}
