package handle

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/config"
	"github.com/poolvet/poolvet/internal/dialect"
	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Opened tells for which database handles were opened: it follows them to the
// driver's name, the connector or the dialect that they are made with.
type Opened struct {
	values    *config.Values
	pass      *analysis.Pass
	sql       *sqlflow.SQL
	flow      *eval.Evaluator
	info      *types.Info
	callbacks map[ast.Node]*ast.CallExpr // of functions that are arguments: the call that gets them
}

// NewOpened prepares to follow the handles of a package.
func NewOpened(pass *analysis.Pass, sql *sqlflow.SQL) *Opened {
	o := &Opened{
		values: config.New(pass, sql.Flow, nil), pass: pass, sql: sql, flow: sql.Flow, info: pass.TypesInfo,
		callbacks: map[ast.Node]*ast.CallExpr{},
	}
	for _, call := range sql.Flow.Calls() {
		for _, arg := range call.Args {
			if _, isFunc := typeUnder(o.info, arg).(*types.Signature); isFunc {
				for _, fn := range sql.Flow.Functions(arg) {
					o.callbacks[fn] = call
				}
			}
		}
	}
	return o
}

// givers are the calls that get a function of which a parameter is among what
// holds a handle: pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error …).
func (o *Opened) givers(held map[*types.Var]bool) (calls []*ast.CallExpr) {
	for v := range held {
		if fn, _, ok := o.flow.Parameter(v); ok && o.callbacks[fn] != nil {
			calls = append(calls, o.callbacks[fn])
		}
	}
	slices.SortFunc(calls, func(a, b *ast.CallExpr) int { return cmp.Compare(a.Pos(), b.Pos()) })
	return slices.Compact(calls)
}

// Use is the dialect of what a text runs on.
func (o *Opened) Use(u sqlflow.Use) dialect.Dialect { return o.of(u.Call, u.On()) }

// Call is the dialect of what a call runs on.
func (o *Opened) Call(call *ast.CallExpr) dialect.Dialect {
	return o.of(call, []ast.Expr{o.sql.On(call)})
}

func (o *Opened) of(call *ast.CallExpr, ons []ast.Expr) dialect.Dialect {
	e := &trace{Opened: o, exprs: map[ast.Expr]bool{}, fields: map[*types.Var]bool{}}
	if call == nil || !e.dialectArgument(call) {
		for _, on := range ons {
			e.handle(on, true)
		}
		if call != nil {
			e.promoted(call)
		}
	}
	switch {
	case e.found[dialect.Postgres] == e.found[dialect.Other]: // none, or a handle of both
		return dialect.None
	case e.found[dialect.Postgres]:
		return dialect.Postgres
	case e.open: // "sqlite3", unless the environment or a caller says otherwise
		return dialect.None
	}
	return dialect.Other
}

// trace goes back from one handle, and gathers what it can be opened for.
type trace struct {
	*Opened
	found  [3]bool // by dialect.Dialect
	exprs  map[ast.Expr]bool
	fields map[*types.Var]bool
	hits   int  // how often something told a dialect
	open   bool // it may also be opened where that is not seen
	inner  bool // of a driver that is registered: names are not followed again
}

// note notes d, and reports whether it is one.
func (e *trace) note(d dialect.Dialect) bool {
	e.found[d] = true
	if d != dialect.None {
		e.hits++
	}
	return d != dialect.None
}

// handle follows a handle, or a part that one is made of: that need not tell.
func (e *trace) handle(x ast.Expr, whole bool) {
	if x == nil {
		return
	}
	if e.exprs[x] {
		e.hits++ // it has told what it can
		return
	}
	e.exprs[x] = true
	if e.note(dialect.OfType(e.info.TypeOf(x))) {
		return
	}
	from := e.values.Origin(x)
	for _, m := range from.Made {
		hits := e.hits
		switch m := m.(type) {
		case *ast.CallExpr:
			e.made(m, whole)
			e.open = e.open || whole && e.hits == hits
		case *ast.CompositeLit: // what it embeds tells, see promoted
			e.literal(m)
		}
	}
	givers := e.givers(from.Held)
	for _, call := range givers {
		e.made(call, whole)
	}
	e.open = e.open || whole && from.Unknown && len(givers) == 0
}

// made reads a call that makes a handle: sql.Open("mysql", …),
// sql.OpenDB(connector), sqlx.NewDb(db, "sqlite3"), mysql.Open(dsn), db.Begin().
func (e *trace) made(call *ast.CallExpr, whole bool) {
	if e.exprs[call.Fun] {
		e.hits++
		return
	}
	e.exprs[call.Fun] = true
	if e.dialectArgument(call) {
		return
	}
	fn := e.flow.Callee(call)
	if fn == nil || fn.Pkg() == nil || e.note(dialect.OfImport(fn.Pkg().Path())) {
		return
	}
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && fn.Signature().Recv() != nil {
		e.handle(sel.X, whole)
		e.promoted(call)
	}
	for _, arg := range call.Args {
		if canHold(e.info.TypeOf(arg)) {
			e.handle(arg, false)
		}
	}
}

