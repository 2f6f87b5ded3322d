package client

var pgAdmin = &Client{Name: "pgAdmin", App: "pgAdmin", Says: "a person with pgAdmin", Sent: []Sent{
	{SQL: "SET DateStyle=ISO", When: connects, Reference: pgAdminAt + "#L538"},
	{SQL: "SET client_min_messages=notice", When: connects, Reference: pgAdminAt + "#L539"},
	{SQL: "SELECT set_config('bytea_output','hex',false) FROM …", When: connects, Reference: pgAdminAt + "#L540"},
	{SQL: "SET client_encoding='x'", When: connects, Reference: pgAdminAt + "#L543"},
	{SQL: "SET ROLE TO x", When: connects, Reference: pgAdminAt + "#L469"},
}}

var pgDump = &Client{Name: "pg_dump", App: "pg_dump", Says: "pg_dump", Sent: []Sent{
	{SQL: "SELECT pg_catalog.set_config('search_path', '', false)", When: "before it dumps", Reference: pgDumpAt},
	{SQL: "SET DATESTYLE = ISO", When: "before it dumps", Reference: pgDumpAt},
	{SQL: "SET INTERVALSTYLE = POSTGRES", When: "before it dumps", Reference: pgDumpAt},
	{SQL: "SET extra_float_digits TO 3", When: "before it dumps", Reference: pgDumpAt},
	{SQL: "SET synchronize_seqscans TO off", When: "before it dumps", Reference: pgDumpAt},
	{SQL: "SET statement_timeout = 0", When: "before it dumps", Reference: pgDumpAt},
	{SQL: "SET lock_timeout = 0", When: "before it dumps", Reference: pgDumpAt},
	{SQL: "SET idle_in_transaction_session_timeout = 0", When: "before it dumps", Reference: pgDumpAt},
	{SQL: "SET transaction_timeout = 0", When: "before it dumps", Reference: pgDumpAt},
	{SQL: "SET row_security = off", When: "before it dumps", Reference: pgDumpAt},
}}

var dbeaver = &Client{Name: "DBeaver", App: "DBeaver", Says: "a person with DBeaver"}

var psql = &Client{Name: "psql", App: "psql", Says: "a person or a script with psql"}

var flyway = &Client{Name: "Flyway", Lang: "Java", Sent: []Sent{
	{SQL: "SELECT pg_try_advisory_lock($1)", When: migrates, Remedy: pastThePool + ", or set flyway.postgresql.transactional.lock=true", Reference: flywayAt + "#L107"},
	{SQL: "SELECT pg_advisory_unlock($1)", When: migrates, Remedy: pastThePool + ", or set flyway.postgresql.transactional.lock=true", Reference: flywayAt + "#L114"},
}}

var liquibase = &Client{Name: "Liquibase", Lang: "Java", Sent: []Sent{
	{SQL: "SET SEARCH_PATH TO x", When: migrates, Remedy: pastThePool, Reference: liquibaseAt + "PostgresDatabase.java#L287"},
}}

var ecto = &Client{Name: "Ecto", Lang: "Elixir", Sent: []Sent{
	{SQL: "SELECT pg_try_advisory_lock($1)", When: migrates, Remedy: "leave migration_lock at its default, a table lock", Reference: ectoAt + "#L352"},
	{SQL: "SELECT pg_advisory_unlock($1)", When: migrates, Remedy: "leave migration_lock at its default, a table lock", Reference: ectoAt + "#L375"},
}}
