package driver

import (
	"go/ast"

	"github.com/poolvet/poolvet/internal/effect"
)

const (
	pgx4Path    = "github.com/jackc/pgx/v4"
	pgconn4Path = "github.com/jackc/pgconn"
)

// pgx4Library is pgx v4. https://pkg.go.dev/github.com/jackc/pgx/v4
var pgx4Library = library{
	pgx4Path: {
		{names: "Connect", role: opens, arg: 1, driver: pgx4},
		{names: "ConnectConfig", role: openWith, arg: 1, driver: pgx4},
		{names: "ParseConfig", role: parses, arg: 0, driver: pgx4},
		{names: "Conn.Deallocate", role: does, kind: effect.Deallocate, why: "pgx v4 sends it as SQL"},
	},
	pgx4Path + "/pgxpool": {
		{names: "Connect", role: opens, arg: 1, driver: pgxpool4},
		{names: "ConnectConfig", role: openWith, arg: 1, driver: pgxpool4},
		{names: "ParseConfig", role: parses, arg: 0, driver: pgxpool4},
	},
	pgx4Path + "/stdlib": {
		{names: "OpenDB RegisterConnConfig", role: openWith, arg: 0, driver: pgx4},
	},
	pgconn4Path: {
		{names: "Connect", role: parses, arg: 1, driver: pgconn4},
		{names: "ParseConfig", role: parses, arg: 0, driver: pgconn4},
	},
}

var pgconn4 = &driver{
	name: "pgconn",
	keys: keySet(`host port database dbname user password passfile connect_timeout sslmode sslkey sslcert sslrootcert
		sslpassword sslsni krbspn krbsrvname target_session_attrs min_read_buffer_size service servicefile`),
	other: effect.StartupParameter,
}

var pgx4 = &driver{
	name:   "pgx v4",
	keys:   keySet("statement_cache_mode statement_cache_capacity prefer_simple_protocol", pgconn4.keys),
	other:  effect.StartupParameter,
	judge:  judgePgx4,
	minds:  mindsPgx4,
	mode:   "statement_cache_mode",
	fields: pgx4Fields,
	remedy: "set statement_cache_mode=describe in the connection string",
}

var pgxpool4 = &driver{
	name: "pgxpool of pgx v4",
	keys: keySet(`pool_max_conns pool_min_conns pool_max_conn_lifetime pool_max_conn_idle_time
		pool_health_check_period pool_max_conn_lifetime_jitter`, pgx4.keys),
	other:  effect.StartupParameter,
	judge:  judgePgx4,
	minds:  mindsPgx4,
	mode:   "statement_cache_mode",
	fields: pgx4Fields,
	remedy: pgx4.remedy,
}

var pgx4Fields = []modeField{
	{pgx4Path, "ConnConfig", "PreferSimpleProtocol", "prefer_simple_protocol", constantValue},
	{pgx4Path, "ConnConfig", "BuildStatementCache", "statement_cache_mode", statementCache},
}

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
	if isNil(s.info, x) {
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
