package sqlflow

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/poolvet/poolvet/internal/dialect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// Nearly half of the SQL calls in real programs are on an interface or a type
// of the project's own: sqlc's DBTX, a Querier, a Tx that hides its driver.
// shapeSink knows them by their shape. A false alarm costs more than a miss,
// so a name alone is never enough: psql runners, Redis clients and gocql
// sessions have an Exec or a Query as well. The results decide.

// shapeSink returns the sink of a method whose type no table knows: its name
// says that it runs SQL, its text stands where drivers have it, and it gives
// what a driver gives.
func shapeSink(fn *types.Func) (Sink, bool) {
	sig := fn.Signature()
	if sig.Recv() == nil || fn.Pkg() == nil {
		return Sink{}, false
	}
	verb, isVerb := verbOf(fn.Name())
	if verb == "" || library.AllSinks().Funcs[fn.Pkg().Path()] != nil || dialect.OfImport(fn.Pkg().Path()) == dialect.Other {
		return Sink{}, false
	}
	s, ok := textParam(sig, verb)
	if !ok {
		return Sink{}, false
	}
	switch class := resultOf(sig); {
	case class == driverResult:
	case class == ownResult && isVerb:
	case class == plainResult && isVerb && isExec(verb) && hasQuerySibling(sig.Recv().Type(), fn):
	case isLoader(verb) && class == plainResult:
	case verb == "Queue" && class == plainResult && boundFrom(sig, s) >= 0:
	default:
		return Sink{}, false
	}
	s.Prepares = strings.HasPrefix(verb, "Prepare")
	return s, true
}

// MayRun reports whether shapeSink could know a method that is not type-checked:
// isText says of a type whether it could be a string's, isResult whether it could
// be one of a driver.
func MayRun(name string, t *ast.FuncType, isText, isResult func(ast.Expr) bool) bool {
	verb, isVerb := verbOf(name)
	params, results := typesIn(t.Params), typesIn(t.Results)
	if verb == "" || len(results) > 2 {
		return false
	}
	if len(params) > 0 {
		if sel, ok := params[0].(*ast.SelectorExpr); ok && sel.Sel.Name == "Context" {
			params = params[1:]
		}
	}
	if isLoader(verb) && len(params) > 0 {
		params = params[1:]
	}
	return len(params) > 0 && isText(params[0]) && (isVerb || len(results) > 0 && isResult(results[0]))
}

// typesIn are the types of parameters or results, one for each.
func typesIn(list *ast.FieldList) (all []ast.Expr) {
	if list == nil {
		return nil
	}
	for _, f := range list.List {
		for range max(1, len(f.Names)) {
			all = append(all, f.Type)
		}
	}
	return all
}

// verbs are the method names of drivers, without Context.
var verbs = stringSet("Exec", "ExecTx", "Query", "QueryTx", "QueryRow", "QueryOne", "Prepare", "Queue", "Raw",
	"Get", "Select", "NamedExec", "NamedQuery", "MustExec", "Queryx", "QueryRowx", "QueryRows", "Preparex",
	"PrepareNamed", "ExecQuery", "Execute", "RawQuery", "QueryFunc")

// verbOf returns the verb in a method's name and whether it is the whole
// name. InterceptQuery has a verb, but as a part.
func verbOf(method string) (verb string, whole bool) {
	method = strings.TrimSuffix(method, "Context")
	if verbs[method] {
		return method, true
	}
	for _, part := range []string{"Query", "Exec", "Prepare"} {
		if strings.Contains(method, part) {
			return part, false
		}
	}
	return "", false
}

func isExec(verb string) bool {
	switch verb {
	case "Exec", "ExecTx", "MustExec", "NamedExec", "Execute":
		return true
	}
	return false
}

// isLoader: Get and Select of sqlx and scany fill a destination and return an
// error alone.
func isLoader(verb string) bool { return verb == "Get" || verb == "Select" }

