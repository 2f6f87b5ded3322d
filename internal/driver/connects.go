package driver

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// A connection is often opened by a package of its own, for which others make
// the connection string.

// Connects is the fact of a parameter or a field: it is a connection string.
type Connects struct {
	Drivers []string // the names of the drivers that may read it; none where a caller names one
	Named   int      // the index of the parameter that names the driver, -1 for none
}

func (*Connects) AFact() {}

func (c *Connects) String() string { return "connects(" + strings.Join(c.Drivers, " ") + ")" }

// driversByID are the drivers by their names.
var driversByID = func() map[string]*driver {
	m := map[string]*driver{}
	for _, d := range []*driver{pgx5, pgxpool5, pgconn5, pgx4, pgxpool4, pgconn4, pq, pgdriver, gopg} {
		m[d.id()] = d
	}
	return m
}()

// id tells drivers apart whose messages give them one name.
func (d *driver) id() string {
	if d == pgconn4 {
		return "pgconn of pgx v4"
	}
	return d.name
}

// passesOn notes that what call gets as a connection string may be given to
// this package by others: where it is a parameter or a field as a whole.
func (s *scan) passesOn(call *ast.CallExpr, r *row, dsn ast.Expr) {
	for _, t := range s.flow.AllTexts(dsn) {
		if !t.IsHole() || len(t.Pieces) != 1 || t.Pieces[0].Param == nil {
			continue
		}
		v := t.Pieces[0].Param
		fact := Connects{Named: -1}
		name := r.nameIn(call)
		for _, d := range s.drivers(call, r, name) {
			fact.Drivers = append(fact.Drivers, d.id())
		}
		if fn, _, ok := s.flow.Parameter(v); ok && name != nil && len(fact.Drivers) == 0 {
			if of, i, ok := s.passedOn(name); ok && of == fn {
				fact.Named = i
			}
		}
		if len(fact.Drivers) > 0 || fact.Named >= 0 {
			s.connects[v] = merged(s.connects[v], fact)
		}
	}
}

func merged(old *Connects, c Connects) *Connects {
	if old == nil {
		return &c
	}
	c.Drivers = append(c.Drivers, old.Drivers...)
	slices.Sort(c.Drivers)
	c.Drivers = slices.Compact(c.Drivers)
	c.Named = max(c.Named, old.Named)
	return &c
}

// exportConnects makes the facts.
func (s *scan) exportConnects() {
	if len(s.connects) == 0 {
		return
	}
	var vars []*types.Var
	for v := range s.connects {
		vars = append(vars, v)
	}
	slices.SortFunc(vars, func(a, b *types.Var) int { return cmp.Compare(a.Pos(), b.Pos()) })
	var foreign []*types.Var
	methods := s.flow.Interfaces()
	for _, v := range vars {
		if v.Pkg() != s.pass.Pkg {
			foreign = append(foreign, v)
			continue
		}
		s.pass.ExportObjectFact(v, s.connects[v])
		fn, i, ok := s.flow.Parameter(v)
		decl, isDecl := fn.(*ast.FuncDecl)
		if !ok || !isDecl {
			continue
		}
		if m, ok := s.info.Defs[decl.Name].(*types.Func); ok {
			s.exportMethods(methods[m.Name()], m, i, s.connects[v])
		}
	}
	s.exportElsewhere(foreign)
}

// exportMethods makes the fact for the methods of interfaces that m implements.
func (s *scan) exportMethods(methods []*types.Func, m *types.Func, i int, fact *Connects) {
	for _, im := range methods {
		if params := im.Signature().Params(); i < params.Len() && flow.Implements(m, im) {
			var other Connects
			if s.pass.ImportObjectFact(params.At(i), &other) {
				fact = merged(fact, other)
			}
			s.pass.ExportObjectFact(params.At(i), fact)
		}
	}
}

// connecting is the row of a function of another package which facts say opens
// a connection, or nil.
func (s *scan) connecting(fn *types.Func) *row {
	if r, ok := s.byFact[fn]; ok {
		return r
	}
	var found *row
	params := fn.Signature().Params()
	for i := range params.Len() {
		var fact Connects
		if p := params.At(i); isString(p.Type()) && s.pass.ImportObjectFact(p, &fact) {
			found = &row{role: opens, arg: i, named: max(fact.Named, 0)}
			for _, name := range fact.Drivers {
				found.among = append(found.among, driversByID[name])
			}
			break
		}
	}
	s.byFact[fn] = found
	return found
}

