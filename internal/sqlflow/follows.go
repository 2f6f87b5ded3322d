package sqlflow

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// Follows reports whether v surely runs behind u, in the same transaction,
// wherever that goes on to succeed: in the same function and unconditionally,
// with no way out between them but those of an error.
func (f *SQL) Follows(u, v Use) bool {
	if u.Call == nil || v.Call == nil || u.Call == v.Call || u.Handle != Tx || v.Handle != Tx {
		return false
	}
	tx, fn := f.transactionOf(u), f.Flow.Enclosing(u.Call)
	if tx == nil || tx != f.transactionOf(v) || fn == nil || later(f.Flow.PathTo(u.Call), fn) {
		return false
	}
	path := f.Flow.PathTo(v.Call)
	if stmt, ok := deferredIn(path, fn); ok {
		return f.givenTo(fn, tx) && !f.commits(fn, tx, flow.BodyOf(fn).Pos(), flow.BodyOf(fn).End()) &&
			(stmt.Pos() < u.Call.Pos() || f.straight(fn, tx, u.Call, stmt, stmt))
	}
	stmt := unconditional(path, u.Call)
	return f.Flow.Enclosing(v.Call) == fn && u.Call.End() <= v.Call.Pos() && stmt != nil && f.straight(fn, tx, u.Call, v.Call, stmt)
}

// FollowsInList reports whether a loop in one transaction runs both texts in
// turn: elements of the list that it is over, the first before the second.
func (f *SQL) FollowsInList(u Use, first, second text.Text) bool {
	a, b := first.First(), second.First()
	if u.Call == nil || u.Handle != Tx || f.transactionOf(u) == nil || a == nil || b == nil {
		return false
	}
	path, fn := f.Flow.PathTo(u.Call), f.Flow.Enclosing(u.Call)
	for i, n := range path {
		loop, ok := n.(*ast.RangeStmt)
		if !ok {
			continue
		}
		lit := f.Flow.Literal(loop.X)
		if lit == nil || !inside(lit, a) || !inside(lit, b) || a.Pos() >= b.Pos() {
			return false
		}
		stmt := unconditional(path[:i], loop.Body)
		return stmt != nil && !later(path, fn) && f.straight(fn, f.transactionOf(u), &ast.Ident{NamePos: loop.Body.Lbrace}, &ast.Ident{NamePos: loop.Body.Rbrace}, loop)
	}
	return false
}

// transactionOf is the variable or field for the transaction that u runs on:
// tx of tx.WithContext(ctx).Exec(…), tx of s.tx.Exec(…).
func (f *SQL) transactionOf(u Use) types.Object {
	if tx := f.transaction(u); tx != nil || u.Call == nil {
		return tx
	}
	sel, ok := ast.Unparen(u.Call.Fun).(*ast.SelectorExpr)
	for ok {
		switch x := ast.Unparen(sel.X).(type) {
		case *ast.CallExpr:
			sel, ok = ast.Unparen(x.Fun).(*ast.SelectorExpr)
			continue
		case *ast.Ident, *ast.SelectorExpr:
			if f.handle(x).handle == Tx {
				return f.Flow.ObjectOf(x)
			}
		}
		return nil
	}
	return nil
}

// later reports whether the node of path runs later than where it stands in fn.
func later(path []ast.Node, fn ast.Node) bool {
	for _, n := range path {
		switch n.(type) {
		case *ast.DeferStmt, *ast.GoStmt:
			return true
		}
		if n == fn {
			break
		}
	}
	return false
}

// deferredIn is the statement at the top of fn that defers the call of path, by
// itself or in a literal that runs it unconditionally.
func deferredIn(path []ast.Node, fn ast.Node) (ast.Stmt, bool) {
	for i, n := range path {
		d, ok := n.(*ast.DeferStmt)
		if !ok {
			continue
		}
		atTop := i+2 < len(path) && path[i+1] == flow.BodyOf(fn) && path[i+2] == fn
		lit, inLit := d.Call.Fun.(*ast.FuncLit)
		if inLit && unconditional(path[:slices.Index(path, ast.Node(lit))], lit.Body) == nil {
			return nil, false
		}
		return d, atTop
	}
	return nil, false
}

// unconditional is the statement that holds the first node of path, in the
// innermost list of statements that holds from too: nil where it runs under a
// condition that from does not.
func unconditional(path []ast.Node, from ast.Node) ast.Stmt {
	for i := 1; i < len(path); i++ {
		child := path[i-1]
		switch n := path[i].(type) {
		case *ast.BlockStmt, *ast.CaseClause, *ast.CommClause:
			stmt, ok := child.(ast.Stmt)
			if !ok || n != from && !inside(n, from) {
				return nil
			}
			return stmt
		case *ast.IfStmt:
			if child != n.Init && child != n.Cond {
				return nil
			}
		case *ast.SwitchStmt:
			if child != n.Init && child != n.Tag {
				return nil
			}
		case *ast.RangeStmt:
			if child != n.X {
				return nil
			}
		case *ast.BinaryExpr:
			if child == n.Y && (n.Op == token.LAND || n.Op == token.LOR) {
				return nil
			}
		case *ast.ForStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit, *ast.DeferStmt, *ast.GoStmt:
			return nil
		}
	}
	return nil
}

// waysOut are the statements of a function by which control or the transaction can
// go elsewhere, and the calls that end a transaction, in the order of the code.
type waysOut struct {
	stmts   []ast.Node // of the function alone, not of literals in it
	commits []ast.Node // those in literals, too
}

