package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	PgxPath = "github.com/jackc/pgx" // of every major

	Pgx5Path     = PgxPath + "/v5"
	Pgxpool5Path = Pgx5Path + "/pgxpool"
	Pgconn5Path  = Pgx5Path + "/pgconn"
	stdlib5Path  = Pgx5Path + "/stdlib"
)

// pgx5 is pgx v5, its pool and its driver for database/sql.
// https://pkg.go.dev/github.com/jackc/pgx/v5
var pgx5 = &Library{
	Name: "pgx5",
	Packages: []Package{
		{
			Path: Pgx5Path,
			Sinks: `
				Conn,Tx	1	Exec Query QueryRow
				Conn,Tx	2/prepares	Prepare
				Batch	0	Queue
				TxOptions	field	BeginQuery CommitQuery
				QueuedQuery	field	SQL`,
			Handles:   map[string]Handle{"Conn": Conn, "Tx": Tx},
			Callbacks: []Callback{{"BeginFunc", 2, Tx}, {"BeginTxFunc", 3, Tx}},
			Results:   "Rows Row QueuedQuery",
			Rows: []Row{
				{Names: "Connect ConnectWithOptions", Role: Opens, Arg: 1, Driver: Pgx5},
				{Names: "ConnectConfig", Role: OpensWith, Arg: 1, Driver: Pgx5},
				{Names: "ParseConfig ParseConfigWithOptions", Role: Parses, Arg: 0, Driver: Pgx5},
				{Names: "Batch.Queue", Role: Does, Check: QueuedMode},
				{Names: "Conn.DeallocateAll", Role: Does, Kind: effect.Deallocate, Why: "pgx sends it as SQL"},
				{Names: "Conn.Deallocate", Role: Does, Kind: effect.Deallocate, Check: PreparedBySQL},
			},
			Takings:    []Taking{{Names: "BeginFunc BeginTxFunc", Tx: true}},
			Configs:    "ConnConfig",
			Configures: true,
			HoldsHooks: true,
			Methods:    true,
		},
		{
			Path: Pgxpool5Path,
			Sinks: `
				Pool,Conn,Tx	1	Exec Query QueryRow
				Tx	2/prepares	Prepare`,
			Handles:   map[string]Handle{"Pool": Pool, "Conn": Conn, "Tx": Tx},
			Callbacks: []Callback{{"Pool.AcquireFunc", 1, Conn}},
			Rows: []Row{
				{Names: "New", Role: Opens, Arg: 1, Driver: Pgxpool5},
				{Names: "NewWithConfig", Role: OpensWith, Arg: 1, Driver: Pgxpool5},
				{Names: "ParseConfig", Role: Parses, Arg: 0, Driver: Pgxpool5},
			},
			Hooks: []Hook{
				{Owner: "Config", Names: "BeforeConnect AfterConnect", When: OnConnect},
				{Owner: "Config", Names: "BeforeAcquire PrepareConn", When: OnAcquire},
				{Owner: "Config", Names: "AfterRelease", When: OnRelease},
			},
			Configs:    "Config",
			Configures: true,
			Methods:    true,
		},
		{
			Path: Pgconn5Path,
			Sinks: `
				PgConn	1	Exec ExecParams
				PgConn	2/prepares	Prepare
				PgConn	2	CopyTo CopyFrom
				Batch	0	ExecParams
				Pipeline	1/prepares	SendPrepare
				Pipeline	0	SendQueryParams`,
			Handles: map[string]Handle{"PgConn": Conn, "Pipeline": Conn},
			Results: "CommandTag StatementDescription MultiResultReader ResultReader",
			Rows: []Row{
				{Names: "Connect ConnectWithOptions", Role: Parses, Arg: 1, Driver: Pgconn5},
				{Names: "ParseConfig ParseConfigWithOptions", Role: Parses, Arg: 0, Driver: Pgconn5},
				{Names: "PgConn.Deallocate", Role: Does, Kind: effect.Deallocate, Check: PreparedBySQL},
			},
			Hooks: []Hook{
				{Owner: "Config", Names: "AfterConnect ValidateConnect", When: OnConnect},
			},
			Configs:    "Config",
			Configures: true,
			Runtime:    "RuntimeParams",
		},
		{
			Path: stdlib5Path,
			Sinks: `
				Conn	0/prepares	Prepare
				Conn	1/prepares	PrepareContext
				Conn	1	ExecContext QueryContext`,
			Handles: map[string]Handle{"Conn": Conn},
			Rows: []Row{
				{Names: "OpenDB GetConnector RegisterConnConfig", Role: OpensWith, Arg: 0, Driver: Pgx5},
			},
			Hooks: []Hook{
				{Names: "OptionBeforeConnect OptionAfterConnect", When: OnConnect},
				{Names: "OptionResetSession", When: OnAcquire},
			},
			Takings: []Taking{{Names: "OpenDBFromPool GetPoolConnector", Gives: true}},
			Driver:  Pgx5,
		},
	},
	Database: PgxPath,
	Postgres: PgxPath,
	Drivers:  []*Driver{Pgx5, Pgxpool5, Pgconn5},
	Names:    map[string]*Driver{"pgx/v5": Pgx5},
	OwnKeys: map[string]Words{
		"pgx v5":  "default_query_exec_mode description_cache_capacity",
		"pgx":     "statement_cache_capacity",
		"pgxpool": pool5Keys,
	},
	Keeps: "github.com/jackc/",
}

