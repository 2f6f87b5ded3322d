package driver

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/text"
)

// A connection is often opened by a package of its own, for which others make
// the connection string.

// Connects is the fact of a package: what it takes for connection strings, for
// the names of startup parameters, and for configurations whose modes it leaves
// as they are, in order.
type Connects struct {
	Strings []Carrier
	Names   []Slot    // as of an option WithParameter(name, value)
	Configs []Carrier // without drivers where no connection is opened with it
}

// Carrier is a connection string that others give.
type Carrier struct {
	Slot
	Drivers []string // the names of the drivers that may read it; none where a caller names one
	Named   int      // the index of the parameter that names the driver, -1 for none
}

// Slot is a parameter of a function or, where Param is -1, a field.
type Slot struct {
	Package, Name string // "" of the package itself; "Open", "Config.URL"
	Param         int
}

func (*Connects) AFact() {}

func (c *Connects) String() string {
	return fmt.Sprintf("connects(%d, %d, %d)", len(c.Strings), len(c.Names), len(c.Configs))
}

// About are the names of what it tells of.
func (c *Connects) About() (names []string) {
	for _, s := range c.Names {
		names = append(names, s.Name)
	}
	for _, s := range slices.Concat(c.Strings, c.Configs) {
		names = append(names, s.Name)
	}
	return names
}

func (p Slot) compare(q Slot) int {
	return cmp.Or(cmp.Compare(p.Package, q.Package), cmp.Compare(p.Name, q.Name), cmp.Compare(p.Param, q.Param))
}

// driversByID are the drivers by what tells them apart.
var driversByID = func() map[string]*driver {
	m := map[string]*driver{}
	for _, d := range library.Drivers() {
		m[d.ID] = d
	}
	return m
}()

// passesOn notes that what call gets as a connection string may be given to
// this package by others: where it is a parameter or a field as a whole.
func (s *scan) passesOn(call *ast.CallExpr, r *row, dsn ast.Expr) {
	for _, t := range s.flow.AllTexts(dsn) {
		slots := s.slotsOf(t)
		if len(slots) == 0 {
			continue
		}
		c := Carrier{Named: -1}
		name := nameIn(r, call)
		for _, d := range s.drivers(call, r, name) {
			c.Drivers = append(c.Drivers, d.ID)
		}
		if fn, _, ok := s.flow.Parameter(t.Pieces[0].Param); ok && name != nil && len(c.Drivers) == 0 {
			if of, i, ok := s.passedOn(name); ok && of == fn {
				c.Named = i
			}
		}
		if len(c.Drivers) > 0 || c.Named >= 0 {
			for _, c.Slot = range slots {
				s.carries(c)
			}
		}
	}
}

// slotsOf are where others give the text that t is as a whole: a parameter of
// a function and of the interfaces' methods that it implements, or a field.
func (s *scan) slotsOf(t text.Text) []Slot {
	if !t.IsHole() || len(t.Pieces) != 1 || t.Pieces[0].Param == nil {
		return nil
	}
	v := t.Pieces[0].Param
	if v.IsField() {
		if !v.Exported() {
			return nil
		}
		p := Slot{Name: s.flow.NameOf(v), Param: -1}
		if v.Pkg() != s.pass.Pkg {
			p.Package = v.Pkg().Path()
		}
		return slices.DeleteFunc([]Slot{p}, func(p Slot) bool { return p.Name == "" })
	}
	fn, i, ok := s.flow.Parameter(v)
	decl, isDecl := fn.(*ast.FuncDecl)
	if !ok || !isDecl || !decl.Name.IsExported() {
		return nil
	}
	m, _ := s.info.Defs[decl.Name].(*types.Func)
	if m == nil {
		return nil
	}
	slots := []Slot{{Name: flow.NameOf(m), Param: i}}
	for _, im := range s.flow.Interfaces()[m.Name()] {
		if i < im.Signature().Params().Len() && flow.Implements(m, im) {
			slots = append(slots, Slot{Name: flow.NameOf(im), Param: i})
		}
	}
	return slots
}

// carries notes a carrier, of which something may be known already.
func (s *scan) carries(c Carrier) {
	i, found := slices.BinarySearchFunc(s.connects.Strings, c, func(a, b Carrier) int { return a.compare(b.Slot) })
	if !found {
		s.connects.Strings = slices.Insert(s.connects.Strings, i, c)
		return
	}
	old := &s.connects.Strings[i]
	old.Named = max(old.Named, c.Named)
	old.Drivers = append(slices.Clip(old.Drivers), c.Drivers...)
	slices.Sort(old.Drivers)
	old.Drivers = slices.Compact(old.Drivers)
}