// waysOf are read once: that a function has thousands of statements is no reason
// to walk it for each pair of them.
func (f *SQL) waysOf(fn ast.Node) *waysOut {
	if w := f.ways[fn]; w != nil {
		return w
	}
	w := new(waysOut)
	literals := 0
	var open []ast.Node
	ast.Inspect(flow.BodyOf(fn), func(n ast.Node) bool {
		if n == nil {
			if _, isLit := open[len(open)-1].(*ast.FuncLit); isLit {
				literals--
			}
			open = open[:len(open)-1]
			return true
		}
		open = append(open, n)
		switch n := n.(type) {
		case *ast.FuncLit:
			literals++
		case *ast.ReturnStmt, *ast.BranchStmt, *ast.AssignStmt:
			if literals == 0 {
				w.stmts = append(w.stmts, n)
			}
		case *ast.CallExpr:
			if sel, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Commit" {
				w.commits = append(w.commits, n)
			}
		}
		return true
	})
	slices.SortFunc(w.commits, func(a, b ast.Node) int { return cmp.Compare(a.Pos(), b.Pos()) }) // of a chain the last call comes first
	if f.ways == nil {
		f.ways = map[ast.Node]*waysOut{}
	}
	f.ways[fn] = w
	return w
}

// between are the nodes that begin in a part of the code.
func between(nodes []ast.Node, from, to token.Pos) []ast.Node {
	at := func(n ast.Node, pos token.Pos) int { return cmp.Compare(n.Pos(), pos) }
	i, _ := slices.BinarySearchFunc(nodes, from, at)
	k, _ := slices.BinarySearchFunc(nodes, to, at)
	return nodes[i:max(i, k)]
}

// straight reports whether every way from one call of fn leads to another, the
// one of stmt, or to an error: no return, no jump, no Commit between them, and
// the same transaction.
func (f *SQL) straight(fn ast.Node, tx types.Object, from, to ast.Node, stmt ast.Stmt) bool {
	if f.commits(fn, tx, from.End(), to.Pos()) {
		return false
	}
	for _, n := range between(f.waysOf(fn).stmts, from.End(), to.Pos()) {
		if inside(n, to) {
			continue
		}
		ok := true
		switch n := n.(type) {
		case *ast.ReturnStmt:
			ok = f.fails(n, f.openAt(n, fn))
		case *ast.BranchStmt:
			ok = n.Label == nil && n.Tok != token.GOTO && staysIn(f.openAt(n, fn), stmt)
		case *ast.AssignStmt:
			ok = !slices.ContainsFunc(n.Lhs, func(lhs ast.Expr) bool { return f.Flow.ObjectOf(lhs) == tx })
		}
		if !ok {
			return false
		}
	}
	return true
}

// openAt are the nodes around a statement of fn, the outermost first, and itself.
func (f *SQL) openAt(n, fn ast.Node) []ast.Node {
	path := f.Flow.PathTo(n)
	if i := slices.Index(path, fn); i >= 0 {
		path = path[:i]
	}
	slices.Reverse(path)
	return path
}

// staysIn reports whether the innermost statement that a break or continue
// leaves does not hold stmt.
func staysIn(open []ast.Node, stmt ast.Stmt) bool {
	for _, n := range slices.Backward(open) {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			return !inside(n, stmt)
		}
	}
	return false
}

// commits reports whether a call between two places of fn ends the transaction.
func (f *SQL) commits(fn ast.Node, tx types.Object, from, to token.Pos) bool {
	return slices.ContainsFunc(between(f.waysOf(fn).commits, from, to), func(n ast.Node) bool {
		return f.Flow.ObjectOf(ast.Unparen(n.(*ast.CallExpr).Fun).(*ast.SelectorExpr).X) == tx
	})
}

// givenTo reports whether tx is a parameter of fn, whose caller ends it.
func (f *SQL) givenTo(fn ast.Node, tx types.Object) bool {
	t := flow.FuncType(fn)
	return t != nil && declares(f.Flow.Info, t, tx)
}

// fails reports whether a return, the last of open, is that of an error: it
// stands where one was met, or makes one.
func (f *SQL) fails(ret *ast.ReturnStmt, open []ast.Node) bool {
	for i, n := range open {
		if cond, ok := n.(*ast.IfStmt); ok && i+1 < len(open) && open[i+1] == ast.Node(cond.Body) && f.meetsError(cond.Cond) {
			return true
		}
	}
	if len(ret.Results) == 0 {
		return false
	}
	last := ret.Results[len(ret.Results)-1]
	if !flow.IsError(flow.TypeOf(f.Flow.Info, last)) && !types.Implements(flow.TypeOf(f.Flow.Info, last), types.Universe.Lookup("error").Type().Underlying().(*types.Interface)) {
		return false
	}
	switch x := ast.Unparen(last).(type) {
	case *ast.CallExpr:
		fn, ok := f.Flow.Target(x).(*types.Func)
		return ok && fn.Pkg() != nil && (fn.Pkg().Name() == "errors" || fn.Pkg().Path() == "fmt" && fn.Name() == "Errorf")
	case *ast.Ident, *ast.SelectorExpr:
		v, ok := f.Flow.ObjectOf(x).(*types.Var)
		return ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() // ErrNotFound
	}
	return false
}

// meetsError reports whether a condition is err != nil, or that and more.
func (f *SQL) meetsError(cond ast.Expr) bool {
	x, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	switch x.Op {
	case token.LAND:
		return f.meetsError(x.X) || f.meetsError(x.Y)
	case token.NEQ:
		return flow.IsError(flow.TypeOf(f.Flow.Info, x.X)) && f.Flow.Info.Types[x.Y].IsNil()
	}
	return false
}
