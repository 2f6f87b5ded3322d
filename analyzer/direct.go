package analyzer

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// A directive //poolvet:direct on a field, a variable or a function that makes a
// pool is said of the pool, wherever that goes.

// Directly is the fact of a package: its exported fields, variables and
// functions that such a directive stands on, in order.
type Directly struct{ Names []string }

func (*Directly) AFact() {}

func (d *Directly) String() string { return fmt.Sprintf("directly(%d)", len(d.Names)) }

// modulePath is the path of the module of a package, "" where it is not told.
func modulePath(pass *analysis.Pass) string {
	if pass.Module == nil {
		return ""
	}
	return pass.Module.Path
}

// directAt reports whether the code at any of the positions is said to have a
// connection of its own, and notes who says so.
func (r *report) directAt(at ...token.Pos) bool {
	found := false
	for _, d := range r.directives {
		if d.Verb == "direct" && d.Problem == "" && d.covers(at...) {
			d.used, found = true, true
		}
	}
	return found
}

// runsDirectly reports whether what u runs on is said to bypass the pooler.
func (r *report) runsDirectly(u *sqlflow.Use) bool {
	if u == nil || !r.saysDirect() {
		return false
	}
	f := directFollower{report: r, seen: map[ast.Expr]bool{}}
	found := false
	for _, on := range u.On() {
		found = f.handle(on) || found
	}
	return found
}

// saysDirect reports whether any directive that this package can see is one
// for direct connections.
func (r *report) saysDirect() bool {
	if slices.ContainsFunc(r.directives, func(d *directive) bool { return d.Verb == "direct" && d.from.IsValid() }) {
		return true
	}
	return slices.ContainsFunc(r.pass.Pkg.Imports(), func(pkg *types.Package) bool {
		return r.pass.ImportPackageFact(pkg, new(Directly))
	})
}

type directFollower struct {
	*report
	seen map[ast.Expr]bool
}

// handle follows a handle to the variables, fields and functions that it comes
// from, and to the handle that it was taken from.
func (f *directFollower) handle(x ast.Expr) bool {
	if x == nil || f.seen[x] {
		return false
	}
	f.seen[x] = true
	o := f.flow.Origin(x, flow.Through{Part: func(*types.Var) bool { return false }, Copy: func(*ast.CallExpr) bool { return false }})
	found := false
	for _, v := range slices.SortedFunc(maps.Keys(o.Held), func(a, b *types.Var) int { return int(a.Pos() - b.Pos()) }) {
		found = f.directAt(v.Pos()) || found
	}
	for _, obj := range o.Foreign {
		found = f.directElsewhere(obj) || found
	}
	for _, m := range o.Made {
		found = f.directAt(m.Pos()) || found
		if call, ok := m.(*ast.CallExpr); ok {
			if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok { // pool.Acquire(ctx)
				found = f.handle(sel.X) || found
			}
		}
	}
	return found
}

func (r *report) directElsewhere(obj types.Object) bool {
	var fact Directly
	if obj.Pkg() == nil || !r.pass.ImportPackageFact(obj.Pkg(), &fact) {
		return false
	}
	_, found := slices.BinarySearch(fact.Names, flow.NameOf(obj))
	return found
}

// exportDirect makes the fact.
func (r *report) exportDirect() {
	if !slices.ContainsFunc(r.directives, func(d *directive) bool { return d.Verb == "direct" && d.Problem == "" && d.from.IsValid() }) {
		return
	}
	var fact Directly
	for id, obj := range r.pass.TypesInfo.Defs {
		switch obj := obj.(type) {
		case *types.Var:
			if !obj.IsField() && obj.Parent() != r.pass.Pkg.Scope() {
				continue
			}
		case *types.Func:
		default:
			continue
		}
		name := flow.NameOf(obj)
		for _, d := range r.directives {
			if obj.Exported() && name != "" && d.Verb == "direct" && d.Problem == "" && d.from.IsValid() && d.covers(id.Pos()) {
				fact.Names = append(fact.Names, name)
				_, isVar := obj.(*types.Var)
				d.used = d.used || isVar // by other packages
			}
		}
	}
	if len(fact.Names) > 0 {
		slices.Sort(fact.Names)
		fact.Names = slices.Compact(fact.Names)
		r.pass.ExportPackageFact(&fact)
	}
}
