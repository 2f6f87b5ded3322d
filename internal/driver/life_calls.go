package driver

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// Methods of handles by what they do to one: nothing that a mode has a say in,
// give another handle, begin a transaction.
var (
	idle = keySet(`Close Ping PingContext SetMaxOpenConns SetMaxIdleConns SetConnMaxLifetime SetConnMaxIdleTime Stats Stat
		Config Reset Driver DriverName IsClosed TypeMap ConnInfo PgConn Release Commit Rollback MapperFunc Rebind BindNamed
		WaitForNotification Deallocate DeallocateAll
		Prepare PrepareContext Preparex PreparexContext PrepareNamed PrepareNamedContext
		Stmt StmtContext Stmtx StmtxContext NamedStmt NamedStmtContext`)
	gives     = keySet("Conn Connx Acquire Hijack Unsafe")
	beginsTx  = keySet("Begin BeginTx Beginx BeginTxx MustBegin MustBeginTx")
	callbacks = map[string]bool{"AcquireFunc": false, "BeginFunc": true, "BeginTxFunc": true} // in a transaction?
)

// handlePackages are the packages whose methods of these names are meant.
var handlePackages = keySet(sqlPath + " " + sqlxPath + " " + vinovestPath + " " +
	pgx5Path + " " + pgx5Path + "/pgxpool " + pgx4Path + " " + pgx4Path + "/pgxpool")

// selected follows x.Sel, where x is the handle: a method that is called, or
// another handle that it holds.
func (l *life) selected(sel *ast.SelectorExpr, tx bool) {
	if f, ok := l.object(sel).(*types.Var); ok && f.IsField() {
		if f.Embedded() { // sqlx's db.DB
			l.value(sel, 0, tx)
		}
		return
	}
	fun := ast.Expr(sel)
	for {
		p, ok := l.parentOf(fun).(*ast.ParenExpr)
		if !ok {
			break
		}
		fun = p
	}
	call, ok := l.parentOf(fun).(*ast.CallExpr)
	if !ok || call.Fun != fun {
		l.unseen = true
		return
	}
	l.method(call, tx)
}

// method follows a call of a method of the handle.
func (l *life) method(call *ast.CallExpr, tx bool) {
	fn := l.flow.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg() != l.pass.Pkg && !handlePackages[fn.Pkg().Path()] {
		l.unseen = true
		return
	}
	inTx, isCallback := callbacks[fn.Name()]
	switch name := fn.Name(); {
	case idle[name]:
		l.opaque = l.opaque || strings.Contains(name, "Prepare") || strings.Contains(name, "Stmt") || name == "PgConn"
	case gives[name]:
		l.value(call, 0, tx)
	case beginsTx[name]:
		l.value(call, 0, true)
	case isCallback && len(call.Args) > 0:
		l.callback(call.Args[len(call.Args)-1], tx || inTx)
	case name == "SendBatch":
		l.uses = append(l.uses, use{call: call, batch: true, tx: tx})
	case name == "CopyFrom":
		l.uses = append(l.uses, use{call: call, copy: true, tx: tx})
	case name == "LoadType", name == "LoadTypes", name == "LargeObjects":
		l.uses = append(l.uses, use{call: call, rows: true, args: true, tx: tx})
	default:
		if !l.runs(call, tx) {
			l.unseen = true
		}
	}
}

// runs notes a call that runs SQL on the handle.
func (l *life) runs(call *ast.CallExpr, tx bool) bool {
	r, ok := l.sql.Runs(call)
	if ok {
		l.uses = append(l.uses, use{call: call, rows: r.Rows, args: r.Binds, tx: tx, mode: l.hasMode(call)})
	}
	return ok
}

// hasMode reports whether a query has a mode of its own.
func (l *life) hasMode(call *ast.CallExpr) bool {
	return slices.ContainsFunc(l.modesGiven(), func(x ast.Expr) bool { return l.queryOf(x) == call }) ||
		slices.ContainsFunc(call.Args, func(x ast.Expr) bool { return isNamed(l.info.TypeOf(x), pgx4Path+".QuerySimpleProtocol") })
}

