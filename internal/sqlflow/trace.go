// Package sqlflow finds the SQL in a Go package: where text reaches PostgreSQL
// (what internal/library says, and wrappers of it), what text that can be, where
// each byte of it stands in the source, and what it runs on.
package sqlflow

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/shuffle"
	"github.com/poolvet/poolvet/internal/text"
)

// Query is one text that reaches PostgreSQL, and all the places where it does.
// A text that reaches no known sink has no Uses.
type Query struct {
	Text text.Text
	Mode Mode
	Uses []Use
}

// Analysis is what q's text does to the session, nil where it has no word of
// that.
func (q *Query) Analysis() *session.Analysis {
	switch {
	case !session.Gate(q.Text.Value):
		return nil
	case q.Mode == Fragment:
		return session.AnalyzeFragment(q.Text.Value)
	}
	return session.Analyze(q.Text.Value)
}

// Use is one place where a text is run.
type Use struct {
	Node   ast.Node      // the call, or what the field is set by
	Call   *ast.CallExpr // nil for a field
	Handle Handle

	sql  *SQL
	from int        // the first bound argument, -1 for none
	ons  []ast.Expr // what it runs on, as far as calls show it
}

// SQL is the SQL of one package.
type SQL struct {
	Flow    *eval.Evaluator
	Queries []*Query

	funcs   Funcs
	sites   []site
	carried map[*types.Var]*carried
	handles map[types.Object]Handle
	byText  map[textKey]*Query
	ways    map[ast.Node]*waysOut
	begun   map[variableIn]begun
	index   *found
}

// site is an expression whose text is run.
type site struct {
	node  ast.Node
	call  *ast.CallExpr
	exprs []ast.Expr
	from  int
	as    role
	on    runsOn
	ons   []ast.Expr // the expressions whose value it runs on, none where none is shown
}

// compare is the order of the source: of the texts, of the calls that end
// behind them, and of what they are there.
func (s site) compare(t site) int {
	x, y := s.exprs[0], t.exprs[0]
	return cmp.Or(cmp.Compare(x.Pos(), y.Pos()), cmp.Compare(x.End(), y.End()), cmp.Compare(s.node.End(), t.node.End()), s.as.compare(t.as))
}

type textKey struct {
	at    any
	value string
	mode  Mode
}

// New traces the SQL of a package. funcs are further sinks.
func New(pass *analysis.Pass, in *inspector.Inspector, funcs Funcs) *SQL {
	var f *SQL
	eval.Within(pass, in, session.Gate, func(values *eval.Evaluator) {
		f = &SQL{
			Flow:    values,
			funcs:   funcs,
			carried: map[*types.Var]*carried{},
			handles: map[types.Object]Handle{},
			begun:   map[variableIn]begun{},
			byText:  map[textKey]*Query{},
		}
		f.trace()
	})
	f.export()
	return f
}

func (f *SQL) trace() {
	calls := slices.Clone(f.Flow.Calls())
	shuffle.Slice(calls)
	for _, call := range calls {
		f.noteHandles(call)
	}
	for _, call := range calls {
		f.sinks(call)
	}
	f.fieldSinks()
	f.spread()
	sites := append(f.sites, f.passing()...)
	slices.SortStableFunc(sites, site.compare)
	for _, s := range sites {
		for _, t := range f.textsAt(s) {
			if s.as.mode == Channel || !t.IsHole() { // a call listens, whatever the channel
				f.query(t, s)
			}
		}
	}
}

// sinks queues the SQL arguments of a call: of a function, or of the functions
// that a variable holds (exec := db.Exec).
func (f *SQL) sinks(call *ast.CallExpr) {
	switch callee := f.Flow.Target(call).(type) {
	case *types.Func:
		f.sinksOf(call, callee, call.Fun)
	case *types.Var:
		if sinks := sinksOf(callee); sinks != nil { // jet's Raw and its like
			if sig, ok := callee.Type().Underlying().(*types.Signature); ok {
				f.queue(call, call.Fun, sig, sinks)
			}
		}
		for _, held := range f.Flow.Given[callee] {
			if fn, ok := f.Flow.FuncNamed(held).(*types.Func); ok {
				f.sinksOf(call, fn, held)
			}
		}
	}
}

// sinksOf queues the SQL arguments of a call of fn, which it names as.
func (f *SQL) sinksOf(call *ast.CallExpr, fn *types.Func, as ast.Expr) {
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
	if sinks == nil && fn.Pkg() != f.Flow.Pass.Pkg {
		f.imported(call, fn)
	}
}

