package driver

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/config"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/querymode"
)

// A configuration is often made by one package and opened by another, to which
// it is handed: store.New(ctx, config).

// noteConfigs notes the parameters of this package's functions that leave the
// modes of a configuration as they are, and which of them a connection is
// opened with.
func (s *scan) noteConfigs() {
	if s.pass.Pkg.Name() == "main" {
		return
	}
	opened := s.openedWith()
	for _, f := range s.pass.Files {
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() {
				continue
			}
			m, ok := s.info.Defs[fn.Name].(*types.Func)
			if !ok || returnsConfig(m.Signature()) {
				continue
			}
			for i := range m.Signature().Params().Len() {
				if param := s.flow.ParameterAt(fn, i); param != nil && config.Is(param.Type()) && s.Leaves(param) {
					s.connects.Configs = append(s.connects.Configs, Carrier{Slot: Slot{Name: flow.NameOf(m), Param: i}, Drivers: opened[param], Named: -1})
				}
			}
		}
	}
	slices.SortFunc(s.connects.Configs, func(a, b Carrier) int { return a.compare(b.Slot) })
}

// openedWith are the drivers of the connections that are opened with a
// parameter, if its modes matter to what they carry.
func (s *scan) openedWith() map[*types.Var][]string {
	drivers := map[*types.Var][]string{}
	for _, o := range s.openers {
		if o.config == nil || !querymode.Has(o.d) {
			continue
		}
		life := s.handles().Follow(o.call, o.hooked)
		if !querymode.Carries(life, o.d, effect.NamedStatement) && !querymode.Carries(life, o.d, effect.SplitStatement) {
			continue
		}
		for v := range s.Origin(o.config).Held {
			if !slices.Contains(drivers[v], o.d.ID) {
				drivers[v] = append(drivers[v], o.d.ID)
				slices.Sort(drivers[v])
			}
		}
	}
	return drivers
}

// keeps reports whether a function of another package leaves the modes of the
// configuration that is its i-th argument as they are.
func (s *scan) keeps(fn *types.Func, i int) bool {
	c := s.connectsOf(fn.Pkg())
	return c != nil && c.config(fn, i) != nil
}

// config is what the fact says of an argument, nil for nothing.
func (c *Connects) config(fn *types.Func, i int) *Carrier {
	at, found := slices.BinarySearchFunc(c.Configs, Slot{Name: flow.NameOf(fn), Param: i}, func(a Carrier, b Slot) int { return a.compare(b) })
	if !found {
		return nil
	}
	return &c.Configs[at]
}

// opensConfig is the row of a function that opens a connection with a
// configuration that others give, or nil.
func (c *Connects) opensConfig(fn *types.Func) *row {
	for i := range fn.Signature().Params().Len() {
		if found := c.config(fn, i); found != nil && len(found.Drivers) > 0 {
			return &row{Role: openWith, Arg: i, Driver: driversByID[found.Drivers[0]]}
		}
	}
	return nil
}
