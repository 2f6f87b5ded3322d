package handle

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
	idle = wordSet(`Close Ping PingContext SetMaxOpenConns SetMaxIdleConns SetConnMaxLifetime SetConnMaxIdleTime Stats Stat
		Config Reset Driver DriverName IsClosed TypeMap ConnInfo PgConn Release Commit Rollback MapperFunc Rebind BindNamed
		WaitForNotification Deallocate DeallocateAll
		Prepare PrepareContext Preparex PreparexContext PrepareNamed PrepareNamedContext
		Stmt StmtContext Stmtx StmtxContext NamedStmt NamedStmtContext`)
	gives     = wordSet("Conn Connx Acquire Hijack Unsafe")
	beginsTx  = wordSet("Begin BeginTx Beginx BeginTxx MustBegin MustBeginTx")
	callbacks = map[string]bool{"AcquireFunc": false, "BeginFunc": true, "BeginTxFunc": true} // in a transaction?
)

// selected follows x.Sel, where x is the handle: a method that is called, or
// another handle that it holds.
func (l *Life) selected(sel *ast.SelectorExpr, tx bool) {
	if f, ok := l.flow.ObjectOf(sel).(*types.Var); ok && f.IsField() {
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
		l.Unseen = true
		return
	}
	l.method(call, tx)
}

// method follows a call of a method of the handle.
func (l *Life) method(call *ast.CallExpr, tx bool) {
	fn := l.flow.Callee(call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg() != l.pass.Pkg && !library.Of(fn.Pkg().Path()).Methods {
		l.Unseen = true
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
		l.Sent = append(l.Sent, Sent{Call: call, Batch: true, Tx: tx})
	case name == "CopyFrom":
		l.Sent = append(l.Sent, Sent{Call: call, Copy: true, Tx: tx})
	case name == "LoadType", name == "LoadTypes", name == "LargeObjects":
		l.Sent = append(l.Sent, Sent{Call: call, Rows: true, Args: true, Tx: tx})
	default:
		if !l.runs(call, tx) {
			l.Unseen = true
		}
	}
}

// runs notes a call that runs SQL on the handle.
func (l *Life) runs(call *ast.CallExpr, tx bool) bool {
	r, ok := l.sql.Runs(call)
	if ok {
		l.Sent = append(l.Sent, Sent{Call: call, Rows: r.Rows, Args: r.Binds, Tx: tx, Mode: l.hasMode(call)})
	}
	return ok
}

// hasMode reports whether a query has a mode of its own.
func (l *Life) hasMode(call *ast.CallExpr) bool {
	return slices.ContainsFunc(l.ModesGiven(), func(x ast.Expr) bool { return l.QueryOf(x) == call }) ||
		slices.ContainsFunc(call.Args, func(x ast.Expr) bool { return flow.IsNamed(l.info.TypeOf(x), library.Pgx4Path+".QuerySimpleProtocol") })
}

// callback follows the handle that a function gets as its first parameter.
func (l *Life) callback(x ast.Expr, tx bool) {
	fns := l.flow.Functions(x)
	l.Unseen = l.Unseen || len(fns) == 0
	for _, fn := range fns {
		if param := l.flow.ParameterAt(fn, 0); param != nil {
			l.variable(param, tx)
		}
	}
}

// runsOnly reports whether a call runs no function but those of Callees: it
// names one, or a local variable that holds one.
func (l *Life) runsOnly(call *ast.CallExpr) bool {
	if fn := l.flow.Callee(call); fn != nil {
		recv := fn.Signature().Recv()
		return recv == nil || !types.IsInterface(recv.Type())
	}
	v, isVar := l.flow.ObjectOf(call.Fun).(*types.Var)
	if !isVar {
		return true // a literal
	}
	_, _, isParam := l.flow.Parameter(v)
	return !isParam && !v.IsField() && v.Parent() != l.pass.Pkg.Scope()
}

// passed follows the handle as an argument of a call.
func (l *Life) passed(call *ast.CallExpr, x ast.Expr, tx bool) {
	k := slices.Index(call.Args, x)
	if k < 0 {
		l.Unseen = true
		return
	}
	if tv, ok := l.info.Types[call.Fun]; ok && tv.IsType() {
		l.value(call, 0, tx)
		return
	}
	if fns := l.flow.Callees(call); len(fns) > 0 {
		l.Unseen = l.Unseen || !l.runsOnly(call)
		for _, fn := range fns {
			l.variable(l.flow.ParameterAt(fn, k), tx)
		}
		return
	}
	fn := l.flow.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		l.Unseen = true
		return
	}
	t := library.Takings()[library.Function{Pkg: fn.Pkg().Path(), Name: flow.NameOf(fn)}]
	arg, wraps := l.wraps(fn)
	switch {
	case t != nil && t.Gives, t == nil && wraps && arg == k:
		l.value(call, 0, tx)
	case t != nil && t.Tx:
		l.callback(call.Args[len(call.Args)-1], true)
	case t != nil:
		for _, u := range t.Uses {
			l.Sent = append(l.Sent, Sent{Rows: u.Rows, Args: u.Args, Tx: u.Tx})
		}
		l.opaque = l.opaque || len(t.Uses) > 0
	case !l.runs(call, tx): // sqlx.Get(db, …), pgxscan.Select(ctx, db, …)
		l.Unseen = true
	}
}

// wordSet makes a set of words.
func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
