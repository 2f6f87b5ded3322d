package client

import "regexp"

const (
	connects = "when it connects"
	migrates = "while it migrates"
	resets   = "when its pool takes a connection back"

	noReset      = "set No Reset On Close=true in the connection string"
	pastThePool  = "give it a connection past the pooler"
	jdbcVersion  = "set assumeMinServerVersion=9.0 or later, so that it tells the server at startup"
	jdbcReadOnly = "set readOnlyMode=transaction, which is the default"
	railsNoLocks = "set advisory_locks: false in database.yml, or " + pastThePool
)

var jdbc = &Client{Name: "JDBC", Lang: "Java", App: "PostgreSQL JDBC Driver", Says: "a program with the JDBC driver", Prepared: regexp.MustCompile(`^S_\d+$`), Sent: []Sent{
	{"SET extra_float_digits = 3", "when it connects to PostgreSQL 11 and before", "", jdbcAt + "core/v3/ConnectionFactoryImpl.java#L1091"},
	{"SET application_name = 'x'", connects, jdbcVersion, jdbcAt + "core/v3/ConnectionFactoryImpl.java#L1103"},
	{"SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "for setReadOnly with readOnlyMode=always", jdbcReadOnly, jdbcAt + "jdbc/PgConnection.java#L306"},
	{"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE", "for setReadOnly with readOnlyMode=always", jdbcReadOnly, jdbcAt + "jdbc/PgConnection.java#L307"},
	{"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL …", "for setTransactionIsolation", "", jdbcAt + "jdbc/PgConnection.java#L1127"},
	{"SET SESSION search_path TO 'x'", "for setSchema and currentSchema", "", jdbcAt + "jdbc/PgConnection.java#L1757"},
}}

var hibernate = &Client{Name: "Hibernate", Lang: "Java", Sent: []Sent{
	{"select nextval ('x')", "for the identifier of a new row", "use GenerationType.IDENTITY, or a larger allocationSize",
		github + "hibernate/hibernate-orm/blob/main/hibernate-core/src/main/java/org/hibernate/dialect/sequence/PostgreSQLSequenceSupport.java"},
}}

var npgsql = &Client{Name: "Npgsql", Lang: ".NET", Says: "a program with Npgsql", Prepared: regexp.MustCompile(`^_(?:auto|p)\d+$`), Sent: []Sent{
	{"DISCARD ALL", resets, noReset, npgsqlAt + "PregeneratedMessages.cs#L22"},
	{"SET SESSION AUTHORIZATION DEFAULT", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2470"},
	{"RESET ALL", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2470"},
	{"UNLISTEN *", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2479"},
	{"SELECT pg_advisory_unlock_all()", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2484"},
	{"DISCARD SEQUENCES", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2489"},
	{"DISCARD TEMP", resets, noReset, npgsqlAt + "Internal/NpgsqlConnector.cs#L2494"},
	{"DEALLOCATE ALL", "for UnprepareAll", "", npgsqlAt + "Internal/NpgsqlConnector.cs#L2624"},
}}

var rails = &Client{Name: "Rails", Lang: "Ruby", Tag: "rails", Says: "a program with Rails", Prepared: regexp.MustCompile(`^a\d+$`), Sent: []Sent{
	{"SET client_min_messages TO 'x'", connects, "", railsAt + "postgresql_adapter.rb"},
	{"SET search_path TO x", "for schema_search_path", "", railsAt + "postgresql/schema_statements.rb"},
	{"SET standard_conforming_strings = on", connects, "", railsAt + "postgresql_adapter.rb"},
	{"SET intervalstyle = iso_8601", connects, "", railsAt + "postgresql_adapter.rb"},
	{"SET SESSION timezone TO 'x'", connects, "", railsAt + "postgresql_adapter.rb"},
	{"DEALLOCATE a1", "when it forgets a prepared statement", "set prepared_statements: false in database.yml", railsAt + "postgresql_adapter.rb"},
	{"SELECT pg_try_advisory_lock(1)", migrates, railsNoLocks, railsAt + "postgresql_adapter.rb"},
	{"SELECT pg_advisory_unlock(1)", migrates, railsNoLocks, railsAt + "postgresql_adapter.rb"},
}}

var pdo = &Client{Name: "PDO", Lang: "PHP", Says: "a PHP program with PDO", Prepared: regexp.MustCompile(`^pdo_stmt_[0-9a-f]{8}$`), Sent: []Sent{
	{"DEALLOCATE pdo_stmt_00000001", "when a statement goes", "set PDO::ATTR_EMULATE_PREPARES, or PDO::PGSQL_ATTR_DISABLE_PREPARES",
		github + "php/php-src/blob/master/ext/pdo_pgsql/pgsql_statement.c"},
}}

var dbdPg = &Client{Name: "DBD::Pg", Lang: "Perl", Says: "a Perl program with DBD::Pg", Prepared: regexp.MustCompile(`^dbdpg_[pn]\d+_[0-9a-f]+$`)}

// Of Go, so that another program than the one that is read is told from it.
var pgx = &Client{Name: "pgx", Lang: "Go", Says: "another Go program, with pgx", Prepared: regexp.MustCompile(`^(?:stmtcache_[0-9a-f]+|lrupsc_\d+_\d+)$`)}
