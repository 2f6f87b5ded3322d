// Package sqlflow finds the SQL in a Go package: where text reaches PostgreSQL
// (sinks.txt, and wrappers of those), what text that can be, where each byte of
// it stands in the source, and what it runs on.
package sqlflow

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
)

// Query is one text that reaches PostgreSQL, and all the places where it does.
// A text that reaches no known sink has no Uses.
type Query struct {
	Text Text
	Mode Mode
	Uses []Use
}

// Use is one place where a text is run.
type Use struct {
	Node   ast.Node      // the call, or what the field is set by
	Call   *ast.CallExpr // nil for a field
	Handle Handle
	Sink   string // the function, as it is called: "pool.Exec"

	flow  *Flow
	from  int        // the first bound argument, -1 for none
	param *types.Var // what it is passed for, of a wrapper
	on    ast.Expr   // what it runs on, where the call shows it
}

// Flow is the SQL of one package.
type Flow struct {
	*evaluator
	Queries []*Query

	funcs   Funcs
	work    []site
	carried map[*types.Var]*carrier
	handles map[types.Object]Handle
	byText  map[textKey]*Query
	naming  map[types.Object][]*ast.Ident // once asked for
}

// site is an expression whose text is run.
type site struct {
	node  ast.Node
	call  *ast.CallExpr
	exprs []ast.Expr
	from  int
	carrier
}

// carrier is what is known of a parameter or field that carries SQL.
type carrier struct {
	mode   Mode
	format bool       // the text is a format
	handle Handle     // what it runs on
	via    *types.Var // …or the parameter that says so
	sink   string
	on     ast.Expr   // the expression whose value it runs on, nil where none is shown
	ons    []ast.Expr // of a parameter or field: all of them

	passed *types.Var // the parameter whose callers pass it on
	mixed  bool       // it runs on several handles
}

type textKey struct {
	at    any
	value string
	mode  Mode
}

// New traces the SQL of a package. funcs are further sinks.
func New(pass *analysis.Pass, in *inspector.Inspector, funcs Funcs) *Flow {
	f := &Flow{
		evaluator: newEvaluator(pass, newIndex(pass.TypesInfo, in)),
		funcs:     funcs,
		carried:   map[*types.Var]*carrier{},
		handles:   map[types.Object]Handle{},
		byText:    map[textKey]*Query{},
	}
	for _, call := range f.order {
		f.noteHandles(call)
	}
	for _, call := range f.order {
		f.sinks(call)
	}
	f.fieldSinks()
	for len(f.work) > 0 {
		s := f.work[0]
		f.work = f.work[1:]
		f.run(s)
	}
	f.unmix()
	f.export()
	return f
}

// sinks queues the SQL arguments of a call: of a function, or of the functions
// that a variable holds (exec := db.Exec).
func (f *Flow) sinks(call *ast.CallExpr) {
	switch callee := f.callee(call).(type) {
	case *types.Func:
		f.sinksOf(call, callee, call.Fun)
	case *types.Var:
		if sinks := sinksOf(callee); sinks != nil { // jet's Raw and its like
			if sig, ok := callee.Type().Underlying().(*types.Signature); ok {
				f.queue(call, call.Fun, sig, sinks)
			}
		}
		for _, held := range f.held[callee] {
			if fn, ok := f.function(held).(*types.Func); ok {
				f.sinksOf(call, fn, held)
			}
		}
	}
}

// sinksOf queues the SQL arguments of a call of fn, which it names as.
func (f *Flow) sinksOf(call *ast.CallExpr, fn *types.Func, as ast.Expr) {
	sinks := sinksOf(fn)
	if sinks == nil {
		sinks = f.funcs.Of(fn)
	}
	if sinks == nil {
		if s, ok := shapeSink(fn); ok {
			sinks = []Sink{s}
		}
	}
	f.queue(call, as, fn.Signature(), sinks)
	if sinks == nil && fn.Pkg() != f.pass.Pkg {
		f.imported(call, fn)
	}
}

// queue queues the arguments of a call that are the texts of sinks.
func (f *Flow) queue(call *ast.CallExpr, as ast.Expr, sig *types.Signature, sinks []Sink) {
	for _, s := range sinks {
		exprs := arguments(call, sig, s)
		if len(exprs) == 0 {
			continue
		}
		c := carrier{mode: s.Mode, sink: calledAs(call)}
		c.handle, c.via = f.runsOn(call, as)
		c.on = f.on(call, as)
		f.work = append(f.work, site{node: call, call: call, exprs: exprs, from: boundFrom(sig, s), carrier: c})
	}
}

