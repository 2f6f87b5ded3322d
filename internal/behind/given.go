package behind

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// What a package gets from those that import it is not known where it is
// analysed by itself. Where a whole program is, each package says which pools it
// gives to others, and these are analysed anew.

// Slot is a parameter of a function, or a field, that a package gives a pool to.
type Slot struct {
	Pkg, Name string
	Param     int // -1 for a field
}

// Given are the poolers of what is given, "" for that of all code.
type Given map[Slot][]string

// Add takes up more, and reports whether there was any.
func (g Given) Add(more Given) (grown bool) {
	for slot, poolers := range more {
		for _, p := range poolers {
			if !slices.Contains(g[slot], p) {
				g[slot], grown = append(g[slot], p), true
			}
		}
		slices.Sort(g[slot])
	}
	return grown
}

// Said are the slots of g that get a pool of which something is said: of others
// nothing is to be known.
func (g Given) Said() Given {
	said := Given{}
	for slot, poolers := range g {
		if slices.ContainsFunc(poolers, func(p string) bool { return p != "" }) {
			said[slot] = poolers
		}
	}
	return said
}

// Concerns reports whether a package may give pools to others of which something
// is said: by itself, by what it imports, or by what gives it one.
func Concerns(pass *analysis.Pass, spec *Spec, given Given) bool {
	for slot := range given {
		if slot.Pkg == pass.Pkg.Path() {
			return true
		}
	}
	if len(spec.rules) > 0 {
		return true
	}
	for _, f := range pass.Files {
		for _, group := range f.Comments {
			if slices.ContainsFunc(group.List, isClaim) {
				return true
			}
		}
	}
	return slices.ContainsFunc(pass.Pkg.Imports(), func(pkg *types.Package) bool { return pass.ImportPackageFact(pkg, new(Said)) })
}

func isClaim(c *ast.Comment) bool {
	return strings.HasPrefix(c.Text, "//poolvet:direct") || strings.HasPrefix(c.Text, "//poolvet:pooler")
}

// Gives are the pools that the package gives to others of the program.
func (p *Places) Gives() Given {
	if p.sql == nil || !p.follow && p.own == "" {
		return nil
	}
	g := Given{}
	for _, call := range p.sql.Flow.Calls() {
		fn := p.sql.Flow.Callee(call)
		if fn == nil || fn.Pkg() == nil || fn.Pkg() == p.pass.Pkg || !isMaker(fn) || flow.NameOf(fn) == "" {
			continue
		}
		for i, arg := range call.Args {
			if i < fn.Signature().Params().Len() {
				p.give(g, Slot{fn.Pkg().Path(), flow.NameOf(fn), i}, arg)
			}
		}
	}
	for _, lit := range p.sql.Flow.Literals {
		for _, elt := range lit.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				if f, ok := p.sql.Flow.ObjectOf(kv.Key).(*types.Var); ok && f.IsField() && f.Pkg() != nil && f.Pkg() != p.pass.Pkg {
					p.give(g, Slot{f.Pkg().Path(), flow.NameOf(f), -1}, kv.Value)
				}
			}
		}
	}
	return g
}

// give adds what is said of a pool that a slot gets.
func (p *Places) give(g Given, slot Slot, x ast.Expr) {
	if slot.Name == "" || p.sql.HandleOf(x) == sqlflow.UnknownHandle {
		return
	}
	c := p.narrowest([]token.Pos{x.Pos()})
	if c != nil && !c.Wide {
		g.Add(Given{slot: {c.Pooler}})
		return
	}
	f := p.follower(c)
	g.Add(Given{slot: f.found(p.opened().Sources(nil, []ast.Expr{x}, f.said()))})
}

// getsSaid adds what importers say of a parameter or a field of this package. It
// reports whether nothing in the package says more.
func (f *follower) getsSaid(v *types.Var) bool {
	slot, ok := f.slotOf(v)
	if !ok {
		return false
	}
	poolers := f.given[slot]
	for _, p := range poolers {
		if !f.add(p) {
			f.unsaid = true
		}
	}
	fn, _, isParam := f.sql.Flow.Parameter(v)
	alone := isParam && len(f.sql.Flow.CallsOf(fn)) == 0 || !isParam && len(f.sql.Flow.ValuesOf(v)) == 0
	return len(poolers) > 0 && alone
}

// slotOf is the slot that a variable of this package is, if it is one.
func (p *Places) slotOf(v *types.Var) (Slot, bool) {
	if len(p.given) == 0 {
		return Slot{}, false
	}
	if v.IsField() {
		return Slot{p.pass.Pkg.Path(), flow.NameOf(v), -1}, v.Exported()
	}
	fn, i, ok := p.sql.Flow.Parameter(v)
	decl, isDecl := fn.(*ast.FuncDecl)
	if !ok || !isDecl || !decl.Name.IsExported() {
		return Slot{}, false
	}
	obj, _ := p.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if obj == nil {
		return Slot{}, false
	}
	return Slot{p.pass.Pkg.Path(), flow.NameOf(obj), i}, true
}