// queue queues the arguments of a call that are the texts of sinks.
func (f *SQL) queue(call *ast.CallExpr, as ast.Expr, sig *types.Signature, sinks []Sink) {
	for _, s := range sinks {
		exprs := arguments(call, sig, s)
		if len(exprs) == 0 {
			continue
		}
		f.sites = append(f.sites, site{
			node: call, call: call, exprs: exprs, from: boundFrom(sig, s),
			as: role{mode: s.Mode}, on: f.runsOn(call, as), ons: f.shown(call, as),
		})
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

// fieldSinks queues what is put into fields that libraries run, or that facts
// say carry SQL.
func (f *SQL) fieldSinks() {
	var fields []*types.Var
	for v, known := range f.Flow.Vars {
		if v.IsField() && len(known.Defs) > 0 {
			fields = append(fields, v)
		}
	}
	slices.SortFunc(fields, func(v, w *types.Var) int {
		return cmp.Or(cmp.Compare(f.Flow.Vars[v].Defs[0].Node.Pos(), f.Flow.Vars[w].Defs[0].Node.Pos()), cmp.Compare(v.Name(), w.Name()))
	})
	shuffle.Slice(fields)
	for _, v := range fields {
		var as role
		var on runsOn
		var fact CarriesSQL
		if s, ok := fieldSinkOf(v); ok {
			as.mode = s.Mode
		} else if v.Pkg() != f.Flow.Pass.Pkg && f.Flow.Pass.ImportObjectFact(v, &fact) {
			as, on = role{fact.Mode, fact.Format}, runsOn{handle: fact.Handle}
		} else {
			continue
		}
		f.carry(v, as, on, nil)
		for _, d := range f.Flow.Vars[v].Defs {
			if d.Expr != nil { // not of a builder's Reset
				f.sites = append(f.sites, site{node: d.Node, exprs: []ast.Expr{d.Expr}, from: -1, as: as, on: on})
			}
		}
	}
}

// textsAt are the texts that are run at a site.
func (f *SQL) textsAt(s site) []text.Text {
	var ts []text.Text
	for _, x := range s.exprs {
		if s.as.mode == Files {
			for _, fsys := range f.Flow.FileSystems(x) {
				ts = append(ts, f.Flow.Files.Under(fsys.V, f.directory(s, fsys))...)
			}
			continue
		}
		for _, t := range f.Flow.AllTexts(x) {
			if s.as.format {
				ts = append(ts, f.Flow.Formatted(t.AsFormat(), f.formatArgs(s), s.call != nil && s.call.Ellipsis.IsValid())...)
			} else {
				ts = append(ts, t)
			}
		}
	}
	return ts
}

// formatArgs are the arguments that a format is followed by.
func (f *SQL) formatArgs(s site) []ast.Expr {
	if s.call == nil || len(s.exprs) != 1 {
		return nil
	}
	if i := slices.Index(s.call.Args, s.exprs[0]); i >= 0 {
		return s.call.Args[i+1:]
	}
	return nil
}

// directory is the folder of a file system that a call names beside it.
func (f *SQL) directory(s site, fsys eval.FileSystem) string {
	if s.call == nil {
		return fsys.Dir
	}
	for _, arg := range s.call.Args {
		if dir, ok := f.Flow.OneText(arg); ok && flow.IsString(flow.TypeOf(f.Flow.Info, arg)) {
			if sub := strings.TrimPrefix(fsys.Dir+"/"+dir, "./"); len(f.Flow.Files.Under(fsys.V, sub)) > 0 {
				return sub
			}
		}
	}
	return fsys.Dir
}

// maxUses is how many uses are kept of one text.
const maxUses = 100

// query notes a text at a site.
func (f *SQL) query(t text.Text, s site) {
	key := textKey{at: f.origin(t), value: t.Value, mode: s.as.mode}
	q := f.byText[key]
	if q == nil {
		q = &Query{Text: t, Mode: s.as.mode}
		f.byText[key] = q
		f.Queries = append(f.Queries, q)
	}
	if len(q.Uses) < maxUses {
		q.Uses = append(q.Uses, Use{Node: s.node, Call: s.call, Handle: s.on.handle, sql: f, from: s.from, ons: s.ons})
	}
}

// Cut reports whether q has uses that were left out of Uses.
func (q *Query) Cut() bool { return len(q.Uses) == maxUses }

// origin identifies where a text comes from: a constant of another package is
// one origin however often it is named.
func (f *SQL) origin(t text.Text) any {
	if file := t.File(0); file != nil {
		return file.Source
	}
	if x, ok := t.First().(ast.Expr); ok {
		if c, ok := f.Flow.ObjectOf(x).(*types.Const); ok {
			return c
		}
	}
	return t.First()
}
