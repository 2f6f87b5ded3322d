package driver

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
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
		p, ok := l.flow.Parent(fun).(*ast.ParenExpr)
		if !ok {
			break
		}
		fun = p
	}
	call, ok := l.flow.Parent(fun).(*ast.CallExpr)
	if !ok || call.Fun != fun {
		l.unseen = true
		return
	}
	l.method(call, tx)
}

// method follows a call of a method of the handle.
func (l *life) method(call *ast.CallExpr, tx bool) {
	fn := l.flow.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg() != l.pass.Pkg && !library.Of(fn.Pkg().Path()).Methods {
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
		slices.ContainsFunc(call.Args, func(x ast.Expr) bool { return flow.IsNamed(l.info.TypeOf(x), pgx4Path+".QuerySimpleProtocol") })
}

// callback follows the handle that a function gets as its first parameter.
func (l *life) callback(x ast.Expr, tx bool) {
	fns := l.flow.Functions(x)
	l.unseen = l.unseen || len(fns) == 0
	for _, fn := range fns {
		if param := l.flow.ParameterAt(fn, 0); param != nil {
			l.variable(param, tx)
		}
	}
}

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
			l.variable(l.flow.ParameterAt(fn, k), tx)
		}
		return
	}
	fn := l.flow.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		l.unseen = true
		return
	}
	t := library.Takings()[nameInRows(fn)]
	switch r := l.rowOf(fn); {
	case t != nil && t.Gives, t == nil && r != nil && r.Role == opens && r.Arg == k:
		l.value(call, 0, tx)
	case t != nil && t.Tx:
		l.callback(call.Args[len(call.Args)-1], true)
	case t != nil:
		for _, u := range t.Uses {
			l.uses = append(l.uses, use{rows: u.Rows, args: u.Args, tx: u.Tx})
		}
		l.opaque = l.opaque || len(t.Uses) > 0
	case !l.runs(call, tx): // sqlx.Get(db, …), pgxscan.Select(ctx, db, …)
		l.unseen = true
	}
}
