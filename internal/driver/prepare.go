package driver

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// prepares reports the calls that make a prepared statement by themselves. It
// keeps its name whatever mode the driver has.
func (s *scan) prepares() {
	if s.isLibrary() {
		return
	}
	var dialects *sqlflow.Dialects
	var opened *Opened
	generated := map[ast.Node]bool{}
	for _, call := range s.flow.Calls() {
		fn := s.flow.Callee(call)
		if fn == nil || !strings.Contains(fn.Name(), "Prepare") {
			continue
		}
		arg, ok := s.flow.Prepares(fn)
		if !ok || arg >= len(call.Args) || s.passesThrough(call, call.Args[arg]) {
			continue
		}
		words, ok := s.statement(fn, call.Args[arg])
		if !ok || s.isUnnamed(call, fn, arg) {
			continue
		}
		if dialects == nil {
			dialects, opened = sqlflow.NewDialects(s.pass), NewOpened(s.pass, s.flow)
		}
		file := s.file(call)
		if file == nil || s.flow.ForOther(opened.Call(call), func() bool { return dialects.Other(file) }, call) {
			continue
		}
		site := Site{
			Effect: session.Effect{Kind: session.NamedStatement, Words: called(call) + words},
			Pos:    call.Fun.Pos(), End: call.Fun.End(), Remedy: "send the query with its arguments, without Prepare",
		}
		if ast.IsGenerated(file) { // sqlc prepares every query in one function
			in := s.flow.Enclosing(call)
			if generated[in] {
				continue
			}
			generated[in] = true
			site.Remedy = "generate the code without emit_prepared_queries"
		}
		switch fn.Pkg().Path() {
		case "github.com/go-pg/pg/v10", "github.com/uptrace/bun":
			site.Why = "go-pg and pgdriver close it without a Sync, so that the pooler keeps the server connection busy"
		}
		s.add(site)
	}
}

// isLibrary reports whether the package is itself one that is known.
func (s *scan) isLibrary() bool {
	for f := range s.rows {
		if f.pkg == s.pass.Pkg.Path() {
			return true
		}
	}
	return false
}

func (s *scan) file(n ast.Node) *ast.File {
	for _, f := range s.pass.Files {
		if f.FileStart <= n.Pos() && n.Pos() <= f.FileEnd {
			return f
		}
	}
	return nil
}

// passesThrough reports whether call stands in a method that prepares for its
// callers what they give it: they are reported.
func (s *scan) passesThrough(call *ast.CallExpr, text ast.Expr) bool {
	v, ok := s.pass.TypesInfo.ObjectOf(identOf(text)).(*types.Var)
	if !ok {
		return false
	}
	fn, i, ok := s.flow.Parameter(v)
	decl, isDecl := fn.(*ast.FuncDecl)
	if !ok || !isDecl {
		return false
	}
	obj, ok := s.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if !ok || !strings.Contains(obj.Name(), "Prepare") {
		return false
	}
	arg, ok := s.flow.Prepares(obj)
	return ok && arg == i
}

func identOf(x ast.Expr) *ast.Ident {
	id, _ := ast.Unparen(x).(*ast.Ident)
	return id
}

// isUnnamed reports whether the name before the text is "": pgx describes the
// unnamed statement so.
func (s *scan) isUnnamed(call *ast.CallExpr, fn *types.Func, text int) bool {
	if text == 0 || !isString(fn.Signature().Params().At(text-1).Type()) {
		return false
	}
	for _, t := range s.flow.Texts(call.Args[text-1]) {
		if t.Value != "" {
			return false
		}
	}
	return true
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.String
}

// statement is how a message names what is prepared. It is false for COPY,
// which lib/pq sends without preparing, and for text with the placeholders of
// another database.
func (s *scan) statement(fn *types.Func, x ast.Expr) (words string, ok bool) {
	if s.isCopy(x) {
		return "", false
	}
	for _, t := range s.flow.Texts(x) {
		text := strings.TrimSpace(t.Value)
		if strings.Contains(text, "?") && !strings.Contains(text, "$1") && takesDollars(fn.Pkg().Path()) {
			return "", false
		}
		if !t.IsHole() && words == "" {
			words = " of " + strings.Join(strings.Fields(text), " ")
		}
	}
	if words == "" && isName(x) {
		words = " of " + types.ExprString(x)
	}
	return words, true
}

func isName(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isName(x.X)
	}
	return false
}

// takesDollars: libraries that rewrite ? for PostgreSQL take both.
func takesDollars(path string) bool {
	for _, p := range []string{"github.com/go-pg/", "github.com/uptrace/bun", "github.com/jmoiron/sqlx", "github.com/vinovest/sqlx", "xorm.io/", "github.com/upper/db"} {
		if strings.HasPrefix(path, p) {
			return false
		}
	}
	return true
}

// cacheLibrary is what prepares every statement that it is given.
var cacheLibrary = library{
	"github.com/Masterminds/squirrel": {
		{names: "NewStmtCache NewStmtCacher NewStmtCacheProxy", role: does, kind: session.NamedStatement, remedy: cacheRemedy},
	},
	"github.com/go-jet/jet/v2/stmtcache": {
		{names: "New", role: does, kind: session.NamedStatement, remedy: cacheRemedy},
	},
	"github.com/upper/db/v4": {
		{names: "Settings.SetPreparedStatementCache", role: does, kind: session.NamedStatement, remedy: cacheRemedy,
			check: func(s *scan, call *ast.CallExpr, _ *Site) bool {
				v, known := constantValue(s, call.Args[0])
				return known && isTrue(v)
			}},
	},
	"xorm.io/xorm": {
		{names: "Engine.Prepare Session.Prepare", role: does, kind: session.NamedStatement, remedy: cacheRemedy},
	},
}

const cacheRemedy = "run the statements without it"