// passesKey notes a parameter that is the name of a startup parameter.
func (s *scan) passesKey(t text.Text) {
	for _, p := range s.slotsOf(t) {
		if i, found := slices.BinarySearchFunc(s.connects.Names, p, Slot.compare); p.Param >= 0 && !found {
			s.connects.Names = slices.Insert(s.connects.Names, i, p)
		}
	}
}

// exportConnects makes the fact.
func (s *scan) exportConnects() {
	if len(s.connects.Strings)+len(s.connects.Names)+len(s.connects.Configs) > 0 {
		s.pass.ExportPackageFact(&s.connects)
	}
}

// connectsOf is the fact of another package.
func (s *scan) connectsOf(pkg *types.Package) *Connects {
	if c, ok := s.imported[pkg]; ok {
		return c
	}
	c := new(Connects)
	if pkg == nil || pkg == s.pass.Pkg || !s.pass.ImportPackageFact(pkg, c) {
		c = nil
	}
	s.imported[pkg] = c
	return c
}

// connecting is the row of a function of another package which facts say opens
// a connection, or nil.
func (s *scan) connecting(fn *types.Func) *row {
	c := s.connectsOf(fn.Pkg())
	if c == nil {
		return nil
	}
	if r, ok := s.byFact[fn]; ok {
		return r
	}
	found := c.opensConfig(fn)
	name := flow.NameOf(fn)
	for _, c := range c.Strings {
		if c.Package == "" && c.Name == name && c.Param >= 0 {
			found = &row{Role: opens, Arg: c.Param, Named: max(c.Named, 0), Among: driversNamed(c.Drivers)}
			break
		}
	}
	s.byFact[fn] = found
	return found
}

func driversNamed(names []string) (ds []*driver) {
	for _, name := range names {
		ds = append(ds, driversByID[name])
	}
	return ds
}

// keysGiven reports the startup parameters that calls of other packages'
// functions name.
func (s *scan) keysGiven() {
	for _, call := range s.flow.Calls() {
		fn := s.flow.Callee(call)
		if fn == nil {
			continue
		}
		c := s.connectsOf(fn.Pkg())
		if c == nil || len(c.Names) == 0 {
			continue
		}
		for i, arg := range call.Args {
			if _, found := slices.BinarySearchFunc(c.Names, Slot{Name: flow.NameOf(fn), Param: i}, Slot.compare); found {
				s.needValues()
				s.runtimeKey(arg, nil, nil)
			}
		}
	}
}

// givenFields reports the keys of the connection strings that fields of other
// packages are given.
func (s *scan) givenFields() {
	drivers := map[*types.Var][]*driver{}
	var fields []*types.Var
	for v, known := range s.flow.Vars {
		if v.IsField() && v.Pkg() != nil && flow.IsString(v.Type()) && len(known.Defs) > 0 {
			if drivers[v] = s.driversOfField(v); len(drivers[v]) > 0 {
				fields = append(fields, v)
			}
		}
	}
	slices.SortFunc(fields, func(a, b *types.Var) int {
		return cmp.Compare(s.flow.Vars[a].Defs[0].Node.Pos(), s.flow.Vars[b].Defs[0].Node.Pos())
	})
	for _, v := range fields {
		s.needValues()
		for _, d := range s.flow.ValuesOf(v) {
			for _, driver := range drivers[v] {
				s.parameters(&ast.CallExpr{Fun: d.Expr}, d.Expr, driver)
			}
		}
	}
}

// driversOfField are those that read a field of another package as a
// connection string: by what that package says, or one that this imports.
func (s *scan) driversOfField(v *types.Var) []*driver {
	if v.Pkg() == s.pass.Pkg {
		return nil
	}
	for _, pkg := range append([]*types.Package{v.Pkg()}, s.pass.Pkg.Imports()...) {
		c := s.connectsOf(pkg)
		if c == nil {
			continue
		}
		p := Slot{Name: s.flow.NameOf(v), Param: -1}
		if pkg != v.Pkg() {
			p.Package = v.Pkg().Path()
		}
		if i, found := slices.BinarySearchFunc(c.Strings, p, func(a Carrier, b Slot) int { return a.compare(b) }); found {
			return driversNamed(c.Strings[i].Drivers)
		}
	}
	return nil
}
