package driver

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/flow"
)

// values follows what is no text through a package: configurations, dialects,
// connectors. It is made for packages that open a connection alone.
type values struct {
	flow *flow.Flow
	pass *analysis.Pass
	info *types.Info

	defs     map[*types.Var][]value // of variables and fields
	sets     map[string][]set       // of fields of structs, by the field's name
	elements []element              // m[k] = v
	passed   []passing              // configurations that calls get
	literals []*ast.CompositeLit
	given    []ast.Expr // what calls get as arguments and literals as elements, of interesting types
}

// value is one definition: the i-th result of expr, where that is a call.
type value struct {
	expr   ast.Expr
	result int
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

func newValues(pass *analysis.Pass, flow *flow.Flow) *values {
	v := &values{
		flow: flow, pass: pass, info: pass.TypesInfo,
		defs: map[*types.Var][]value{}, sets: map[string][]set{},
	}
	for _, f := range pass.Files {
		ast.Inspect(f, v.note)
	}
	return v
}

func (v *values) note(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok == token.ASSIGN || n.Tok == token.DEFINE {
			for i, lhs := range n.Lhs {
				if len(n.Rhs) == len(n.Lhs) {
					v.define(lhs, value{expr: n.Rhs[i]})
				} else {
					v.define(lhs, value{n.Rhs[0], i})
				}
			}
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			switch {
			case len(n.Values) == len(n.Names):
				v.define(name, value{expr: n.Values[i]})
			case len(n.Values) == 1:
				v.define(name, value{n.Values[0], i})
			}
		}
	case *ast.CompositeLit:
		v.literal(n)
	case *ast.CallExpr:
		for i, arg := range n.Args {
			if t := v.info.TypeOf(arg); t != nil && isConfig(t) {
				v.passed = append(v.passed, passing{n, i})
			}
			v.give(arg)
		}
	}
	return true
}

func (v *values) define(lhs ast.Expr, val value) {
	switch lhs := ast.Unparen(lhs).(type) {
	case *ast.IndexExpr:
		v.elements = append(v.elements, element{lhs.X, lhs.Index, val.expr})
		return
	case *ast.SelectorExpr:
		if f, ok := v.object(lhs).(*types.Var); ok && f.IsField() {
			v.sets[f.Name()] = append(v.sets[f.Name()], set{f.Origin(), lhs.X, val.expr, lhs.Sel})
		}
	case *ast.StarExpr:
		if isConfig(v.info.TypeOf(lhs)) {
			v.define(lhs.X, val)
		}
		return
	}
	if x, ok := v.object(lhs).(*types.Var); ok {
		v.defs[x.Origin()] = append(v.defs[x.Origin()], val)
	}
}

func (v *values) literal(lit *ast.CompositeLit) {
	v.literals = append(v.literals, lit)
	st := structOf(v.info.TypeOf(lit))
	for i, elt := range lit.Elts {
		kv, keyed := elt.(*ast.KeyValueExpr)
		if st == nil {
			if keyed {
				elt = kv.Value
			}
			v.give(elt)
			continue
		}
		var f *types.Var
		val, key := elt, elt
		if keyed {
			f, _ = v.object(kv.Key).(*types.Var)
			val, key = kv.Value, kv.Key
		} else if i < st.NumFields() {
			f = st.Field(i)
		}
		if f == nil {
			continue
		}
		f = f.Origin()
		v.sets[f.Name()] = append(v.sets[f.Name()], set{f, lit, val, key})
		v.defs[f] = append(v.defs[f], value{expr: val})
	}
}

// give notes arguments and elements whose type alone says something.
func (v *values) give(x ast.Expr) {
	if isQueryMode(v.info.TypeOf(x)) {
		v.given = append(v.given, x)
	}
}

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

func (v *values) object(x ast.Expr) types.Object {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return v.info.ObjectOf(x)
	case *ast.SelectorExpr:
		return v.info.Uses[x.Sel]
	}
	return nil
}

// origin is where a value comes from.
type origin struct {
	made    []ast.Expr          // the calls and literals that make it
	held    map[*types.Var]bool // the variables, fields and parameters that hold it
	unknown bool                // it may come from elsewhere too
	foreign []types.Object      // what of other packages it comes from
}

// origin follows x back to what makes it.
func (v *values) origin(x ast.Expr) *origin {
	o := &origin{held: map[*types.Var]bool{}}
	v.follow(x, 0, o, map[ast.Expr]bool{})
	return o
}

