package dialect

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// implied is the dialect of code that runs where cond, after init, is true or
// false. What is not PostgreSQL is another; what is not MySQL may be either.
func (b *Branches) implied(cond ast.Expr, init ast.Stmt, truth bool) Dialect {
	switch x := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if x.Op == token.NOT {
			return b.implied(x.X, init, !truth)
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.LAND, token.LOR:
			left, right := b.implied(x.X, init, truth), b.implied(x.Y, init, truth)
			switch {
			case left == right:
				return left
			case (x.Op == token.LAND) != truth: // either may have decided
				return None
			case left != None:
				return left
			}
			return right
		case token.EQL, token.NEQ:
			return where(b.compared(x.X, x.Y), (x.Op == token.EQL) == truth)
		}
	case *ast.Ident:
		if t := assertedType(b.flow.Info, x, init); t != nil {
			if truth {
				return OfType(t)
			}
			return None
		}
		return where(b.boolean(x, x.Name), truth)
	case *ast.SelectorExpr:
		return where(b.boolean(x, x.Sel.Name), truth)
	case *ast.CallExpr:
		if d := b.comparedBy(x); d != None {
			return where(d, truth)
		}
		return where(b.boolean(x, lastName(x.Fun)), truth)
	}
	return None
}

// where is the dialect where something is, or is not, of dialect d.
func where(d Dialect, is bool) Dialect {
	switch {
	case is:
		return d
	case d == Postgres:
		return Other
	}
	return None
}

// compared is the dialect that one side of a comparison names, where the other
// can be the name of a dialect.
func (b *Branches) compared(x, y ast.Expr) Dialect {
	if d := b.named(y); d != None && b.telling(x) {
		return d
	}
	if d := b.named(x); d != None && b.telling(y) {
		return d
	}
	return None
}

// comparedBy reads strings.EqualFold, HasPrefix and Contains.
func (b *Branches) comparedBy(call *ast.CallExpr) Dialect {
	fn, ok := b.flow.Target(call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg().Path() != "strings" || len(call.Args) != 2 {
		return None
	}
	switch fn.Name() {
	case "EqualFold", "HasPrefix", "Contains":
		return b.compared(call.Args[0], call.Args[1])
	}
	return None
}

// The names of dialects as conditions have them, alone or with a word for what
// they are: "sqlite3", PG, DialectMySQL, isPostgres.
const (
	dialectNames = `(postgres(?:ql)?|pgsql|psql|pgx(?:/v[45])?|pg|pq|cockroach(?:db)?|crdb|mysql|mariadb|sqlite3?|mssql|sqlserver|` +
		`clickhouse|snowflake|bigquery|cassandra|duckdb|spanner|oracle|tidb|libsql)`
	affixes = `(?:_?(?:dialect|driver|db|database|engine|flavou?r|backend|provider|vendor|adapt[eo]r|scheme|kind|type|name|store|storage))*_?`
)

var (
	constants = regexp.MustCompile(`(?i)^` + affixes + dialectNames + affixes + `$`)
	booleans  = regexp.MustCompile(`(?i)^(?:is|use|uses|using|on)?_?` + affixes + dialectNames + affixes + `$`)
)

// whole is the dialect of a name that names nothing else.
func whole(name string, shape *regexp.Regexp) Dialect {
	if m := shape.FindStringSubmatch(name); m != nil {
		return Named(m[1])
	}
	return None
}

func (b *Branches) boolean(x ast.Expr, name string) Dialect {
	basic, ok := flow.TypeOf(b.flow.Info, x).Underlying().(*types.Basic)
	if !ok || basic.Info()&types.IsBoolean == 0 {
		return None
	}
	return whole(name, booleans)
}

func lastName(x ast.Expr) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	}
	return ""
}

// named is the dialect that a constant names, or a variable of a package: by
// its value, else by its own name.
func (b *Branches) named(x ast.Expr) Dialect {
	if v := b.flow.Info.Types[x].Value; v != nil && v.Kind() == constant.String {
		if d := whole(strings.Trim(constant.StringVal(v), ":/ "), constants); d != None {
			return d
		}
	}
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok { // (mysql.Dialector{}).Name()
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && sel.Sel.Name == "Name" {
			return OfType(b.flow.Info.TypeOf(sel.X))
		}
	}
	switch obj := b.flow.ObjectOf(x).(type) {
	case *types.Const:
		return whole(obj.Name(), constants)
	case *types.Var:
		if obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() {
			return whole(obj.Name(), constants)
		}
	}
	return None
}

// dialectWords are in the names of what holds the name of a dialect.
var dialectWords = []string{"dialect", "driver", "engine", "flavor", "flavour", "backend", "rdbms", "dbms", "provider", "vendor",
	"adapter", "adaptor", "scheme", "kind", "type", "platform"}

// NamesDialect reports whether something of this name can hold the name of a
// dialect.
func NamesDialect(name string) bool { return containsAny(strings.ToLower(name), dialectWords) }

// telling reports whether x, which is compared with the name of a dialect, can
// be one. PostgreSQL's superuser and first database are called postgres too.
func (b *Branches) telling(x ast.Expr) bool {
	if named := flow.NamedOf(flow.TypeOf(b.flow.Info, x)); named != nil && NamesDialect(named.Obj().Name()) {
		return true
	}
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok {
		if fn, ok := b.flow.Target(call).(*types.Func); ok && fn.Pkg() != nil && library.IsDatabase(fn.Pkg().Path()) {
			return true // db.Name() of gorm
		}
	}
	telling, other := false, false
	ast.Inspect(x, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			telling = telling || NamesDialect(id.Name)
			other = other || containsAny(strings.ToLower(id.Name), otherwise)
		}
		return true
	})
	return telling || !other
}

// otherwise are in the names of what is called postgres and is no dialect.
var otherwise = []string{"user", "role", "owner", "name", "schema", "database", "login", "member", "grantee", "admin", "host",
	"tenant", "password", "account"}

// assertedType is T where cond is the ok of _, ok := x.(T).
func assertedType(info *types.Info, cond *ast.Ident, init ast.Stmt) types.Type {
	assign, ok := init.(*ast.AssignStmt)
	if !ok || len(assign.Lhs) != 2 || len(assign.Rhs) != 1 {
		return nil
	}
	id, ok := assign.Lhs[1].(*ast.Ident)
	assert, isAssert := ast.Unparen(assign.Rhs[0]).(*ast.TypeAssertExpr)
	if !ok || !isAssert || info.ObjectOf(id) == nil || info.ObjectOf(id) != info.ObjectOf(cond) {
		return nil
	}
	return info.TypeOf(assert.Type)
}

// OfType is the dialect of the package that declares a type.
func OfType(t types.Type) Dialect {
	if t == nil {
		return None
	}
	if named := flow.NamedOf(t); named != nil && named.Obj().Pkg() != nil {
		return OfImport(named.Obj().Pkg().Path())
	}
	return None
}
