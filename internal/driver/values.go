package driver

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/flow"
)

// values follows what is no text through a package: configurations, dialects,
// connectors. It is made for packages that open a connection alone.
type values struct {
	flow *eval.Evaluator
	pass *analysis.Pass
	info *types.Info

	passed []passing  // configurations that calls get
	given  []ast.Expr // query modes that calls get as arguments, and slices as elements
}

// set is one assignment to a field: base.field = value, or an element of the
// literal that base is.
type set struct {
	field *types.Var
	base  ast.Expr
	value ast.Expr
	key   ast.Expr // the name of the field, as the code has it
}

type element struct {
	of, key, value ast.Expr
}

// passing is a configuration as an argument of a call.
type passing struct {
	call *ast.CallExpr
	i    int
}

func newValues(pass *analysis.Pass, f *eval.Evaluator) *values {
	v := &values{flow: f, pass: pass, info: pass.TypesInfo}
	for _, call := range f.Calls() {
		for i, arg := range call.Args {
			if t := v.info.TypeOf(arg); t != nil && isConfig(t) {
				v.passed = append(v.passed, passing{call, i})
			}
		}
	}
	return v
}

// modesGiven are the query modes that calls get as arguments and slices as
// elements: their type alone says something.
func (v *values) modesGiven() []ast.Expr {
	if v.given != nil {
		return v.given
	}
	v.given = []ast.Expr{}
	give := func(x ast.Expr) {
		if isQueryMode(v.info.TypeOf(x)) {
			v.given = append(v.given, x)
		}
	}
	for _, call := range v.flow.Calls() {
		for _, arg := range call.Args {
			give(arg)
		}
	}
	for _, lit := range v.flow.Literals {
		if structOf(v.info.TypeOf(lit)) == nil {
			for _, elt := range lit.Elts {
				if kv, ok := elt.(*ast.KeyValueExpr); ok {
					elt = kv.Value
				}
				give(elt)
			}
		}
	}
	slices.SortFunc(v.given, func(a, b ast.Expr) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return v.given
}

// setsOf are the assignments to fields of a name.
func (v *values) setsOf(name string) (sets []set) {
	for _, d := range v.flow.FieldDefs(name) {
		if d.Kind == flow.DefValue {
			sets = append(sets, set{d.Of, d.Base, d.Expr, d.Key})
		}
	}
	return sets
}

// elements are the assignments m[k] = v.
func (v *values) elements() (es []element) {
	for _, d := range v.flow.Elements {
		es = append(es, element{d.Base, d.Key, d.Expr})
	}
	return es
}

func (v *values) defs(x *types.Var) []*flow.Def { return v.flow.ValuesOf(x) }

func (v *values) object(x ast.Expr) types.Object { return v.flow.ObjectOf(x) }

// through: a configuration is a part of another, and copied by its method.
var through = func(info *types.Info) flow.Through {
	return flow.Through{Part: isPart, Copy: func(call *ast.CallExpr) bool {
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		return ok && sel.Sel.Name == "Copy" && isConfig(info.TypeOf(call))
	}}
}

// origin follows x back to what makes it.
func (v *values) origin(x ast.Expr) *flow.Origin { return v.flow.Origin(x, through(v.info)) }

func structOf(t types.Type) *types.Struct {
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, _ := t.Underlying().(*types.Struct)
	return st
}

func isNil(info *types.Info, x ast.Expr) bool { return info.Types[x].IsNil() }

// widen adds to o what else holds the same value: variables that it is
// assigned to and parameters that it is passed for. It reports whether some
// function gets it that the package does not show.
func (v *values) widen(o *flow.Origin) (escapes bool) {
	for more := true; more; {
		more = false
		add := func(holder *types.Var) {
			if !o.Held[holder] {
				o.Held[holder], more = true, true
			}
		}
		for holder := range v.flow.Vars {
			if !isConfig(holder.Type()) || o.Held[holder] {
				continue
			}
			for _, d := range v.defs(holder) {
				if v.holds(o, d.Expr) {
					add(holder)
				}
			}
		}
		for _, at := range v.setsOf("BeforeConnect") {
			if !isKnownPackage(at.field.Pkg().Path()) || !v.holds(o, at.base) {
				continue
			}
			fns := v.flow.Functions(at.value)
			for _, fn := range fns {
				if param := v.flow.ParameterAt(fn, 1); param != nil {
					add(param)
				}
			}
			escapes = escapes || len(fns) == 0
		}
		for _, p := range v.passed {
			if !v.holds(o, p.call.Args[p.i]) {
				continue
			}
			params, known := v.receivers(p)
			for _, param := range params {
				add(param)
			}
			escapes = escapes || !known
		}
	}
	return escapes
}

// holds reports whether x is the value of o, or a part of it.
func (v *values) holds(o *flow.Origin, x ast.Expr) bool {
	x, holder := v.root(x)
	if holder != nil {
		return o.Held[holder]
	}
	for _, m := range o.Made {
		if m == x {
			return true
		}
	}
	return false
}

// root strips x of pointers, copies and the fields that are part of a
// configuration: what is left is a variable, or an expression.
func (v *values) root(x ast.Expr) (ast.Expr, *types.Var) {
	for {
		x = ast.Unparen(x)
		switch y := x.(type) {
		case *ast.StarExpr:
			x = y.X
			continue
		case *ast.UnaryExpr:
			x = y.X
			continue
		case *ast.SelectorExpr:
			if f, ok := v.object(y).(*types.Var); ok && isPart(f) {
				x = y.X
				continue
			}
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(y.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Copy" && isConfig(v.info.TypeOf(y)) {
				x = sel.X
				continue
			}
		}
		if holder, ok := v.object(x).(*types.Var); ok {
			return x, holder.Origin()
		}
		return x, nil
	}
}

// receivers are the parameters that an argument is passed for. It is known
// what becomes of it there if they are of this package, or if the callee is
// of a library that is known, or can only copy it.
func (v *values) receivers(p passing) (params []*types.Var, known bool) {
	for _, fn := range v.flow.Callees(p.call) {
		if param := v.flow.ParameterAt(fn, p.i); param != nil {
			params = append(params, param)
		}
	}
	if len(params) > 0 {
		return params, true
	}
	if _, isPointer := types.Unalias(v.info.TypeOf(p.call.Args[p.i])).(*types.Pointer); !isPointer {
		return nil, true
	}
	if tv, ok := v.info.Types[p.call.Fun]; ok && (tv.IsBuiltin() || tv.IsType()) {
		return nil, true
	}
	fn := v.flow.Callee(p.call)
	return nil, fn != nil && fn.Pkg() != nil && isKnownPackage(fn.Pkg().Path())
}

// setOn are the assignments to a field, of a package's struct, on the value
// of o.
func (v *values) setOn(o *flow.Origin, pkg, field string) []set {
	var sets []set
	for _, s := range v.setsOf(field) {
		if s.field.Pkg() != nil && s.field.Pkg().Path() == pkg && v.holds(o, s.base) {
			sets = append(sets, s)
		}
	}
	return sets
}