// follow adds the i-th result of x to o.
func (v *values) follow(x ast.Expr, i int, o *origin, seen map[ast.Expr]bool) {
	x = ast.Unparen(x)
	if x == nil || seen[x] {
		return
	}
	seen[x] = true
	switch x := x.(type) {
	case *ast.StarExpr:
		v.follow(x.X, 0, o, seen)
		return
	case *ast.UnaryExpr:
		v.follow(x.X, 0, o, seen)
		return
	case *ast.TypeAssertExpr:
		v.follow(x.X, 0, o, seen)
		return
	case *ast.CompositeLit:
		o.made = append(o.made, x)
		return
	case *ast.CallExpr:
		v.followCall(x, i, o, seen)
		return
	case *ast.SelectorExpr:
		if f, ok := v.object(x).(*types.Var); ok && isPart(f) {
			v.follow(x.X, 0, o, seen)
			return
		}
	}
	holder, ok := v.object(x).(*types.Var)
	if !ok || holder.Pkg() != v.pass.Pkg {
		o.unknown = o.unknown || !isNil(v.info, x)
		if ok {
			o.foreign = append(o.foreign, holder)
		}
		return
	}
	v.followVar(holder.Origin(), o, seen)
}

func (v *values) followVar(holder *types.Var, o *origin, seen map[ast.Expr]bool) {
	if o.held[holder] {
		return
	}
	o.held[holder] = true
	for _, d := range v.defs[holder] {
		v.follow(d.expr, d.result, o, seen)
	}
	fn, i, ok := v.flow.Parameter(holder)
	if !ok {
		o.unknown = o.unknown || len(v.defs[holder]) == 0 && holder.IsField()
		return
	}
	calls := v.flow.CallsOf(fn)
	for _, call := range calls {
		if i < len(call.Args) && !call.Ellipsis.IsValid() {
			v.follow(call.Args[i], 0, o, seen)
		} else {
			o.unknown = true
		}
	}
	o.unknown = o.unknown || len(calls) == 0
}

func (v *values) followCall(x *ast.CallExpr, i int, o *origin, seen map[ast.Expr]bool) {
	if tv, ok := v.info.Types[x.Fun]; ok && tv.IsType() && len(x.Args) == 1 {
		v.follow(x.Args[0], 0, o, seen)
		return
	}
	if fn := v.flow.Callee(x); fn != nil && fn.Name() == "Copy" && isConfig(v.info.TypeOf(x)) {
		if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok {
			v.follow(sel.X, 0, o, seen)
			return
		}
	}
	found := false
	for _, fn := range v.flow.Callees(x) {
		for _, ret := range v.flow.Returns(fn, i) {
			found = true
			v.follow(ret, i, o, seen)
		}
	}
	if !found {
		o.made = append(o.made, x)
		if fn := v.flow.Callee(x); fn != nil && fn.Pkg() != v.pass.Pkg {
			o.foreign = append(o.foreign, fn)
		}
	}
}

func isNil(info *types.Info, x ast.Expr) bool { return info.Types[x].IsNil() }

// widen adds to o what else holds the same value: variables that it is
// assigned to and parameters that it is passed for. It reports whether some
// function gets it that the package does not show.
func (v *values) widen(o *origin) (escapes bool) {
	for more := true; more; {
		more = false
		add := func(holder *types.Var) {
			if !o.held[holder] {
				o.held[holder], more = true, true
			}
		}
		for holder, defs := range v.defs {
			if !isConfig(holder.Type()) || o.held[holder] {
				continue
			}
			for _, d := range defs {
				if v.holds(o, d.expr) {
					add(holder)
				}
			}
		}
		for _, at := range v.sets["BeforeConnect"] {
			if !isKnownPackage(at.field.Pkg().Path()) || !v.holds(o, at.base) {
				continue
			}
			fns := v.flow.Functions(at.value)
			for _, fn := range fns {
				if param := v.parameter(fn, 1); param != nil {
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
func (v *values) holds(o *origin, x ast.Expr) bool {
	x, holder := v.root(x)
	if holder != nil {
		return o.held[holder]
	}
	for _, m := range o.made {
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
		if param := v.parameter(fn, p.i); param != nil {
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

func (v *values) parameter(fn ast.Node, i int) *types.Var {
	t := typeOfFunc(fn)
	if t == nil {
		return nil
	}
	for _, field := range t.Params.List {
		for _, name := range field.Names {
			if i == 0 {
				x, _ := v.info.Defs[name].(*types.Var)
				return x
			}
			i--
		}
		if len(field.Names) == 0 {
			i--
		}
	}
	return nil
}

func typeOfFunc(fn ast.Node) *ast.FuncType {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Type
	case *ast.FuncLit:
		return fn.Type
	}
	return nil
}

// setOn are the assignments to a field, of a package's struct, on the value
// of o.
func (v *values) setOn(o *origin, pkg, field string) []set {
	var sets []set
	for _, s := range v.sets[field] {
		if s.field.Pkg() != nil && s.field.Pkg().Path() == pkg && v.holds(o, s.base) {
			sets = append(sets, s)
		}
	}
	return sets
}
