package sqlflow

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
)

// CarriesSQL is the fact that a parameter or field carries text to PostgreSQL.
type CarriesSQL struct {
	Mode   Mode
	Format bool
	Handle Handle
	Via    int // the index of the parameter that is the handle, -1 for none
}

func (*CarriesSQL) AFact() {}

func (f *CarriesSQL) String() string {
	s := "carriesSQL"
	if f.Format {
		s += "(format)"
	}
	return s
}

// imported queues the arguments of a call that facts say carry SQL.
func (f *Flow) imported(call *ast.CallExpr, fn *types.Func) {
	params := fn.Signature().Params()
	for i := range params.Len() {
		p := params.At(i)
		var fact CarriesSQL
		if !f.carries(p.Type()) || !f.pass.ImportObjectFact(p, &fact) {
			continue
		}
		s := Sink{Arg: i, Mode: fact.Mode, All: true}
		c := carrier{mode: fact.Mode, format: fact.Format, handle: fact.Handle, sink: calledAs(call)}
		if fact.Via >= 0 && fact.Via < len(call.Args) {
			c.handle, c.via = f.handle(call.Args[fact.Via])
		}
		c.on = f.on(call, call.Fun)
		f.work = append(f.work, site{
			node: call, call: call, exprs: arguments(call, fn.Signature(), s), from: boundFrom(fn.Signature(), Sink{Arg: i}), carrier: c,
		})
	}
}

// carry notes that what fills v is SQL, and queues what does.
func (f *Flow) carry(v *types.Var, c carrier) {
	if old := f.carried[v]; old != nil {
		if old.handle != c.handle || old.via != c.via {
			old.handle, old.via, old.mixed = UnknownHandle, nil, true
		}
		old.runOn(c.on)
		if old.format == c.format || old.format {
			return
		}
		old.format = c.format
	} else {
		c.ons = nil
		c.runOn(c.on)
		f.carried[v] = &c
	}
	known := f.vars[v]
	if v.IsField() || known == nil || known.param < 0 {
		return // a field's definitions are texts of the field itself
	}
	for _, call := range f.callsOf(known.fn) {
		f.workOn(call, v, known, c)
	}
}

// workOn queues what a call passes for the parameter v.
func (f *Flow) workOn(call *ast.CallExpr, v *types.Var, known *variable, c carrier) {
	t := funcType(known.fn)
	variadic := isVariadic(t, known.param)
	if known.param >= len(call.Args) {
		return
	}
	exprs := call.Args[known.param : known.param+1]
	if variadic {
		exprs = call.Args[known.param:]
	}
	c.sink, c.passed, c.on = calledAs(call), v, f.givenFor(c.on, known, call)
	if c.via != nil {
		if p := f.vars[c.via]; p != nil && p.fn == known.fn && p.param < len(call.Args) {
			c.handle, c.via = f.handle(call.Args[p.param])
		}
	}
	from := -1
	if !variadic && isVariadic(t, known.param+1) {
		from = known.param + 1
	}
	f.work = append(f.work, site{node: call, call: call, exprs: exprs, from: from, carrier: c})
}

// unmix takes back the handles of uses through a wrapper that was found, later,
// to run its parameter on others too.
func (f *Flow) unmix() {
	for _, q := range f.Queries {
		for i, u := range q.Uses {
			for v := u.param; v != nil; v = f.carried[v].passed {
				if f.carried[v].mixed {
					q.Uses[i].Handle = UnknownHandle
				}
			}
		}
	}
}

func isVariadic(t *ast.FuncType, param int) bool {
	n := t.Params.NumFields()
	if param != n-1 {
		return false
	}
	_, ok := t.Params.List[len(t.Params.List)-1].Type.(*ast.Ellipsis)
	return ok
}

// callsOf are the calls of a function in this package: by its name, through
// variables that hold it, and through interfaces that its receiver implements.
func (f *Flow) callsOf(fn ast.Node) []*ast.CallExpr {
	var calls []*ast.CallExpr
	var key any = fn
	if decl, ok := fn.(*ast.FuncDecl); ok {
		obj, ok := f.info.Defs[decl.Name].(*types.Func)
		if !ok {
			return nil
		}
		key = obj
		for _, m := range f.interfaceMethods(obj) {
			calls = append(calls, f.calls[m]...)
		}
	}
	calls = append(calls, f.calls[key]...)
	for _, v := range f.flows[key] {
		calls = append(calls, f.calls[v]...)
	}
	return calls
}

// interfaceMethods are the interface methods called in this package that m
// implements.
func (f *Flow) interfaceMethods(m *types.Func) []*types.Func {
	if m.Signature().Recv() == nil {
		return nil
	}
	var ms []*types.Func
	for key := range f.calls {
		if im, ok := key.(*types.Func); ok && im.Name() == m.Name() && im != m && implements(m, im) {
			ms = append(ms, im)
		}
	}
	slices.SortFunc(ms, func(a, b *types.Func) int {
		return cmp.Or(cmp.Compare(a.Pos(), b.Pos()), cmp.Compare(a.FullName(), b.FullName()))
	})
	return ms
}

// export makes facts of the parameters and fields of this package that carry
// SQL, so that packages that import it know.
func (f *Flow) export() {
	var own []*types.Var
	for v, c := range f.carried {
		if v.Pkg() == f.pass.Pkg && c.mode != Files {
			own = append(own, v)
		}
	}
	slices.SortFunc(own, func(v, w *types.Var) int { return cmp.Compare(v.Pos(), w.Pos()) })
	declared := f.interfaces()
	for _, v := range own {
		c := f.carried[v]
		fact := &CarriesSQL{Mode: c.mode, Format: c.format, Handle: c.handle, Via: -1}
		known := f.vars[v]
		if p := f.vars[c.via]; c.via != nil && p != nil && known != nil && p.fn == known.fn {
			fact.Via = p.param
		}
		f.pass.ExportObjectFact(v, fact)
		if known == nil || known.param < 0 {
			continue
		}
		if decl, ok := known.fn.(*ast.FuncDecl); ok {
			f.exportInterfaces(declared, decl, known.param, fact)
		}
	}
}

// interfaces are the methods of the interfaces that this package declares, by
// name.
func (f *Flow) interfaces() map[string][]*types.Func {
	methods := map[string][]*types.Func{}
	scope := f.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		iface, ok := tn.Type().Underlying().(*types.Interface)
		if !ok {
			continue
		}
		for m := range iface.Methods() {
			if m.Pkg() == f.pass.Pkg {
				methods[m.Name()] = append(methods[m.Name()], m)
			}
		}
	}
	return methods
}

// exportInterfaces makes the fact also for the methods of interfaces that decl
// implements.
func (f *Flow) exportInterfaces(declared map[string][]*types.Func, decl *ast.FuncDecl, param int, fact *CarriesSQL) {
	m, ok := f.info.Defs[decl.Name].(*types.Func)
	if !ok || m.Signature().Recv() == nil {
		return
	}
	for _, im := range declared[m.Name()] {
		if !implements(m, im) {
			continue
		}
		p, both := im.Signature().Params().At(param), *fact
		var other CarriesSQL // of another type that implements it
		if f.pass.ImportObjectFact(p, &other) {
			both.Format = both.Format || other.Format
			if both.Handle != other.Handle || both.Via != other.Via {
				both.Handle, both.Via = UnknownHandle, -1
			}
		}
		f.pass.ExportObjectFact(p, &both)
	}
}