const (
	pgconn5Keys = `host port database dbname user password passfile connect_timeout sslmode sslkey sslcert sslcertmode
		sslrootcert sslnegotiation sslpassword sslsni krbspn krbsrvname target_session_attrs service servicefile
		min_protocol_version max_protocol_version channel_binding require_auth `
	pgx5Keys  = "default_query_exec_mode statement_cache_capacity description_cache_capacity " + pgconn5Keys
	pool5Keys = `pool_max_conns pool_min_conns pool_min_idle_conns pool_max_conn_lifetime pool_max_conn_idle_time
		pool_health_check_period pool_max_conn_lifetime_jitter pool_ping_timeout `

	pgx5Remedy = "set default_query_exec_mode=cache_describe, or QueryExecModeCacheDescribe in the configuration"
)

// Pgconn5 prepares nothing by itself.
var Pgconn5 = &Driver{
	Name:  "pgconn",
	ID:    "pgconn",
	Path:  Pgconn5Path,
	Keys:  pgconn5Keys,
	Other: effect.StartupParameter,
}

var Pgx5 = &Driver{
	Name:   "pgx",
	ID:     "pgx",
	Path:   Pgx5Path,
	Keys:   pgx5Keys,
	Other:  effect.StartupParameter,
	Mode:   "default_query_exec_mode",
	Fields: pgx5Fields,
	Remedy: pgx5Remedy,
}

var Pgxpool5 = &Driver{
	Name:   "pgxpool",
	ID:     "pgxpool",
	Path:   Pgx5Path,
	Keys:   pool5Keys + pgx5Keys,
	Other:  effect.StartupParameter,
	Mode:   "default_query_exec_mode",
	Fields: pgx5Fields,
	Remedy: pgx5Remedy,
}

var pgx5Fields = []ModeField{
	{Pgx5Path, "ConnConfig", "DefaultQueryExecMode", "default_query_exec_mode", QueryMode},
	{Pgx5Path, "ConnConfig", "StatementCacheCapacity", "statement_cache_capacity", Constant},
}

// QueryMode is one of QueryModes.
const QueryMode Value = "pgx v5's QueryExecMode"

// QueryModes are the constants of pgx v5 and their names in connection strings.
var QueryModes = map[string]string{
	"QueryExecModeCacheStatement": "cache_statement",
	"QueryExecModeCacheDescribe":  "cache_describe",
	"QueryExecModeDescribeExec":   "describe_exec",
	"QueryExecModeExec":           "exec",
	"QueryExecModeSimpleProtocol": "simple_protocol",
}

const (
	QueuedMode    Check = "a mode that is queued with a query"
	PreparedBySQL Check = "a statement that was prepared by SQL"
)
