package sqlflow

import (
	"go/ast"
	"go/types"
)

// Run is what a call does with the SQL that it gets.
type Run struct {
	Rows  bool // asks for rows
	Binds bool // binds values to placeholders, or may
}

// Runs says what a call does that runs whole statements; it is false for any
// other, and for one that prepares a statement.
func (f *Flow) Runs(call *ast.CallExpr) (r Run, ok bool) {
	fn := f.Callee(call)
	if fn == nil {
		return r, false
	}
	sinks := sinksOf(fn)
	if sinks == nil {
		sinks = f.funcs.Of(fn)
	}
	if sinks == nil {
		if s, ok := shapeSink(fn); ok {
			sinks = []Sink{s}
		}
	}
	for _, s := range sinks {
		if s.Mode != Statement || s.Prepares {
			continue
		}
		verb, _ := verbOf(fn.Name())
		from := boundFrom(fn.Signature(), s)
		r.Rows = r.Rows || !isExec(verb)
		r.Binds = r.Binds || from >= 0 && from < len(call.Args) && f.binds(call, from)
		ok = true
	}
	return r, ok
}

// binds reports whether a call binds a value from an argument on. Values that
// a function passes on are none where no call of it gives it any.
func (f *Flow) binds(call *ast.CallExpr, from int) bool {
	args := f.bound(call, from)
	if len(args) != 1 || !call.Ellipsis.IsValid() {
		return len(args) > 0
	}
	v, ok := f.object(args[0]).(*types.Var)
	if !ok {
		return true
	}
	fn, i, ok := f.Parameter(v)
	decl, isDecl := fn.(*ast.FuncDecl)
	if !ok || isDecl && decl.Name.IsExported() || len(f.vars[v].defs) > 0 {
		return true
	}
	calls := f.callsOf(fn)
	for _, c := range calls {
		if len(c.Args) > i {
			return true
		}
	}
	return len(calls) == 0
}

// Namings are the identifiers that use an object.
func (f *Flow) Namings(obj types.Object) []*ast.Ident { return f.namings(obj) }
