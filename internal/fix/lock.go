package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// xactLock makes a lock of the transaction of a session's lock, and removes
// its unlock in the same transaction, which would warn then that the lock is
// not held. Where it cannot remove it, there is no fix; nor where there is
// none: the lock may be meant to be held for as long as the program runs.
func xactLock(c *sqlChange) bool {
	for i := c.first(); i >= 0 && i < len(c.tokens) && c.tokens[i].Start < c.e.End; i++ {
		// pg_advisory_lock, pg_try_advisory_lock, …_shared
		if before, _, ok := strings.Cut(c.word(i), "advisory_lock"); ok && c.tokens[i].Kind == pgquery.Word {
			at := c.tokens[i].Start + len(before) + len("advisory_")
			return c.lockedOnce() && c.replace(at, at, c.like(i, "XACT_")) && c.withoutUnlocks()
		}
	}
	return false
}

// withoutUnlocks removes the unlocks of the package that may be of this lock.
func (c *sqlChange) withoutUnlocks() bool {
	before := len(c.edits)
	lock, known := key(c.q, c.e)
	for _, u := range c.locks().unlocksOf(lock, known) {
		if !c.removes(u, lock) {
			return false
		}
	}
	return len(c.edits) > before
}

// lockedOnce reports whether its function takes the lock nowhere else: each
// lock of a session has an unlock of its own.
func (c *sqlChange) lockedOnce() bool {
	lock, _ := key(c.q, c.e)
	return len(c.q.Uses) == 1 && !slices.ContainsFunc(c.locks().lockedIn(functionOf(c.SQL, c.q), lock), func(other advisory) bool {
		return other.q != c.q || other.e.Start != c.e.Start
	})
}

// removes makes away with an unlock that may be of this lock, if it is not that
// of another one, which its own function takes.
func (c *sqlChange) removes(u advisory, lock string) bool {
	if !u.ofAll && u.key != "" && (u.in == nil || u.in != functionOf(c.SQL, c.q)) && len(c.locks().lockedIn(u.in, u.key)) > 0 {
		return true
	}
	if lock == "" || lock != u.key || len(u.q.Uses) != 1 || !onlyUnlocks(u.q.Text.Value) || !c.SQL.SameTransaction(c.q.Uses[0], u.q.Uses[0]) {
		return false
	}
	edit, ok := c.withoutStatement(u.q.Uses[0].Call)
	if !ok {
		return false
	}
	if !slices.ContainsFunc(c.edits, func(old analysis.TextEdit) bool { return old.Pos == edit.Pos }) {
		c.edits = append(c.edits, edit)
	}
	return true
}

// key is what a lock or an unlock is of, spelled with what is bound to its
// placeholders, and whether that says all.
func key(q *sqlflow.Query, e effect.Effect) (spelled string, known bool) {
	if len(q.Uses) == 0 {
		return "", false
	}
	_, args, ok := strings.Cut(q.Text.Value[e.Start:e.End], "(")
	if !ok || strings.ContainsRune(args, session.Hole) {
		return "", false
	}
	known = true
	var b strings.Builder
	place := strings.Count(q.Text.Value[:e.Start], "?")
	for _, t := range pgquery.Scan(args) {
		src := args[t.Start:t.End]
		switch {
		case t.Kind == pgquery.Param || src == "?":
			place++
			n := place
			if src != "?" {
				n, _ = strconv.Atoi(src[1:])
			}
			arg := q.Uses[0].BoundExpr(n)
			if arg == nil {
				return "", false
			}
			if src, ok = q.Uses[0].Bound(strconv.Itoa(n)); !ok {
				src, known = types.ExprString(arg), false
			}
		case t.Kind != pgquery.Number && t.Kind != pgquery.Punct && t.Kind != pgquery.Str:
			known = false
		}
		b.WriteString(src + " ")
	}
	return b.String(), known
}

// onlyUnlocks reports whether a text is SELECT pg_advisory_unlock(…) alone,
// with a key that is no call but a hash.
func onlyUnlocks(text string) bool {
	rest := strings.NewReplacer("hashtext(", "", "hashtextextended(", "").Replace(strings.ToLower(text))
	return session.OnlyCalls(text) && strings.Contains(rest, "advisory_unlock") && strings.Count(rest, "(") == 1
}

