// Package sqlflow finds the SQL in a Go package: where text reaches PostgreSQL
// (sinks.txt, and wrappers of those), what text that can be, where each byte of
// it stands in the source, and what it runs on.
package sqlflow

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
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

	flow *Flow
	from int // the first bound argument, -1 for none
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
}

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
	f.export()
	return f
}

// noteHandles notes the parameters of callbacks that get a handle.
func (f *Flow) noteHandles(call *ast.CallExpr) {
	fn, ok := f.callee(call).(*types.Func)
	if !ok {
		return
	}
	arg, h, ok := callbackHandle(fn)
	if !ok || arg >= len(call.Args) {
		return
	}
	lit, ok := ast.Unparen(call.Args[arg]).(*ast.FuncLit)
	if !ok {
		return
	}
	for _, field := range lit.Type.Params.List {
		for _, name := range field.Names {
			if v := f.info.Defs[name]; v != nil && !isContext(v.Type()) {
				f.handles[v] = h
			}
		}
	}
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
		if known := f.vars[callee]; known != nil {
			for _, d := range known.defs {
				if fn, ok := f.function(d.expr).(*types.Func); ok {
					f.sinksOf(call, fn, d.expr)
				}
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
		f.work = append(f.work, site{node: call, call: call, exprs: exprs, from: boundFrom(sig, s), carrier: c})
	}
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
		f.work = append(f.work, site{
			node: call, call: call, exprs: arguments(call, fn.Signature(), s), from: boundFrom(fn.Signature(), Sink{Arg: i}), carrier: c,
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

// runsOn is what a call of the function named as runs on: its receiver, else the first argument that is
// a handle.
func (f *Flow) runsOn(call *ast.CallExpr, as ast.Expr) (Handle, *types.Var) {
	if sel, ok := ast.Unparen(as).(*ast.SelectorExpr); ok {
		if _, isPkg := f.object(sel.X).(*types.PkgName); !isPkg {
			return f.handle(sel.X)
		}
	}
	for _, arg := range call.Args {
		if h, via := f.handle(arg); h != UnknownHandle || via != nil && hasMethods(via.Type()) {
			return h, via
		}
	}
	return UnknownHandle, nil
}

func hasMethods(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.NumMethods() > 0 && !isContext(t)
}

// handle is what x is to run on, or the parameter that will say so.
func (f *Flow) handle(x ast.Expr) (Handle, *types.Var) {
	x = ast.Unparen(x)
	switch x := x.(type) {
	case *ast.Ident:
		if v, ok := f.info.ObjectOf(x).(*types.Var); ok {
			if h, ok := f.handles[v]; ok {
				return h, nil
			}
			h := handleOf(v.Type())
			if known := f.vars[v]; h == UnknownHandle && known != nil && known.param >= 0 {
				return h, v
			}
			return h, nil
		}
	case *ast.CallExpr:
		if fn, ok := f.callee(x).(*types.Func); ok {
			if h := resultHandle(fn); h != UnknownHandle {
				return h, nil
			}
			// A chain such as tx.WithContext(ctx).Raw(…) stays on what it began with.
			if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok && handleOf(f.info.TypeOf(x)) == UnknownHandle &&
				types.Identical(typeOf(f.info, sel.X), typeOf(f.info, x)) {
				return f.handle(sel.X)
			}
		}
	}
	if t := f.info.TypeOf(x); t != nil {
		return handleOf(t), nil
	}
	return UnknownHandle, nil
}

func typeOf(info *types.Info, x ast.Expr) types.Type {
	if t := info.TypeOf(x); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

// fieldSinks queues what is put into fields that libraries run, or that facts
// say carry SQL.
func (f *Flow) fieldSinks() {
	for v, known := range f.vars {
		if !v.IsField() || len(known.defs) == 0 {
			continue
		}
		c := carrier{sink: v.Name()}
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

// carry notes that what fills v is SQL, and queues what does.
func (f *Flow) carry(v *types.Var, c carrier) {
	if old := f.carried[v]; old != nil {
		if old.handle != c.handle || old.via != c.via {
			old.handle, old.via = UnknownHandle, nil
		}
		if old.format == c.format || old.format {
			return
		}
		old.format = c.format
	} else {
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
	c.sink = calledAs(call)
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
	recv := m.Signature().Recv()
	if recv == nil {
		return nil
	}
	t := recv.Type()
	if _, ok := t.(*types.Pointer); !ok {
		t = types.NewPointer(t)
	}
	var ms []*types.Func
	for key := range f.calls {
		im, ok := key.(*types.Func)
		if !ok || im.Name() != m.Name() || im == m || im.Signature().Recv() == nil {
			continue
		}
		iface, ok := im.Signature().Recv().Type().Underlying().(*types.Interface)
		if ok && types.Implements(t, iface) {
			ms = append(ms, im)
		}
	}
	slices.SortFunc(ms, func(a, b *types.Func) int { return int(a.Pos() - b.Pos()) })
	return ms
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
		q.Uses = append(q.Uses, Use{Node: s.node, Call: s.call, Handle: s.handle, Sink: s.sink, flow: f, from: s.from})
	}
}

// maxUses bounds the uses kept of one text.
const maxUses = 100

// origin identifies where a text comes from: a constant of another package is
// one origin however often it is named.
func (f *Flow) origin(t Text) any {
	switch n := t.node().(type) {
	case nil:
		return nil
	case ast.Expr:
		if c, ok := f.object(n).(*types.Const); ok {
			return c
		}
	}
	if file := t.File(0); file != nil {
		return file.file
	}
	return t.node()
}

// Bound returns the constant that is bound to a placeholder of the text:
// "1" for the first, or a name.
func (u Use) Bound(param string) (string, bool) {
	if u.Call == nil || u.from < 0 || u.from > len(u.Call.Args) {
		return "", false
	}
	args := u.flow.bound(u.Call, u.from)
	if n, err := strconv.Atoi(param); err == nil {
		if n < 1 || n > len(args) {
			return "", false
		}
		return u.flow.value(args[n-1])
	}
	for _, arg := range args {
		if v, ok := u.flow.namedArg(arg, param); ok {
			return u.flow.value(v)
		}
	}
	return "", false
}

// BoundExpr is the argument bound to the n-th placeholder, or nil.
func (u Use) BoundExpr(n int) ast.Expr {
	if u.Call == nil || u.from < 0 || u.from > len(u.Call.Args) {
		return nil
	}
	if args := u.flow.bound(u.Call, u.from); n >= 1 && n <= len(args) {
		return args[n-1]
	}
	return nil
}

// bound are the values that a call binds, without pgx's options before them.
func (f *Flow) bound(call *ast.CallExpr, from int) []ast.Expr {
	args := call.Args[from:]
	if len(args) == 1 && call.Ellipsis.IsValid() || len(args) == 1 && isAnySlice(typeOf(f.info, args[0])) {
		if lit := f.composite1(args[0]); lit != nil {
			args = lit.Elts
		}
	}
	for len(args) > 0 {
		named := namedOf(typeOf(f.info, args[0]))
		if named == nil || named.Obj().Pkg() == nil || !strings.HasPrefix(named.Obj().Name(), "Query") ||
			!strings.HasPrefix(named.Obj().Pkg().Path(), "github.com/jackc/pgx/") {
			break
		}
		args = args[1:]
	}
	return args
}

// namedArg is the value of name in pgx.NamedArgs, a map or sql.Named.
func (f *Flow) namedArg(arg ast.Expr, name string) (ast.Expr, bool) {
	switch x := ast.Unparen(arg).(type) {
	case *ast.CallExpr:
		if fn, ok := f.callee(x).(*types.Func); ok && fn.Name() == "Named" && len(x.Args) == 2 {
			if n, ok := f.known(x.Args[0]); ok && n == name {
				return x.Args[1], true
			}
		}
		return nil, false
	}
	lit := f.composite1(arg)
	if lit == nil {
		return nil, false
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if n, ok := f.known(kv.Key); ok && n == name {
				return kv.Value, true
			}
		}
	}
	return nil, false
}

// value is a constant as SQL text has it.
func (f *Flow) value(x ast.Expr) (string, bool) {
	if v := f.info.Types[x].Value; v != nil {
		if v.Kind() == constant.String {
			return constant.StringVal(v), true
		}
		return v.ExactString(), true
	}
	if isString(typeOf(f.info, x)) {
		return f.known(x)
	}
	return "", false
}

// export makes facts of the parameters and fields of this package that carry
// SQL, so that packages that import it know.
func (f *Flow) export() {
	for v, c := range f.carried {
		if v.Pkg() != f.pass.Pkg || c.mode == Files {
			continue
		}
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
			f.exportInterfaces(decl, known.param, fact)
		}
	}
}

// exportInterfaces makes the fact also for the interfaces of this package that
// declare the method.
func (f *Flow) exportInterfaces(decl *ast.FuncDecl, param int, fact *CarriesSQL) {
	m, ok := f.info.Defs[decl.Name].(*types.Func)
	if !ok || m.Signature().Recv() == nil {
		return
	}
	t := m.Signature().Recv().Type()
	if _, ok := t.(*types.Pointer); !ok {
		t = types.NewPointer(t)
	}
	scope := f.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		iface, ok := tn.Type().Underlying().(*types.Interface)
		if !ok || iface.NumMethods() == 0 || !types.Implements(t, iface) {
			continue
		}
		for im := range iface.Methods() {
			if im.Name() == m.Name() && im.Pkg() == f.pass.Pkg {
				f.pass.ExportObjectFact(im.Signature().Params().At(param), fact)
			}
		}
	}
}

// Loose are the texts that reach no sink that is known: what constants and
// variables of this package hold, and the .sql files that it embeds.
func (f *Flow) Loose() []Text {
	seen := map[ast.Node]bool{}
	for _, q := range f.Queries {
		for _, p := range q.Text.pieces {
			seen[p.node] = true
		}
	}
	var ts []Text
	add := func(x ast.Expr) {
		if x == nil {
			return
		}
		if tv := f.info.Types[x]; tv.Value == nil || tv.Value.Kind() != constant.String {
			return
		}
		for _, t := range f.texts(x) {
			if !slices.ContainsFunc(t.pieces, func(p piece) bool { return seen[p.node] }) {
				ts = append(ts, t)
			}
		}
	}
	for _, x := range f.consts {
		add(x)
	}
	for _, v := range f.vars {
		for _, d := range v.defs {
			if d.kind == defValue {
				add(d.expr)
			}
		}
	}
	// Of a file system that is read as far as can be seen, the rest is not run.
	for v, embed := range f.files.patterns {
		if !slices.ContainsFunc(f.Queries, func(q *Query) bool { return q.Text.embeddedBy(embed.name) }) {
			ts = append(ts, f.files.under(v, ".")...)
		}
	}
	slices.SortFunc(ts, func(a, b Text) int { return cmp.Or(cmp.Compare(pos(a), pos(b)), cmp.Compare(a.Value, b.Value)) })
	return slices.CompactFunc(ts, Text.same)
}

func (t Text) embeddedBy(name *ast.Ident) bool {
	return slices.ContainsFunc(t.pieces, func(p piece) bool { return p.file != nil && p.file.Pattern == name })
}

func pos(t Text) token.Pos {
	if n := t.node(); n != nil {
		return n.Pos()
	}
	return token.NoPos
}