// textParam finds the text: the string after an optional context, after the
// destination of a loader, and after the name of a statement that pgx's
// Prepare takes.
func textParam(sig *types.Signature, verb string) (Sink, bool) {
	params := sig.Params()
	i := 0
	if i < params.Len() && flow.IsContext(params.At(i).Type()) {
		i++
	}
	if isLoader(verb) {
		if i >= params.Len() || !flow.IsAny(params.At(i).Type()) || !sig.Variadic() {
			return Sink{}, false
		}
		i++
	}
	if i >= params.Len() || !flow.IsString(params.At(i).Type()) {
		return Sink{}, false
	}
	if verb == "Prepare" && i+1 < params.Len() && flow.IsString(params.At(i+1).Type()) {
		i++
	}
	if i == params.Len()-1 && sig.Variadic() {
		return Sink{}, false // Select(columns ...string)
	}
	return Sink{Arg: i}, true
}

type resultClass uint8

const (
	otherResult  resultClass = iota
	plainResult              // nothing, an error, or a count and an error
	ownResult                // a type with the methods of rows, of a result, or of a query to run
	driverResult             // a type of a driver
)

// resultOf classes a method by its first result.
func resultOf(sig *types.Signature) resultClass {
	results := sig.Results()
	if results.Len() == 0 {
		return plainResult
	}
	if results.Len() > 2 || results.Len() == 2 && !flow.IsError(results.At(1).Type()) {
		return otherResult
	}
	first := results.At(0).Type()
	if flow.IsError(first) || results.Len() == 2 && flow.IsInteger(first) {
		return plainResult
	}
	named := flow.NamedOf(first)
	if named == nil || named.Obj().Pkg() == nil {
		return otherResult
	}
	switch {
	case IsDriverResult(named):
		return driverResult
	case dialect.OfImport(named.Obj().Pkg().Path()) == dialect.Other:
		return otherResult
	case looksLikeRow(first) || looksLikeResult(first) || looksLikeQuery(first):
		return ownResult
	}
	return otherResult
}

// IsDriverResult reports whether t, or what it points to, is a type that drivers
// return for SQL, and nothing else does.
func IsDriverResult(t types.Type) bool {
	pkg, name := flow.TypeName(t)
	return pkg != "" && library.Of(pkg).Results.Has(name)
}

// looksLikeRow: Scan(...any) error, which rows and a row have. A query that
// is still to be run (gocql's) has it too, beside Exec or Iter.
func looksLikeRow(t types.Type) bool {
	scan := flow.MethodOf(t, "Scan")
	if scan == nil || flow.MethodOf(t, "Exec") != nil || flow.MethodOf(t, "Iter") != nil {
		return false
	}
	sig := scan.Signature()
	return sig.Variadic() && sig.Params().Len() == 1 && flow.IsAnySlice(sig.Params().At(0).Type()) &&
		sig.Results().Len() == 1 && flow.IsError(sig.Results().At(0).Type())
}

// looksLikeResult: RowsAffected() int64, with or without an error.
func looksLikeResult(t types.Type) bool {
	m := flow.MethodOf(t, "RowsAffected")
	if m == nil {
		return false
	}
	sig := m.Signature()
	return sig.Params().Len() == 0 && sig.Results().Len() > 0 && flow.IsInteger(sig.Results().At(0).Type())
}

// looksLikeQuery: an Exec that returns what a driver returns, as a query has
// that is still to be run (beego's RawSeter).
func looksLikeQuery(t types.Type) bool {
	m := flow.MethodOf(t, "Exec")
	if m == nil || m.Signature().Results().Len() == 0 {
		return false
	}
	named := flow.NamedOf(m.Signature().Results().At(0).Type())
	return named != nil && IsDriverResult(named)
}

// hasQuerySibling reports whether the type of fn has another method that runs
// SQL beyond doubt: an Exec that returns an error alone is believed only in
// such company.
func hasQuerySibling(recv types.Type, fn *types.Func) bool {
	set := types.NewMethodSet(recv)
	for i := range set.Len() {
		m, ok := set.At(i).Obj().(*types.Func)
		if !ok || m == fn {
			continue
		}
		if verb, whole := verbOf(m.Name()); whole && !isLoader(verb) {
			sig := m.Signature()
			if class := resultOf(sig); class == driverResult || class == ownResult {
				if _, ok := textParam(sig, verb); ok {
					return true
				}
			}
		}
	}
	return false
}

func stringSet(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, w := range words {
		set[w] = true
	}
	return set
}