// withoutStatement removes the lines of the statement that a call is all of.
// Not in a loop, where locks would add up until the transaction ends.
func (c *sqlChange) withoutStatement(call *ast.CallExpr) (analysis.TextEdit, bool) {
	if call == nil {
		return analysis.TextEdit{}, false
	}
	file := c.file(call.Pos())
	path := c.SQL.Flow.PathTo(call)
	var s ast.Stmt
	for i, n := range path {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return analysis.TextEdit{}, false
		case ast.Stmt:
			if s != nil {
				continue
			}
			s = n
			if outer, ok := path[i+1].(*ast.IfStmt); ok && outer.Init == s {
				s = outer
			}
		}
	}
	if s == nil || !isAll(s, call) || !c.leavesNothingUnused(file, s) {
		return analysis.TextEdit{}, false
	}
	return c.lines(s)
}

// isAll reports whether a statement does nothing but make the call, and look
// at its error.
func isAll(s ast.Stmt, call *ast.CallExpr) bool {
	switch s := s.(type) {
	case *ast.ExprStmt:
		return s.X == call
	case *ast.DeferStmt:
		return s.Call == call
	case *ast.AssignStmt:
		return s.Rhs[0] == call && len(s.Rhs) == 1 && !slices.ContainsFunc(s.Lhs, func(x ast.Expr) bool {
			id, ok := x.(*ast.Ident)
			return !ok || id.Name != "_"
		})
	case *ast.IfStmt: // if _, err := tx.Exec(…); err != nil { … }
		init, ok := s.Init.(*ast.AssignStmt)
		cond, isComparison := s.Cond.(*ast.BinaryExpr)
		return ok && isComparison && s.Else == nil && len(init.Rhs) == 1 && init.Rhs[0] == call &&
			init.Tok == token.DEFINE && cond.Op == token.NEQ && types.ExprString(cond.Y) == "nil"
	}
	return false
}

// leavesNothingUnused reports whether all that s names is named elsewhere too,
// so that the file compiles without it.
func (c *sqlChange) leavesNothingUnused(file *ast.File, s ast.Stmt) bool {
	info := c.Pass.TypesInfo
	needed := map[types.Object]bool{}
	ast.Inspect(s, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			switch obj := info.Uses[id].(type) {
			case *types.PkgName:
				needed[obj] = true
			case *types.Var:
				if obj.Parent() != obj.Pkg().Scope() && !obj.IsField() && (obj.Pos() < s.Pos() || s.End() <= obj.Pos()) {
					needed[obj] = true
				}
			}
		}
		return true
	})
	for obj := range needed {
		outside := func(id *ast.Ident) bool {
			return file.FileStart <= id.Pos() && id.Pos() < file.FileEnd && (id.Pos() < s.Pos() || s.End() <= id.Pos())
		}
		if !slices.ContainsFunc(c.SQL.Flow.Namings(obj), outside) {
			return false
		}
	}
	return true
}

// lines removes a statement with its lines, where they hold nothing else.
func (c *sqlChange) lines(s ast.Stmt) (analysis.TextEdit, bool) {
	tf := c.Pass.Fset.File(s.Pos())
	src, ok := c.source(tf)
	if !ok {
		return analysis.TextEdit{}, false
	}
	start, end := tf.Offset(s.Pos()), tf.Offset(s.End())
	from := strings.LastIndexByte(src[:start], '\n') + 1
	to := lineEnd(src, end) + 1
	behind := strings.TrimSpace(src[end:min(to, len(src))])
	if to > len(src) || strings.TrimSpace(src[from:start]) != "" || behind != "" && !strings.HasPrefix(behind, "//") {
		return analysis.TextEdit{}, false
	}
	// Of a blank line before and one behind, gofmt leaves one.
	line := func(i int) string { return strings.TrimSpace(src[i:lineEnd(src, i)]) }
	if before := strings.LastIndexByte(src[:max(0, from-1)], '\n') + 1; line(before) == "" && (line(to) == "" || line(to) == "}") {
		from = before
	}
	base := s.Pos() - token.Pos(start)
	return analysis.TextEdit{Pos: base + token.Pos(from), End: base + token.Pos(to), NewText: nil}, true
}

// source is what a file holds, false where it cannot be read as it was parsed. It
// is read once for all fixes in it.
func (x *Fixer) source(tf *token.File) (string, bool) {
	src, ok := x.sources[tf]
	if !ok && x.Pass.ReadFile != nil {
		if content, err := x.Pass.ReadFile(tf.Name()); err == nil {
			src = string(content)
		}
		if x.sources == nil {
			x.sources = map[*token.File]string{}
		}
		x.sources[tf] = src
	}
	return src, len(src) == tf.Size()
}

// lineEnd is where the line of src at i ends.
func lineEnd(src string, i int) int {
	if n := strings.IndexByte(src[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(src)
}
