package driver

import (
	"go/ast"

	"github.com/poolvet/poolvet/internal/effect"
)

// judgePgx4: the cache of statements is of named ones, unless its mode is
// describe; without it every query takes two round trips.
// https://pkg.go.dev/github.com/jackc/pgx/v4#ParseConfig
func judgePgx4(m modes) (finding, bool) {
	simple, cache, capacity := m["prefer_simple_protocol"], m["statement_cache_mode"], m["statement_cache_capacity"]
	_, setsSimple := m["prefer_simple_protocol"]
	_, setsCache := m["statement_cache_mode"]
	switch {
	case setsSimple && (!simple.known || isTrue(simple.value)):
	case setsCache && !cache.known:
	case cache.value == "none":
		return finding{kind: effect.SplitStatement, decides: "statement_cache_mode"}, true
	case capacity.value == "0":
		return finding{kind: effect.SplitStatement, decides: "statement_cache_capacity"}, true
	case cache.value == "prepare":
		return finding{kind: effect.NamedStatement, decides: "statement_cache_mode", why: evictions}, true
	case !setsCache:
		return finding{kind: effect.NamedStatement, words: "the default statement cache of pgx v4", why: evictions}, true
	}
	return finding{}, false
}

const evictions = "what falls out of the cache is removed by SQL, DEALLOCATE, which no setting of a pooler helps with"

// statementCache is what a BuildStatementCache makes: "none" where it is nil.
func statementCache(s *scan, x ast.Expr) (string, bool) {
	if s.info.Types[x].IsNil() {
		return "none", true
	}
	value := ""
	for _, fn := range s.flow.Functions(x) {
		ast.Inspect(fn, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				switch sel.Sel.Name {
				case "ModeDescribe":
					value = "describe"
				case "ModePrepare":
					value = "prepare"
				}
			}
			return true
		})
	}
	return value, value != ""
}
