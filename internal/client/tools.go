package client

var pgAdmin = &Client{Name: "pgAdmin", App: "pgAdmin", Says: "a person with pgAdmin", Sent: []Sent{
	{SQL: "SET DateStyle=ISO", When: connects, Reference: pgAdminAt + "#L538"},
	{SQL: "SET client_min_messages=notice", When: connects, Reference: pgAdminAt + "#L539"},
	{SQL: "SELECT set_config('bytea_output','hex',false) FROM …", When: connects, Reference: pgAdminAt + "#L540"},
	{SQL: "SET client_encoding='x'", When: connects, Reference: pgAdminAt + "#L543"},
	{SQL: "SET ROLE TO x", When: connects, Reference: pgAdminAt + "#L469"},
}}

var pgDump = &Client{Name: "pg_dump", App: "pg_dump", Says: "pg_dump", Sent: []Sent{
	{SQL: "SELECT pg_catalog.set_config('search_path', '', false)", When: dumps, Reference: pgDumpAt + "#L1379"},
	{SQL: "SET ROLE x", When: dumps, Reference: pgDumpAt + "#L1414"},
	{SQL: "SET DATESTYLE = ISO", When: dumps, Reference: pgDumpAt + "#L1424"},
	{SQL: "SET INTERVALSTYLE = POSTGRES", When: dumps, Reference: pgDumpAt + "#L1427"},
	{SQL: "SET extra_float_digits TO 3", When: dumps, Reference: pgDumpAt + "#L1444"},
	{SQL: "SET synchronize_seqscans TO off", When: dumps, Reference: pgDumpAt + "#L1450"},
	{SQL: "SET statement_timeout = 0", When: dumps, Reference: pgDumpAt + "#L1455"},
	{SQL: "SET lock_timeout = 0", When: dumps, Reference: pgDumpAt + "#L1457"},
	{SQL: "SET idle_in_transaction_session_timeout = 0", When: dumps, Reference: pgDumpAt + "#L1459"},
	{SQL: "SET transaction_timeout = 0", When: dumps, Reference: pgDumpAt + "#L1461"},
	{SQL: "SET quote_all_identifiers = true", When: dumps, Reference: pgDumpAt + "#L1467"},
	{SQL: "SET row_security = off", When: dumps, Reference: pgDumpAt + "#L1477"},
	{SQL: "SELECT set_config(name, 'view', false) FROM pg_settings WHERE name = 'restrict_nonsystem_relation_kind'", When: dumps, Reference: pgDumpAt + "#L4961"},
	{SQL: "SET TRANSACTION ISOLATION LEVEL …", When: dumps, Reference: pgDumpAt + "#L1511"},
	{SQL: "SET TRANSACTION SNAPSHOT 'x'", When: "for --snapshot and --jobs", Reference: pgDumpAt + "#L1527"},
	{SQL: "RESET search_path", When: "for --table", Reference: pgDumpAt + "#L1843"},
	{SQL: "DECLARE _pg_dump_cursor CURSOR FOR …", When: "for --inserts", Reference: pgDumpAt + "#L2520"},
}}

const dumps = "before it dumps"

var dbeaver = &Client{Name: "DBeaver", App: "DBeaver", Says: "a person with DBeaver", Sent: []Sent{
	{SQL: "SET search_path = x", When: "for the default schema of a connection", Reference: dbeaverAt + "PostgreExecutionContext.java#L274"},
	{SQL: "SET ROLE x", When: "for the role of a connection", Reference: dbeaverAt + "PostgreExecutionContext.java#L325"},
	{SQL: "SET application_name = 'x'", When: connects, Reference: dbeaverAt + "PostgreDataSource.java#L579"},
}}

var psql = &Client{Name: "psql", App: "psql", Says: "a person or a script with psql"}

var flyway = &Client{Name: "Flyway", Lang: "Java", Sent: []Sent{
	{SQL: "SELECT pg_try_advisory_lock($1)", When: migrates, Remedy: pastThePool + ", or set flyway.postgresql.transactional.lock=true", Reference: flywayAt + "PostgreSQLAdvisoryLockTemplate.java#L107"},
	{SQL: "SELECT pg_advisory_unlock($1)", When: migrates, Remedy: pastThePool + ", or set flyway.postgresql.transactional.lock=true", Reference: flywayAt + "PostgreSQLAdvisoryLockTemplate.java#L114"},
	{SQL: "SELECT set_config('search_path', $1, false)", When: migrates, Remedy: pastThePool, Reference: flywayAt + "PostgreSQLConnection.java#L96"},
	{SQL: "SET ROLE 'x'", When: "after it migrates", Remedy: pastThePool, Reference: flywayAt + "PostgreSQLConnection.java#L53"},
}}

var liquibase = &Client{Name: "Liquibase", Lang: "Java", Sent: []Sent{
	{SQL: "SET SEARCH_PATH TO x", When: migrates, Remedy: pastThePool, Reference: liquibaseAt + "DatabaseUtils.java#L72"},
	{SQL: "SET LOCAL SEARCH_PATH TO x", When: migrates, Remedy: pastThePool, Reference: liquibaseAt + "DatabaseUtils.java#L67"},
}}

var ecto = &Client{Name: "Ecto", Lang: "Elixir", Sent: []Sent{
	{SQL: "SELECT pg_try_advisory_lock($1)", When: migrates, Remedy: "leave migration_lock at its default, a table lock", Reference: ectoAt + ".ex#L352"},
	{SQL: "SELECT pg_advisory_unlock($1)", When: migrates, Remedy: "leave migration_lock at its default, a table lock", Reference: ectoAt + ".ex#L375"},
	{SQL: "PREPARE ecto_explain_statement(…) AS …", When: explains, Reference: ectoAt + "/connection.ex#L423"},
	{SQL: "PREPARE ecto_explain_statement AS …", When: explains, Reference: ectoAt + "/connection.ex#L423"},
	{SQL: "SET LOCAL plan_cache_mode = force_generic_plan", When: explains, Reference: ectoAt + "/connection.ex#L431"},
	{SQL: "DEALLOCATE ecto_explain_statement", When: explains, Reference: ectoAt + "/connection.ex#L448"},
}}

const explains = "for explain with the plan :fallback_generic"
