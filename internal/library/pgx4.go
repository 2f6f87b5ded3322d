package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	Pgx4Path     = PgxPath + "/v4"
	Pgxpool4Path = Pgx4Path + "/pgxpool"
	stdlib4Path  = Pgx4Path + "/stdlib"
	Pgconn4Path  = "github.com/jackc/pgconn"
)

// pgx4 is pgx v4. https://pkg.go.dev/github.com/jackc/pgx/v4
var pgx4 = &Library{
	Name: "pgx4",
	Packages: []Package{
		{
			Path: Pgx4Path,
			Sinks: `
				Conn,Tx	1	Exec Query QueryRow QueryFunc
				Conn,Tx	2/prepares	Prepare
				Batch	0	Queue`,
			Handles:   map[string]Handle{"Conn": Conn, "Tx": Tx},
			Callbacks: []Callback{{"Conn.BeginFunc", 1, Tx}, {"Conn.BeginTxFunc", 2, Tx}, {"Tx.BeginFunc", 1, Tx}},
			Results:   "Rows Row",
			Rows: []Row{
				{Names: "Connect", Role: Opens, Arg: 1, Driver: Pgx4},
				{Names: "ConnectConfig", Role: OpensWith, Arg: 1, Driver: Pgx4},
				{Names: "ParseConfig", Role: Parses, Arg: 0, Driver: Pgx4},
				{Names: "Conn.Deallocate", Role: Does, Kind: effect.Deallocate, Why: "pgx v4 sends it as SQL"},
			},
			Configs:    "ConnConfig",
			Configures: true,
			HoldsHooks: true,
			Methods:    true,
		},
		{
			Path: Pgxpool4Path,
			Sinks: `
				Pool,Conn,Tx	1	Exec Query QueryRow QueryFunc
				Tx	2/prepares	Prepare`,
			Handles: map[string]Handle{"Pool": Pool, "Conn": Conn, "Tx": Tx},
			Callbacks: []Callback{
				{"Pool.AcquireFunc", 1, Conn}, {"Pool.BeginFunc", 1, Tx}, {"Pool.BeginTxFunc", 2, Tx},
				{"Conn.BeginFunc", 1, Tx}, {"Conn.BeginTxFunc", 2, Tx}, {"Tx.BeginFunc", 1, Tx},
			},
			Rows: []Row{
				{Names: "Connect", Role: Opens, Arg: 1, Driver: Pgxpool4},
				{Names: "ConnectConfig", Role: OpensWith, Arg: 1, Driver: Pgxpool4},
				{Names: "ParseConfig", Role: Parses, Arg: 0, Driver: Pgxpool4},
			},
			Hooks: []Hook{
				{Owner: "Config", Names: "BeforeConnect AfterConnect", When: OnConnect},
				{Owner: "Config", Names: "BeforeAcquire", When: OnAcquire},
				{Owner: "Config", Names: "AfterRelease", When: OnRelease},
			},
			Configs:    "Config",
			Configures: true,
			Methods:    true,
		},
		{
			Path: stdlib4Path,
			Sinks: `
				Conn	0/prepares	Prepare
				Conn	1/prepares	PrepareContext
				Conn	1	ExecContext QueryContext`,
			Handles: map[string]Handle{"Conn": Conn},
			Rows: []Row{
				{Names: "OpenDB RegisterConnConfig", Role: OpensWith, Arg: 0, Driver: Pgx4},
			},
			Hooks: []Hook{
				{Names: "OptionBeforeConnect OptionAfterConnect", When: OnConnect},
				{Names: "OptionResetSession", When: OnAcquire},
			},
			Driver: Pgx4,
		},
		{
			Path: Pgconn4Path,
			Sinks: `
				PgConn	1	Exec ExecParams
				PgConn	2/prepares	Prepare
				PgConn	2	CopyTo CopyFrom
				Batch	0	ExecParams`,
			Handles: map[string]Handle{"PgConn": Conn},
			Results: "CommandTag StatementDescription MultiResultReader ResultReader",
			Rows: []Row{
				{Names: "Connect", Role: Parses, Arg: 1, Driver: Pgconn4},
				{Names: "ParseConfig", Role: Parses, Arg: 0, Driver: Pgconn4},
			},
			Hooks: []Hook{
				{Owner: "Config", Names: "AfterConnect ValidateConnect", When: OnConnect},
			},
			Configs:    "Config",
			Configures: true,
			Runtime:    "RuntimeParams",
		},
	},
	Database: PgxPath + " " + Pgconn4Path,
	Postgres: PgxPath + " " + Pgconn4Path,
	Drivers:  []*Driver{Pgx4, Pgxpool4, Pgconn4},
	Names:    map[string]*Driver{"pgx/v4": Pgx4},
	OwnKeys: map[string]Words{
		"pgx v4":  "statement_cache_mode prefer_simple_protocol",
		"pgx":     "statement_cache_capacity",
		"pgxpool": pool4Keys,
	},
}

const (
	pgconn4Keys = `host port database dbname user password passfile connect_timeout sslmode sslkey sslcert sslrootcert
		sslpassword sslsni krbspn krbsrvname target_session_attrs min_read_buffer_size service servicefile `
	pgx4Keys  = "statement_cache_mode statement_cache_capacity prefer_simple_protocol " + pgconn4Keys
	pool4Keys = `pool_max_conns pool_min_conns pool_max_conn_lifetime pool_max_conn_idle_time
		pool_health_check_period pool_max_conn_lifetime_jitter `

	pgx4Remedy = "set statement_cache_mode=describe in the connection string"
)

// Pgconn4 prepares nothing by itself.
var Pgconn4 = &Driver{
	Name:  "pgconn",
	ID:    "pgconn of pgx v4",
	Path:  Pgconn4Path,
	Keys:  pgconn4Keys,
	Other: effect.StartupParameter,
}

var Pgx4 = &Driver{
	Name:   "pgx v4",
	ID:     "pgx v4",
	Path:   Pgx4Path,
	Keys:   pgx4Keys,
	Other:  effect.StartupParameter,
	Mode:   "statement_cache_mode",
	Modes:  "prefer_simple_protocol",
	Fields: pgx4Fields,
	Remedy: pgx4Remedy,
}

var Pgxpool4 = &Driver{
	Name:   "pgxpool of pgx v4",
	ID:     "pgxpool of pgx v4",
	Path:   Pgx4Path,
	Keys:   pool4Keys + pgx4Keys,
	Other:  effect.StartupParameter,
	Mode:   "statement_cache_mode",
	Modes:  "prefer_simple_protocol",
	Fields: pgx4Fields,
	Remedy: pgx4Remedy,
}

var pgx4Fields = []ModeField{
	{Pgx4Path, "ConnConfig", "PreferSimpleProtocol", "prefer_simple_protocol", Constant},
	{Pgx4Path, "ConnConfig", "BuildStatementCache", "statement_cache_mode", StatementCache},
}

// StatementCache is what a BuildStatementCache makes.
const StatementCache Value = "pgx v4's BuildStatementCache"