// NamesParameter is the fact of a parameter: it is the name of a startup
// parameter, as of an option WithParameter(name, value).
type NamesParameter struct{}

func (*NamesParameter) AFact() {}

func (*NamesParameter) String() string { return "namesParameter" }

// passesKey makes the fact, where a name is left to callers elsewhere.
func (s *scan) passesKey(t text.Text) {
	if len(t.Pieces) != 1 || t.Pieces[0].Param == nil {
		return
	}
	if v := t.Pieces[0].Param; v.Pkg() == s.pass.Pkg && !v.IsField() {
		s.pass.ExportObjectFact(v, &NamesParameter{})
	}
}

// keysGiven reports the startup parameters that calls of other packages'
// functions name.
func (s *scan) keysGiven() {
	for _, call := range s.flow.Calls() {
		fn := s.flow.Callee(call)
		if fn == nil || fn.Pkg() == nil || fn.Pkg() == s.pass.Pkg {
			continue
		}
		params := fn.Signature().Params()
		for i := 0; i < params.Len() && i < len(call.Args); i++ {
			if p := params.At(i); isString(p.Type()) && s.pass.ImportObjectFact(p, &NamesParameter{}) {
				s.needValues()
				s.runtimeKey(call.Args[i], nil)
			}
		}
	}
}

// ConnectsElsewhere is the fact of a package: fields of other packages that are
// connection strings to it, in order.
type ConnectsElsewhere struct{ Fields []FieldConnects }

// FieldConnects is one of them: the field of a package's struct.
type FieldConnects struct {
	Package, Struct, Field string
	Connects               Connects
}

func (*ConnectsElsewhere) AFact() {}

func (c *ConnectsElsewhere) String() string {
	return fmt.Sprintf("connectsElsewhere(%d)", len(c.Fields))
}

// exportElsewhere makes the fact of the fields of other packages.
func (s *scan) exportElsewhere(vars []*types.Var) {
	var fact ConnectsElsewhere
	for _, v := range vars {
		if owner := ownerOf(v); owner != "" {
			fact.Fields = append(fact.Fields, FieldConnects{v.Pkg().Path(), owner, v.Name(), *s.connects[v]})
		}
	}
	if len(fact.Fields) > 0 {
		slices.SortFunc(fact.Fields, func(a, b FieldConnects) int {
			return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Struct, b.Struct), cmp.Compare(a.Field, b.Field))
		})
		s.pass.ExportPackageFact(&fact)
	}
}

// ownerOf is the name of the struct that declares a field, "" where it has none.
func ownerOf(field *types.Var) string {
	if !field.IsField() {
		return ""
	}
	scope := field.Pkg().Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if st, ok := tn.Type().Underlying().(*types.Struct); ok && slices.Contains(slices.Collect(st.Fields()), field) {
			return name
		}
	}
	return ""
}

// givenFields reports the keys of the connection strings that fields of other
// packages are given.
func (s *scan) givenFields() {
	var fields []*types.Var
	for v := range s.flow.Vars {
		if v.IsField() && v.Pkg() != nil && isString(v.Type()) && len(s.flow.Vars[v].Defs) > 0 && s.connectsField(v) != nil {
			fields = append(fields, v)
		}
	}
	slices.SortFunc(fields, func(a, b *types.Var) int {
		return cmp.Compare(s.flow.Vars[a].Defs[0].Node.Pos(), s.flow.Vars[b].Defs[0].Node.Pos())
	})
	if len(fields) > 0 {
		s.needValues()
	}
	for _, v := range fields {
		for _, d := range s.flow.Vars[v].Defs {
			if d.Kind != flow.DefValue || d.Expr == nil {
				continue
			}
			at := &ast.CallExpr{Fun: d.Expr}
			for _, name := range s.connectsField(v).Drivers {
				s.parameters(at, d.Expr, driversByID[name])
			}
		}
	}
}

// connectsField is what other packages are known to make of a field: its own,
// or one that this package imports.
func (s *scan) connectsField(v *types.Var) *Connects {
	var fact Connects
	if v.Pkg() != s.pass.Pkg && s.pass.ImportObjectFact(v, &fact) {
		return &fact
	}
	for _, imp := range s.pass.Pkg.Imports() {
		var all ConnectsElsewhere
		if !s.pass.ImportPackageFact(imp, &all) {
			continue
		}
		for _, f := range all.Fields {
			if f.Field == v.Name() && f.Package == v.Pkg().Path() && f.Struct == ownerOf(v) {
				return &f.Connects
			}
		}
	}
	return nil
}
