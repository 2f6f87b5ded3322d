package sqlflow

import (
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
	"go/ast"
	"go/constant"
	"go/types"
	"strconv"
	"strings"
)

// Bound returns the constant that is bound to a placeholder of the text:
// "1" for the first, or a name.
func (u Use) Bound(param string) (string, bool) {
	if u.Call == nil || u.from < 0 || u.from > len(u.Call.Args) {
		return "", false
	}
	args := u.sql.bound(u.Call, u.from)
	if n, err := strconv.Atoi(param); err == nil {
		if n < 1 || n > len(args) {
			return "", false
		}
		return u.sql.value(args[n-1])
	}
	for _, arg := range args {
		if v, ok := u.sql.namedArg(arg, param); ok {
			return u.sql.value(v)
		}
	}
	return "", false
}

// BoundExpr is the argument bound to the n-th placeholder, or nil.
func (u Use) BoundExpr(n int) ast.Expr {
	if u.Call == nil || u.from < 0 || u.from > len(u.Call.Args) {
		return nil
	}
	if args := u.sql.bound(u.Call, u.from); n >= 1 && n <= len(args) {
		return args[n-1]
	}
	return nil
}

// bound are the values that a call binds, without pgx's options before them.
func (f *SQL) bound(call *ast.CallExpr, from int) []ast.Expr {
	args := call.Args[from:]
	if len(args) == 1 && call.Ellipsis.IsValid() || len(args) == 1 && flow.IsAnySlice(flow.TypeOf(f.Flow.Info, args[0])) {
		if lit := f.Flow.Literal(args[0]); lit != nil {
			args = lit.Elts
		}
	}
	for len(args) > 0 {
		named := flow.NamedOf(flow.TypeOf(f.Flow.Info, args[0]))
		if named == nil || named.Obj().Pkg() == nil || !strings.HasPrefix(named.Obj().Name(), "Query") ||
			!strings.HasPrefix(named.Obj().Pkg().Path(), library.PgxPath+"/") {
			break
		}
		args = args[1:]
	}
	return args
}

// namedArg is the value of name in pgx.NamedArgs, a map or sql.Named.
func (f *SQL) namedArg(arg ast.Expr, name string) (ast.Expr, bool) {
	switch x := ast.Unparen(arg).(type) {
	case *ast.CallExpr:
		if fn, ok := f.Flow.Target(x).(*types.Func); ok && fn.Name() == "Named" && len(x.Args) == 2 {
			if n, ok := f.Flow.OneText(x.Args[0]); ok && n == name {
				return x.Args[1], true
			}
		}
		return nil, false
	}
	lit := f.Flow.Literal(arg)
	if lit == nil {
		return nil, false
	}
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if n, ok := f.Flow.OneText(kv.Key); ok && n == name {
				return kv.Value, true
			}
		}
	}
	return nil, false
}

// value is a constant as SQL text has it.
func (f *SQL) value(x ast.Expr) (string, bool) {
	if v := f.Flow.Info.Types[x].Value; v != nil {
		if v.Kind() == constant.String {
			return constant.StringVal(v), true
		}
		return v.ExactString(), true
	}
	if flow.IsString(flow.TypeOf(f.Flow.Info, x)) {
		return f.Flow.OneText(x)
	}
	return "", false
}
