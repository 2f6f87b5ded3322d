// Package config follows what is no text through a Go package: the
// configurations that connections are opened with, and what is set on them;
// drivers, connectors and dialects.
package config

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// Values follows what is no text through a package: configurations, dialects,
// connectors. It is made for packages that open a connection alone.
type Values struct {
	flow *eval.Evaluator
	pass *analysis.Pass
	info *types.Info

	passed  []passing    // configurations that calls get
	holders []*types.Var // variables and fields that can hold one
	keeps   func(fn *types.Func, arg int) bool
}

// Set is one assignment to a field: base.field = value, or an element of the
// literal that base is.
type Set struct {
	Field *types.Var
	Base  ast.Expr
	Value ast.Expr
	Key   ast.Expr // the name of the field, as the code has it
}

// Element is one assignment m[k] = v.
type Element struct {
	Of, Key, Value ast.Expr
}

// passing is a configuration as an argument of a call.
type passing struct {
	call *ast.CallExpr
	i    int
}

// New prepares to follow the values of a package. keeps says of functions of
// others which leave the modes of a configuration as they are; nil for none.
func New(pass *analysis.Pass, f *eval.Evaluator, keeps func(fn *types.Func, arg int) bool) *Values {
	v := &Values{flow: f, pass: pass, info: pass.TypesInfo, keeps: keeps}
	for _, call := range f.Calls() {
		for i, arg := range call.Args {
			if t := v.info.TypeOf(arg); t != nil && Is(t) {
				v.passed = append(v.passed, passing{call, i})
			}
		}
	}
	for holder := range f.Vars {
		if Is(holder.Type()) {
			v.holders = append(v.holders, holder)
		}
	}
	return v
}

// SetsOf are the assignments to fields of a name.
func (v *Values) SetsOf(name string) (sets []Set) {
	for _, d := range v.flow.FieldDefs(name) {
		if d.Kind == flow.DefValue {
			sets = append(sets, Set{d.Of, d.Base, d.Expr, d.Key})
		}
	}
	return sets
}

// Elements are the assignments m[k] = v.
func (v *Values) Elements() (es []Element) {
	for _, d := range v.flow.Elements {
		es = append(es, Element{d.Base, d.Key, d.Expr})
	}
	return es
}

// through: a configuration is a part of another, and copied by its method.
var through = func(info *types.Info) flow.Through {
	return flow.Through{Part: isPart, Copy: func(call *ast.CallExpr) bool {
		sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		return ok && sel.Sel.Name == "Copy" && Is(info.TypeOf(call))
	}}
}

// Origin follows x back to what makes it.
func (v *Values) Origin(x ast.Expr) *flow.Origin { return v.flow.Origin(x, through(v.info)) }

// OriginUntil is Origin, but goes no further where ends or endsIn say so.
func (v *Values) OriginUntil(x ast.Expr, ends func(*types.Var) bool, endsIn func(*ast.CallExpr) bool) *flow.Origin {
	t := through(v.info)
	t.Ends, t.EndsIn = ends, endsIn
	return v.flow.Origin(x, t)
}

