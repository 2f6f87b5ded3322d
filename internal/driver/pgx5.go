package driver

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
)

const pgx5Path = "github.com/jackc/pgx/v5"

// pgx5Library is pgx v5, its pool and its driver for database/sql.
// https://pkg.go.dev/github.com/jackc/pgx/v5
var pgx5Library = library{
	pgx5Path: {
		{names: "Connect ConnectWithOptions", role: opens, arg: 1, driver: pgx5},
		{names: "ConnectConfig", role: openWith, arg: 1, driver: pgx5},
		{names: "ParseConfig ParseConfigWithOptions", role: parses, arg: 0, driver: pgx5},
		{names: "Batch.Queue", role: does, check: queuedMode},
		{names: "Conn.DeallocateAll", role: does, kind: effect.Deallocate, why: "pgx sends it as SQL"},
		{names: "Conn.Deallocate", role: does, kind: effect.Deallocate, check: preparedBySQL},
	},
	pgx5Path + "/pgxpool": {
		{names: "New", role: opens, arg: 1, driver: pgxpool5},
		{names: "NewWithConfig", role: openWith, arg: 1, driver: pgxpool5},
		{names: "ParseConfig", role: parses, arg: 0, driver: pgxpool5},
	},
	pgx5Path + "/stdlib": {
		{names: "OpenDB GetConnector RegisterConnConfig", role: openWith, arg: 0, driver: pgx5},
	},
	pgx5Path + "/pgconn": {
		{names: "Connect ConnectWithOptions", role: parses, arg: 1, driver: pgconn5},
		{names: "ParseConfig ParseConfigWithOptions", role: parses, arg: 0, driver: pgconn5},
		{names: "PgConn.Deallocate", role: does, kind: effect.Deallocate, check: preparedBySQL},
	},
}

// pgconn5 prepares nothing by itself.
var pgconn5 = &driver{
	name: "pgconn",
	keys: keySet(`host port database dbname user password passfile connect_timeout sslmode sslkey sslcert sslcertmode
		sslrootcert sslnegotiation sslpassword sslsni krbspn krbsrvname target_session_attrs service servicefile
		min_protocol_version max_protocol_version channel_binding require_auth`),
	other: effect.StartupParameter,
}

var pgx5 = &driver{
	name:   "pgx",
	keys:   keySet("default_query_exec_mode statement_cache_capacity description_cache_capacity", pgconn5.keys),
	other:  effect.StartupParameter,
	judge:  judgePgx5,
	minds:  mindsPgx,
	mode:   "default_query_exec_mode",
	fields: pgx5Fields,
	remedy: "set default_query_exec_mode=cache_describe, or QueryExecModeCacheDescribe in the configuration",
}

var pgxpool5 = &driver{
	name: "pgxpool",
	keys: keySet(`pool_max_conns pool_min_conns pool_min_idle_conns pool_max_conn_lifetime pool_max_conn_idle_time
		pool_health_check_period pool_max_conn_lifetime_jitter pool_ping_timeout`, pgx5.keys),
	other:  effect.StartupParameter,
	judge:  judgePgx5,
	minds:  mindsPgx,
	mode:   "default_query_exec_mode",
	fields: pgx5Fields,
	remedy: pgx5.remedy,
}

var pgx5Fields = []modeField{
	{pgx5Path, "ConnConfig", "DefaultQueryExecMode", "default_query_exec_mode", queryMode},
	{pgx5Path, "ConnConfig", "StatementCacheCapacity", "statement_cache_capacity", constantValue},
}

// judgePgx5 knows the modes of pgx v5 by what they send.
// https://pkg.go.dev/github.com/jackc/pgx/v5#QueryExecMode
func judgePgx5(m modes) (finding, bool) {
	switch mode, set := m["default_query_exec_mode"]; {
	case !set:
		if n, ok := m["statement_cache_capacity"]; ok && n.value == "0" {
			return finding{kind: effect.DeadOption, decides: "statement_cache_capacity",
				why: "fails every query with arguments while default_query_exec_mode is cache_statement; in pgx v5 it does not switch prepared statements off"}, true
		}
		return finding{kind: effect.NamedStatement, words: "the default query mode, cache_statement"}, true
	case mode.value == "cache_statement":
		return finding{kind: effect.NamedStatement, decides: "default_query_exec_mode"}, true
	case mode.value == "describe_exec":
		return finding{kind: effect.SplitStatement, decides: "default_query_exec_mode"}, true
	}
	return finding{}, false
}

// queryModes are the constants of pgx v5 and their names in connection strings.
var queryModes = map[string]string{
	"QueryExecModeCacheStatement": "cache_statement",
	"QueryExecModeCacheDescribe":  "cache_describe",
	"QueryExecModeDescribeExec":   "describe_exec",
	"QueryExecModeExec":           "exec",
	"QueryExecModeSimpleProtocol": "simple_protocol",
}

// queryMode is the mode that x is a constant of.
func queryMode(s *scan, x ast.Expr) (string, bool) {
	tv := s.info.Types[x]
	named, ok := types.Unalias(tv.Type).(*types.Named)
	if tv.Value == nil || !ok || named.Obj().Pkg() == nil {
		return "", false
	}
	for name, mode := range queryModes {
		if c, ok := named.Obj().Pkg().Scope().Lookup(name).(*types.Const); ok && constant.Compare(c.Val(), token.EQL, tv.Value) {
			return mode, true
		}
	}
	return "", false
}

// constantValue is x as a connection string has it.
func constantValue(s *scan, x ast.Expr) (string, bool) {
	v := s.info.Types[x].Value
	if v == nil {
		return "", false
	}
	return strings.Trim(v.ExactString(), `"`), true
}

// queuedMode reports a mode that is queued with a query: a batch has the mode
// of its connection.
func queuedMode(s *scan, call *ast.CallExpr, _ *Site) bool {
	for i, arg := range call.Args {
		if i > 0 && isQueryMode(s.info.TypeOf(arg)) {
			s.add(Site{Pos: arg.Pos(), End: arg.End(), Remedy: "set DefaultQueryExecMode on the configuration",
				Why:    "is taken for an argument of the query, so that the batch fails",
				Effect: effect.Effect{Kind: effect.DeadOption, Words: types.ExprString(arg) + " in Queue"}})
		}
	}
	return false
}