// callback follows the handle that a function gets as its first parameter.
func (l *life) callback(x ast.Expr, tx bool) {
	fns := l.flow.Functions(x)
	l.unseen = l.unseen || len(fns) == 0
	for _, fn := range fns {
		if t := typeOfFunc(fn); t == nil || len(t.Params.List) == 0 || len(t.Params.List[0].Names) == 0 {
			continue
		}
		if param := l.values.parameter(fn, 0); param != nil {
			l.variable(param, tx)
		}
	}
}

// taking is what a function of a library does with a handle that it gets.
type taking struct {
	gives bool // it returns one over it
	uses  []use
	tx    bool // it calls its last argument with a transaction
}

// takings are those of which that is known: another may do anything.
var takings = func() map[string]taking {
	migrates := taking{uses: []use{{rows: true}, {args: true, tx: true}}} // but for migrations without a transaction
	m := map[string]taking{
		sqlPath + ".OpenDB":                     {gives: true},
		sqlxPath + ".NewDb":                     {gives: true},
		vinovestPath + ".NewDb":                 {gives: true},
		pgx5Path + "/stdlib.OpenDBFromPool":     {gives: true},
		pgx5Path + "/stdlib.GetPoolConnector":   {gives: true},
		pgx5Path + ".BeginFunc":                 {tx: true},
		pgx5Path + ".BeginTxFunc":               {tx: true},
		bunPath + ".NewDB":                      {uses: []use{{rows: true}}}, // writes arguments into the text
		"github.com/rubenv/sql-migrate.Exec":    migrates,
		"github.com/rubenv/sql-migrate.ExecMax": migrates,

		xsamPath + ".OpenDB":                  {gives: true},
		uptracePath + ".OpenDB":               {gives: true},
		xsamPath + ".RegisterDBStatsMetrics":  {},
		uptracePath + ".ReportDBStatsMetrics": {},
		"github.com/prometheus/client_golang/prometheus/collectors.NewDBStatsCollector": {},
	}
	for name := range strings.FieldsSeq("Up UpTo UpByOne Down DownTo Redo Reset EnsureDBVersion GetDBVersion Version") {
		m[goosePath+"."+name], m[goosePath+"."+name+"Context"] = migrates, migrates
	}
	return m
}()

// runsOnly reports whether a call runs no function but those of Callees: it
// names one, or a local variable that holds one.
func (l *life) runsOnly(call *ast.CallExpr) bool {
	if fn := l.flow.Callee(call); fn != nil {
		recv := fn.Signature().Recv()
		return recv == nil || !types.IsInterface(recv.Type())
	}
	v, isVar := l.object(call.Fun).(*types.Var)
	if !isVar {
		return true // a literal
	}
	_, _, isParam := l.flow.Parameter(v)
	return !isParam && !v.IsField() && v.Parent() != l.pass.Pkg.Scope()
}

// passed follows the handle as an argument of a call.
func (l *life) passed(call *ast.CallExpr, x ast.Expr, tx bool) {
	k := slices.Index(call.Args, x)
	if k < 0 {
		l.unseen = true
		return
	}
	if tv, ok := l.info.Types[call.Fun]; ok && tv.IsType() {
		l.value(call, 0, tx)
		return
	}
	if fns := l.flow.Callees(call); len(fns) > 0 {
		l.unseen = l.unseen || !l.runsOnly(call)
		for _, fn := range fns {
			l.variable(l.values.parameter(fn, k), tx)
		}
		return
	}
	fn := l.flow.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		l.unseen = true
		return
	}
	t, known := takings[fn.Pkg().Path()+"."+nameOf(fn)]
	switch r := l.rowOf(fn); {
	case known && t.gives, !known && r != nil && r.Role == opens && r.Arg == k:
		l.value(call, 0, tx)
	case known && t.tx:
		l.callback(call.Args[len(call.Args)-1], true)
	case known:
		l.uses = append(l.uses, t.uses...)
		l.opaque = l.opaque || len(t.uses) > 0
	case !l.runs(call, tx): // sqlx.Get(db, …), pgxscan.Select(ctx, db, …)
		l.unseen = true
	}
}