// Widen adds to o what else holds the same value: variables that it is
// assigned to and parameters that it is passed for. It reports whether some
// function gets it that the package does not show.
func (v *Values) Widen(o *flow.Origin) (escapes bool) {
	for more := true; more; {
		more = false
		add := func(holder *types.Var) {
			if !o.Held[holder] {
				o.Held[holder], more = true, true
			}
		}
		for _, holder := range v.holders {
			if o.Held[holder] {
				continue
			}
			for _, d := range v.flow.ValuesOf(holder) {
				if v.Holds(o, d.Expr) {
					add(holder)
				}
			}
		}
		for _, at := range v.SetsOf("BeforeConnect") {
			if !isKnownPackage(at.Field.Pkg().Path()) || !v.Holds(o, at.Base) {
				continue
			}
			fns := v.flow.Functions(at.Value)
			for _, fn := range fns {
				if param := v.flow.ParameterAt(fn, 1); param != nil {
					add(param)
				}
			}
			escapes = escapes || len(fns) == 0
		}
		for _, p := range v.passed {
			if !v.Holds(o, p.call.Args[p.i]) {
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

// Holds reports whether x is the value of o, or a part of it.
func (v *Values) Holds(o *flow.Origin, x ast.Expr) bool {
	x, holder := v.Root(x)
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

// Root strips x of pointers, copies and the fields that are part of a
// configuration: what is left is a variable, or an expression.
func (v *Values) Root(x ast.Expr) (ast.Expr, *types.Var) {
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
			if f, ok := v.flow.ObjectOf(y).(*types.Var); ok && isPart(f) {
				x = y.X
				continue
			}
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(y.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Copy" && Is(v.info.TypeOf(y)) {
				x = sel.X
				continue
			}
		}
		if holder, ok := v.flow.ObjectOf(x).(*types.Var); ok {
			return x, holder.Origin()
		}
		return x, nil
	}
}

// receivers are the parameters that an argument is passed for. It is known
// what becomes of it there if they are of this package, or if the callee is
// of a library that is known, or can only copy it.
func (v *Values) receivers(p passing) (params []*types.Var, known bool) {
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
	return nil, fn != nil && fn.Pkg() != nil && (isKnownPackage(fn.Pkg().Path()) || v.keeps != nil && v.keeps(fn, p.i))
}

// Leaves reports whether a function leaves the modes of a configuration as they
// are that it gets for a parameter, in all that the package shows.
func (v *Values) Leaves(param *types.Var) bool {
	o := &flow.Origin{Held: map[*types.Var]bool{param: true}}
	if v.Widen(o) {
		return false
	}
	for holder := range o.Held {
		if holder.IsField() && holder.Exported() {
			return false // others can set it there
		}
	}
	for _, d := range library.Drivers() {
		for _, f := range d.Fields {
			if len(v.SetOn(o, f.Pkg, f.Field)) > 0 {
				return false
			}
		}
	}
	return true
}

// SetOn are the assignments to a field, of a package's struct, on the value
// of o.
func (v *Values) SetOn(o *flow.Origin, pkg, field string) []Set {
	var sets []Set
	for _, s := range v.SetsOf(field) {
		if s.Field.Pkg() != nil && s.Field.Pkg().Path() == pkg && v.Holds(o, s.Base) {
			sets = append(sets, s)
		}
	}
	return sets
}

// MayHold reports whether x can be what a call makes.
func (v *Values) MayHold(x ast.Expr, made *ast.CallExpr) bool {
	x, holder := v.Root(x)
	if holder == nil {
		return x == ast.Expr(made)
	}
	o := v.flow.OriginOf(holder, through(v.info))
	return o.Unknown || len(o.Made) == 0 || slices.Contains(o.Made, ast.Expr(made))
}

// Names are the driver names that x can be, wherever it is given. A tracing
// wrapper that registers a driver anew gives a name for another.
func (v *Values) Names(x ast.Expr) []string { return v.namesOf(x, map[ast.Expr]bool{}) }

func (v *Values) namesOf(x ast.Expr, seen map[ast.Expr]bool) (names []string) {
	if seen[x] {
		return nil // name, err = otelsql.Register(name)
	}
	seen[x] = true
	for _, t := range v.flow.Everywhere(x) {
		if !t.IsHole() {
			names = append(names, t.Value)
		}
	}
	if len(names) > 0 {
		return names
	}
	for _, m := range v.Origin(x).Made {
		if call, ok := m.(*ast.CallExpr); ok && len(call.Args) > 0 {
			if fn := v.flow.Callee(call); fn != nil && fn.Pkg() != nil && library.Of(fn.Pkg().Path()).Renames.Has(fn.Name()) {
				names = append(names, v.namesOf(call.Args[0], seen)...)
			}
		}
	}
	return names
}

// Is reports whether t is a configuration whose settings are followed.
func Is(t types.Type) bool {
	pkg, name := flow.TypeName(t)
	return library.Of(pkg).Configs.Has(name)
}

// isPart: fields through which a configuration holds another.
func isPart(f *types.Var) bool {
	return f.IsField() && Is(f.Type()) && (f.Name() == "ConnConfig" || f.Name() == "Config") &&
		isKnownPackage(f.Pkg().Path())
}

// isKnownPackage: no function there changes a mode of a configuration that it
// is given.
func isKnownPackage(path string) bool {
	keeps := func(p string) bool {
		return path == strings.TrimSuffix(p, "/") || strings.HasPrefix(path, strings.TrimSuffix(p, "/")+"/")
	}
	return slices.ContainsFunc(library.Keeps(), keeps) || slices.ContainsFunc([]string{"fmt", "log", "encoding"}, keeps)
}