// arguments are the arguments of a call that are the text of a sink.
func arguments(call *ast.CallExpr, sig *types.Signature, s Sink) []ast.Expr {
	if s.Arg >= len(call.Args) {
		return nil
	}
	if s.All && sig.Variadic() && s.Arg == sig.Params().Len()-1 {
		return call.Args[s.Arg:]
	}
	return call.Args[s.Arg : s.Arg+1]
}

// calledAs is how a call names its function.
func calledAs(call *ast.CallExpr) string {
	s := types.ExprString(call.Fun)
	if len(s) > 60 || strings.ContainsAny(s, "\n{") {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			return sel.Sel.Name
		}
	}
	return s
}

// fieldSinks queues what is put into fields that libraries run, or that facts
// say carry SQL.
func (f *Flow) fieldSinks() {
	var fields []*types.Var
	for v, known := range f.vars {
		if v.IsField() && len(known.defs) > 0 {
			fields = append(fields, v)
		}
	}
	slices.SortFunc(fields, func(v, w *types.Var) int {
		return cmp.Or(cmp.Compare(f.vars[v].defs[0].node.Pos(), f.vars[w].defs[0].node.Pos()), cmp.Compare(v.Name(), w.Name()))
	})
	for _, v := range fields {
		known, c := f.vars[v], carrier{sink: v.Name()}
		var fact CarriesSQL
		if s, ok := fieldSinkOf(v); ok {
			c.mode = s.Mode
		} else if v.Pkg() != f.pass.Pkg && f.pass.ImportObjectFact(v, &fact) {
			c.mode, c.format, c.handle = fact.Mode, fact.Format, fact.Handle
		} else {
			continue
		}
		f.carried[v] = &c
		for _, d := range known.defs {
			f.work = append(f.work, site{node: d.node, exprs: []ast.Expr{d.expr}, from: -1, carrier: c})
		}
	}
}

// run evaluates a site: each text is a query, each parameter in it makes sites
// of the calls that fill it.
func (f *Flow) run(s site) {
	for _, x := range s.exprs {
		if s.mode == Files {
			for _, fsys := range f.fileSystems(x) {
				for _, t := range f.files.under(fsys.v, f.directory(s, fsys)) {
					f.query(t, s)
				}
			}
			continue
		}
		for _, t := range f.collection(x) {
			if s.format {
				t = f.formatted(t.asFormat(), f.formatArgs(s), s.call != nil && s.call.Ellipsis.IsValid())
			}
			if s.mode == Channel {
				f.query(t, s) // the call listens, whatever the channel
				continue
			}
			for _, p := range t.params() {
				c := s.carrier
				c.format = p.format
				f.carry(p.param, c)
			}
			if !t.IsHole() {
				f.query(t, s)
			}
		}
	}
}

// formatArgs are the arguments that a format is followed by.
func (f *Flow) formatArgs(s site) []ast.Expr {
	if s.call == nil || len(s.exprs) != 1 {
		return nil
	}
	if i := slices.Index(s.call.Args, s.exprs[0]); i >= 0 {
		return s.call.Args[i+1:]
	}
	return nil
}

// directory is the folder of a file system that a call names beside it.
func (f *Flow) directory(s site, fsys fileSystem) string {
	if s.call == nil {
		return fsys.dir
	}
	for _, arg := range s.call.Args {
		if dir, ok := f.known(arg); ok && isString(typeOf(f.info, arg)) {
			if sub := strings.TrimPrefix(fsys.dir+"/"+dir, "./"); len(f.files.under(fsys.v, sub)) > 0 {
				return sub
			}
		}
	}
	return fsys.dir
}

// query notes a text at a site.
func (f *Flow) query(t Text, s site) {
	key := textKey{at: f.origin(t), value: t.Value, mode: s.mode}
	q := f.byText[key]
	if q == nil {
		q = &Query{Text: t, Mode: s.mode}
		f.byText[key] = q
		f.Queries = append(f.Queries, q)
	}
	if len(q.Uses) < maxUses {
		q.Uses = append(q.Uses, Use{Node: s.node, Call: s.call, Handle: s.handle, Sink: s.sink, flow: f, from: s.from, param: s.passed, on: s.on})
	}
}

// Cut reports whether q has uses that were left out of Uses.
func (q *Query) Cut() bool { return len(q.Uses) == maxUses }

// origin identifies where a text comes from: a constant of another package is
// one origin however often it is named.
func (f *Flow) origin(t Text) any {
	if file := t.File(0); file != nil {
		return file.file
	}
	if x, ok := t.node().(ast.Expr); ok {
		if c, ok := f.object(x).(*types.Const); ok {
			return c
		}
	}
	return t.node()
}