// dialectArgument reads the name that a call gets of a driver or a dialect,
// and reports whether there is one that is known.
func (e *trace) dialectArgument(call *ast.CallExpr) bool {
	fn := e.flow.Callee(call)
	if fn == nil || fn.Pkg() == e.pass.Pkg {
		return false
	}
	known := false
	params := fn.Signature().Params()
	for i := 0; i < params.Len() && i < len(call.Args); i++ {
		if p := params.At(i); flow.IsString(p.Type()) && dialect.NamesDialect(p.Name()) {
			known = e.name(call.Args[i]) || known
		}
	}
	return known
}

// name notes the dialects that a name can stand for, and reports whether there
// are any: what it is itself, or what a parameter is given.
func (e *trace) name(x ast.Expr) bool {
	if e.exprs[x] {
		return false
	}
	e.exprs[x] = true
	known := false
	for _, name := range e.values.Names(x) {
		known = e.note(e.driverNamed(name)) || known
	}
	if v, ok := e.flow.ObjectOf(x).(*types.Var); ok && !v.IsField() {
		for _, t := range e.flow.AllTexts(x) {
			e.open = e.open || known && t.IsHole()
		}
		if fn, i, ok := e.flow.Parameter(v); ok {
			for _, call := range e.flow.CallsOf(fn) {
				if i < len(call.Args) {
					known = e.name(call.Args[i]) || known
				}
			}
		}
	}
	return known
}

// driverNamed is the dialect of a driver's name, which the package may have
// given itself.
func (e *trace) driverNamed(name string) dialect.Dialect {
	if e.inner {
		return dialect.Named(name)
	}
	for _, call := range e.flow.Calls() {
		fn := e.flow.Callee(call)
		if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != library.SQLPath || fn.Name() != "Register" || len(call.Args) != 2 {
			continue
		}
		for _, t := range e.flow.AllTexts(call.Args[0]) {
			if t.Value == name {
				inner := &trace{Opened: e.Opened, exprs: map[ast.Expr]bool{}, fields: map[*types.Var]bool{}, inner: true}
				inner.handle(call.Args[1], false)
				switch {
				case inner.found[dialect.Postgres]:
					return dialect.Postgres
				case inner.found[dialect.Other]:
					return dialect.Other
				}
			}
		}
	}
	return dialect.Named(name)
}

// literal reads a struct that is a handle, a connector or a dialect.
func (e *trace) literal(lit *ast.CompositeLit) {
	t := e.info.TypeOf(lit)
	if named := flow.NamedOf(t); named != nil && e.note(dialect.OfType(t)) {
		return
	} else if named != nil && named.Obj().Pkg() != e.pass.Pkg && dialect.NamesDialect(named.Obj().Name()) {
		e.note(dialect.Named(named.Obj().Name())) // gorp.MySQLDialect{}
		return
	}
	st := flow.StructOf(t)
	if st == nil {
		return
	}
	for i, elt := range lit.Elts {
		name, value := "", elt
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			id, _ := kv.Key.(*ast.Ident)
			if id == nil {
				continue
			}
			name, value = id.Name, kv.Value
		} else if i < st.NumFields() {
			name = st.Field(i).Name()
		}
		switch vt := e.info.TypeOf(value); {
		case vt == nil:
		case flow.IsString(vt) && dialect.NamesDialect(name):
			e.name(value)
		case canHold(vt):
			e.handle(value, false)
		}
	}
}

// promoted follows the field that a method is promoted from: db.Exec of a
// struct that embeds *sql.DB.
func (e *trace) promoted(call *ast.CallExpr) {
	for _, f := range embeddedFor(e.info, call) {
		if e.note(dialect.OfType(f.Type())) || e.fields[f] {
			return
		}
		e.fields[f] = true
		for _, d := range e.flow.ValuesOf(f) {
			e.handle(d.Expr, true)
		}
	}
}

// canHold: a handle, a connector or a dialect has methods.
func canHold(t types.Type) bool {
	if t == nil || flow.IsNamed(t, "context.Context") || flow.IsString(t) {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer, *types.Struct:
		return true
	case *types.Interface:
		return u.NumMethods() > 0 && !types.Identical(t, types.Universe.Lookup("error").Type())
	}
	return false
}

func typeUnder(info *types.Info, x ast.Expr) types.Type {
	if t := info.TypeOf(x); t != nil {
		return t.Underlying()
	}
	return nil
}
