package client

import "regexp"

const (
	railsFinds   = "set it for the role (ALTER ROLE … SET …), so that Rails, from 8.2 on, has nothing to change"
	railsNoLocks = "set advisory_locks: false in database.yml, or " + pastThePool
	railsClosed  = "set prepared_statements: false in database.yml"
	railsVars    = "set them for the role (ALTER ROLE … SET …) in place of variables: in database.yml"

	pathOfRole = "set it for the role (ALTER ROLE … SET …), and leave it out there"
)

// Rails 8.2 spells as one what earlier releases spell each in its own way.
var rails = &Client{Name: "Rails", Lang: "Ruby", Tag: "rails", Says: "a program with Rails", Prepared: regexp.MustCompile(`^a\d+$`), Sent: []Sent{
	{"SET client_min_messages TO 'x'", "when it connects, before 8.2", "", rails81At + "postgresql/schema_statements.rb#L320"},
	{"SET SESSION client_min_messages TO 'x'", connects, "set min_messages: false in database.yml", railsAt + "postgresql_adapter.rb#L1180"},
	{"SET standard_conforming_strings = on", "when it connects, before 8.2", "", rails81At + "postgresql_adapter.rb#L428"},
	{"SET SESSION standard_conforming_strings TO 'on'", connects, railsFinds, railsAt + "postgresql_adapter.rb#L1174"},
	{"SET intervalstyle = iso_8601", "when it connects, before 8.2", "", rails81At + "postgresql_adapter.rb#L1001"},
	{"SET SESSION IntervalStyle TO 'iso_8601'", connects, railsFinds, railsAt + "postgresql_adapter.rb#L1177"},
	{"SET SESSION TimeZone TO 'UTC'", connects, railsFinds, railsAt + "postgresql_adapter.rb#L1203"},
	{"SET search_path TO x", "for schema_search_path in database.yml", pathOfRole, railsAt + "postgresql/schema_statements.rb#L197"},
	{"set client_encoding to 'x'", "for encoding in database.yml", "", railsAt + "postgresql_adapter.rb#L1149"},
	{"SET SESSION … TO …", "for variables in database.yml", railsVars, railsAt + "postgresql_adapter.rb#L1240"},
	{"DEALLOCATE a1", "when it forgets a prepared statement, with libpq before 17", railsClosed, railsAt + "postgresql_adapter.rb#L374"},
	{"SELECT pg_try_advisory_lock(1)", migrates, railsNoLocks, railsAt + "postgresql_adapter.rb#L547"},
	{"SELECT pg_advisory_unlock(1)", migrates, railsNoLocks, railsAt + "postgresql_adapter.rb#L554"},
	{"DISCARD ALL", "when it takes a connection back from a thread that ended", "", railsAt + "postgresql_adapter.rb#L454"},
	{"SELECT setval('x', 1, true)", "after it loads fixtures", "", railsAt + "postgresql/schema_statements.rb#L403"},
}}

var pdo = &Client{Name: "PDO", Lang: "PHP", Says: "a PHP program with PDO", Prepared: regexp.MustCompile(`^pdo_stmt_[0-9a-f]{8}$`), Sent: []Sent{
	{"DEALLOCATE pdo_stmt_00000001", "when a statement goes", "set PDO::ATTR_EMULATE_PREPARES, or PDO::PGSQL_ATTR_DISABLE_PREPARES", pdoAt + "pgsql_statement.c#L76"},
	{"DECLARE pdo_crsr_00000001 SCROLL CURSOR WITH HOLD FOR …", "for PDO::CURSOR_SCROLL", "leave PDO::ATTR_CURSOR at PDO::CURSOR_FWDONLY", pdoAt + "pgsql_statement.c#L156"},
	{"SELECT LASTVAL()", "for lastInsertId without a name", "use INSERT … RETURNING", pdoAt + "pgsql_driver.c#L399"},
	{"SELECT CURRVAL($1)", "for lastInsertId of a sequence", "use INSERT … RETURNING", pdoAt + "pgsql_driver.c#L404"},
}}

var dbdPg = &Client{Name: "DBD::Pg", Lang: "Perl", Says: "a Perl program with DBD::Pg", Prepared: regexp.MustCompile(`^dbdpg_[pn]\d+_[0-9a-f]+$`), Sent: []Sent{
	{"DEALLOCATE dbdpg_p1_1", "when a statement goes, with libpq before 17", "set pg_server_prepare to 0", dbdPgAt + "#L4260"},
	{"set transaction read only", "for ReadOnly", "", dbdPgAt + "#L3324"},
}}

const sequelizeQuiet = "set dialectOptions: {clientMinMessages: 'ignore'}, from version 7 on clientMinMessages: false"

var sequelize = &Client{Name: "Sequelize", Lang: "JavaScript", Sent: []Sent{
	{"SET standard_conforming_strings=on", connects, "", sequelizeAt + "postgres/connection-manager.js#L223"},
	{"SET client_min_messages TO warning", connects, sequelizeQuiet, sequelizeAt + "postgres/connection-manager.js#L236"},
	{"SET TIME ZONE 'x'", connects, "set the role's TimeZone to that of the option timezone, and keepDefaultTimezone: true", sequelizeAt + "postgres/connection-manager.js#L243"},
	{"SET search_path to x", "for searchPath of a query", "", sequelizeAt + "postgres/query-generator.js#L20"},
	{"SET TRANSACTION ISOLATION LEVEL …", "for isolationLevel of a transaction", "", sequelizeAt + "abstract/query-generator/transaction.js#L19"},
}}

var knex = &Client{Name: "Knex", Lang: "JavaScript", Sent: []Sent{
	{"set search_path to x", "when it connects, for searchPath", pathOfRole, knexAt + "#L218"},
}}

var typeORM = &Client{Name: "TypeORM", Lang: "JavaScript", Sent: []Sent{
	{"SET TRANSACTION ISOLATION LEVEL …", "for isolationLevel of a transaction", "", typeORMAt + "#L194"},
}}

const prismaKey = "72707369"

var prisma = &Client{Name: "Prisma Migrate", Lang: "JavaScript", Sent: []Sent{
	{"SELECT pg_advisory_lock(" + prismaKey + ")", migrates, pastThePool, prismaAt + "#L217"},
}}
