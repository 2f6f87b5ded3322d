package client

import "regexp"

const (
	connects = "when it connects"
	migrates = "while it migrates"
	resets   = "when its pool takes a connection back"

	noReset      = "set No Reset On Close=true in the connection string"
	pastThePool  = "give it a connection past the pooler"
	jdbcVersion  = "set ApplicationName and assumeMinServerVersion=9.0 or later in the URL, so that it tells the server at startup"
	jdbcReadOnly = "set readOnlyMode=transaction, which is the default"
)

var jdbc = &Client{Name: "JDBC", Lang: "Java", App: "PostgreSQL JDBC Driver", Says: "a program with the JDBC driver", Prepared: regexp.MustCompile(`^S_\d+$`), Sent: []Sent{
	{"SET extra_float_digits = 3", "when it connects to PostgreSQL 11 and before", "", jdbcAt + "core/v3/ConnectionFactoryImpl.java#L1091"},
	{"SET application_name = 'x'", "when it connects, and for setClientInfo", jdbcVersion, jdbcAt + "core/v3/ConnectionFactoryImpl.java#L1103"},
	{"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "for setReadOnly with readOnlyMode=always", jdbcReadOnly, jdbcAt + "jdbc/PgConnection.java#L306"},
	{"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE", "for setReadOnly with readOnlyMode=always", jdbcReadOnly, jdbcAt + "jdbc/PgConnection.java#L307"},
	{"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL …", "for setTransactionIsolation", "", jdbcAt + "jdbc/PgConnection.java#L1127"},
	{"SET SESSION search_path TO 'x'", "for setSchema", "", jdbcAt + "jdbc/PgConnection.java#L1757"},
}}

var hibernate = &Client{Name: "Hibernate", Lang: "Java", Sent: []Sent{
	{"select nextval('x')", "for the identifier of a new row", "use GenerationType.IDENTITY, or a larger allocationSize", hibernateAt + "dialect/sequence/SequenceSupport.java#L78"},
	{"set local lock_timeout = 1", "for jakarta.persistence.lock.timeout", "", hibernateAt + "dialect/lock/internal/PostgreSQLLockingSupport.java#L130"},
	{"select set_config('hibernate.tenant_id', $1, true), set_config('hibernate.tenant_id_root', $2, true)", "for row-level security by tenant", "",
		hibernateAt + "dialect/rowsecurity/PostgreSQLRowLevelSecurity.java#L28"},
	{"set client_min_messages = WARNING", "before it drops the schema", "set jakarta.persistence.schema-generation.database.action to none, or " + pastThePool,
		hibernateAt + "dialect/PostgreSQLDialect.java#L860"},
}}

var npgsql = &Client{Name: "Npgsql", Lang: ".NET", Says: "a program with Npgsql", Prepared: regexp.MustCompile(`^_(?:auto|p)\d+$`), Sent: []Sent{
	{"DISCARD ALL", resets, noReset, npgsqlAt + "PregeneratedMessages.cs#L22"},
	{"SET SESSION AUTHORIZATION DEFAULT", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2470"},
	{"RESET ALL", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2470"},
	{"CLOSE ALL", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2474"},
	{"UNLISTEN *", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2479"},
	{"SELECT pg_advisory_unlock_all()", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2484"},
	{"DISCARD SEQUENCES", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2489"},
	{"DISCARD TEMP", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2494"},
	{"DEALLOCATE ALL", "for UnprepareAll", "", npgsqlAt + "Internal/NpgsqlConnector.cs#L2624"},
}}

// Of Go, so that another program than the one that is read is told from it.
var pgx = &Client{Name: "pgx", Lang: "Go", Says: "another Go program, with pgx", Prepared: regexp.MustCompile(`^(?:stmtcache_[0-9a-f]+|lrupsc_\d+_\d+)$`)}
