package sqlflow

import (
	"cmp"
	"github.com/poolvet/poolvet/internal/text"
	"go/ast"
	"go/types"
	"slices"
)

// What the reader of driver configurations asks of a Flow: it follows the same
// values, to other ends than SQL.

// Texts are the texts that x can be: at least one, perhaps a hole.
func (f *Flow) Texts(x ast.Expr) []text.Text { return f.collection(x) }

// Calls are the calls of the package whose callee is known, in the order of
// their files.
func (f *Flow) Calls() []*ast.CallExpr { return f.order }

// Callee is the function or method that call names, nil for any other callee.
func (f *Flow) Callee(call *ast.CallExpr) *types.Func {
	fn, _ := f.callee(call).(*types.Func)
	return fn
}

// Callees are the functions of this package that call can run: the one it
// names, those that the variable in its place holds, and those that implement
// the interface method that it names.
func (f *Flow) Callees(call *ast.CallExpr) []ast.Node {
	switch callee := f.callee(call).(type) {
	case *ast.FuncLit:
		return []ast.Node{callee}
	case *types.Var:
		fns := f.functionsIn(callee)
		if known := f.vars[callee]; known != nil && known.param >= 0 {
			for _, at := range f.callsOf(known.fn) {
				if known.param < len(at.Args) {
					fns = append(fns, f.Functions(at.Args[known.param])...)
				}
			}
		}
		return fns
	case *types.Func:
		return f.declarations(callee)
	}
	return nil
}

// declarations is the declaration of fn, or of the methods of this package
// that implement it.
func (f *Flow) declarations(fn *types.Func) []ast.Node {
	decls := f.evaluator.funcs
	if decl := decls[fn]; decl != nil {
		return []ast.Node{decl}
	}
	recv := fn.Signature().Recv()
	if recv == nil || !types.IsInterface(recv.Type()) {
		return nil
	}
	var fns []ast.Node
	for m, decl := range decls {
		if m.Name() == fn.Name() && implements(m, fn) {
			fns = append(fns, decl)
		}
	}
	slices.SortFunc(fns, func(a, b ast.Node) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return fns
}

// implements reports whether the method m implements the interface method im.
func implements(m, im *types.Func) bool {
	recv, of := m.Signature().Recv(), im.Signature().Recv()
	if recv == nil || of == nil {
		return false
	}
	iface, ok := of.Type().Underlying().(*types.Interface)
	if !ok {
		return false
	}
	t := recv.Type()
	if _, ok := t.(*types.Pointer); !ok {
		t = types.NewPointer(t)
	}
	return types.Implements(t, iface)
}

// Functions are the functions of this package that x can be as a value: a
// literal, a name, a method value, a variable that holds one, or what a call
// returns.
func (f *Flow) Functions(x ast.Expr) []ast.Node {
	var fns []ast.Node
	seen := map[wanted]bool{}
	for todo := []wanted{{x, 0}}; len(todo) > 0; todo = todo[1:] {
		w := wanted{ast.Unparen(todo[0].x), todo[0].calls}
		if w.x == nil || seen[w] || w.calls > maxFactories {
			continue
		}
		seen[w] = true
		found, more := f.functions(w)
		for _, fn := range found {
			switch {
			case w.calls > 0:
				for _, ret := range returnsOf(fn) {
					if len(ret.Results) > 0 {
						more = append(more, wanted{ret.Results[0], w.calls - 1})
					}
				}
			case !slices.Contains(fns, fn):
				fns = append(fns, fn)
			}
		}
		todo = append(todo, more...)
	}
	return fns
}

// wanted is an expression whose functions are wanted or, after some calls, the
// functions that these return.
type wanted struct {
	x     ast.Expr
	calls int
}

// maxFactories is how many functions may make each other.
const maxFactories = 8

// functions are those that an expression names, and where there are more.
func (f *Flow) functions(w wanted) (fns []ast.Node, more []wanted) {
	switch fn := f.function(w.x).(type) {
	case *ast.FuncLit:
		return []ast.Node{fn}, nil
	case *types.Func:
		return f.declarations(fn), nil
	}
	switch x := w.x.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		v, ok := f.object(x).(*types.Var)
		if !ok || f.vars[v.Origin()] == nil {
			return nil, nil
		}
		known := f.vars[v.Origin()]
		for _, d := range known.defs {
			more = append(more, wanted{d.expr, w.calls})
		}
		if known.param >= 0 {
			for _, call := range f.callsOf(known.fn) {
				if known.param < len(call.Args) {
					more = append(more, wanted{call.Args[known.param], w.calls})
				}
			}
		}
	case *ast.CallExpr:
		if tv, ok := f.info.Types[x.Fun]; ok && tv.IsType() && len(x.Args) == 1 {
			return nil, []wanted{{x.Args[0], w.calls}}
		}
		return nil, []wanted{{x.Fun, w.calls + 1}}
	}
	return nil, more
}

// returnsOf are the return statements of fn itself.
func returnsOf(fn ast.Node) []*ast.ReturnStmt {
	body := bodyOf(fn)
	if body == nil {
		return nil
	}
	var rs []*ast.ReturnStmt
	ast.Inspect(body, func(n ast.Node) bool {
		if ret, ok := n.(*ast.ReturnStmt); ok {
			rs = append(rs, ret)
		}
		_, isLit := n.(*ast.FuncLit)
		return !isLit
	})
	return rs
}

// Returns are the expressions that fn returns as its i-th result.
func (f *Flow) Returns(fn ast.Node, i int) []ast.Expr {
	var xs []ast.Expr
	for _, ret := range returnsOf(fn) {
		switch {
		case i < len(ret.Results) && (len(ret.Results) > 1 || i == 0):
			xs = append(xs, ret.Results[i])
		case len(ret.Results) == 0:
			if name := resultName(fn, i); name != nil {
				xs = append(xs, name)
			}
		}
	}
	return xs
}

func resultName(fn ast.Node, i int) *ast.Ident {
	t := funcType(fn)
	if t == nil || t.Results == nil {
		return nil
	}
	for _, field := range t.Results.List {
		for _, name := range field.Names {
			if i == 0 {
				return name
			}
			i--
		}
	}
	return nil
}

// CallsOf are the calls of a function of this package, however it is reached.
func (f *Flow) CallsOf(fn ast.Node) []*ast.CallExpr { return f.callsOf(fn) }

// Enclosing is the function that call stands in: a declaration, a literal, or
// nil.
func (f *Flow) Enclosing(call *ast.CallExpr) ast.Node { return f.inside[call] }

// Parameter is the function that declares v as a parameter, and its index.
func (f *Flow) Parameter(v *types.Var) (fn ast.Node, i int, ok bool) {
	known := f.vars[v]
	if known == nil || known.param < 0 {
		return nil, 0, false
	}
	return known.fn, known.param, true
}

// Prepares is the argument of fn that is the text of a prepared statement
// which the call makes, by the sink table or by its shape.
func (f *Flow) Prepares(fn *types.Func) (arg int, ok bool) {
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
