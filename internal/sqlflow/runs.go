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
func (f *SQL) Runs(call *ast.CallExpr) (r Run, ok bool) {
	fn := f.Flow.Callee(call)
	for _, s := range f.statements(fn) {
		verb, _ := verbOf(fn.Name())
		from := boundFrom(fn.Signature(), s)
		r.Rows = r.Rows || !isExec(verb)
		r.Binds = r.Binds || from >= 0 && from < len(call.Args) && f.binds(call, from)
		ok = true
	}
	return r, ok
}

// Binds are the values that a call binds which runs a whole statement. It is
// false for any other.
func (f *SQL) Binds(call *ast.CallExpr) (args []ast.Expr, ok bool) {
	fn := f.Flow.Callee(call)
	for _, s := range f.statements(fn) {
		if from := boundFrom(fn.Signature(), s); from >= 0 && from < len(call.Args) {
			args = append(args, f.bound(call, from)...)
		}
		ok = true
	}
	return args, ok
}

// statements are the arguments of a function that are whole statements, which
// it runs.
func (f *SQL) statements(fn *types.Func) []Sink {
	if fn == nil {
		return nil
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
	var statements []Sink
	for _, s := range sinks {
		if s.Mode == Statement && !s.Prepares {
			statements = append(statements, s)
		}
	}
	return statements
}

// binds reports whether a call binds a value from an argument on. Values that
// a function passes on are none where no call of it gives it any.
func (f *SQL) binds(call *ast.CallExpr, from int) bool {
	args := f.bound(call, from)
	if len(args) != 1 || !call.Ellipsis.IsValid() {
		return len(args) > 0
	}
	v, ok := f.Flow.ObjectOf(args[0]).(*types.Var)
	if !ok {
		return true
	}
	fn, i, ok := f.Flow.Parameter(v)
	decl, isDecl := fn.(*ast.FuncDecl)
	if !ok || isDecl && decl.Name.IsExported() || len(f.Flow.Vars[v].Defs) > 0 {
		return true
	}
	calls := f.Flow.CallsOf(fn)
	for _, c := range calls {
		if len(c.Args) > i {
			return true
		}
	}
	return len(calls) == 0
}

// Prepares is the argument of fn that is the text of a prepared statement
// which the call makes, by its library or by its shape.
func (f *SQL) Prepares(fn *types.Func) (arg int, ok bool) {
	sinks := sinksOf(fn)
	if sinks == nil {
		if s, ok := shapeSink(fn); ok {
			sinks = []Sink{s}
		}
	}
	for _, s := range sinks {
		if s.Prepares {
			return s.Arg, true
		}
	}
	return 0, false
}
