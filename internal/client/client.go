// Package client is what drivers, frameworks and tools of other languages are
// known to send to PostgreSQL by themselves: data only, a row for each. What is
// said of one was read in its source, at the line, and the commit or release,
// that it refers to. What real clients were seen to send is in measured.go, with
// their versions, and docs/clients.md shows it.
//
// Not included: node-postgres (packages/pg at c9e57617), Postgrex (lib at f6e5f2f)
// and psql (src/bin/psql of PostgreSQL 18.6), which send nothing by themselves that
// changes a session; pg_dump's PREPARE and EXECUTE, which its name tells; and tenants
// by schema of Hibernate and other mappers, which are the user's own code.
package client

import (
	"regexp"
	"slices"
	"strings"
)

// Client is one of them.
type Client struct {
	Name string
	Lang string // of the programs with it, "" for a tool
	App  string // what its application_name begins with, where it sets one that tells it apart
	Tag  string // what sqlcommenter's framework or db_driver begins with, "" for none
	Says string // of whatever it sends under a name of its own, "" where it is told by what it sends
	Sent []Sent

	Prepared *regexp.Regexp // the names that it gives prepared statements, nil for none of its own
}

// Sent is one statement.
type Sent struct {
	SQL       string // a placeholder for each value, … for what is not known
	When      string // "while it reads types"
	Remedy    string // "" for none
	Reference string
}

// All are those that are known.
var All = []*Client{asyncpg, psycopg2, psycopg3, sqlalchemy, django, jdbc, hibernate, npgsql, rails, pdo, dbdPg, ecto,
	sequelize, knex, typeORM, prisma, flyway, liquibase, pgx, pgAdmin, pgDump, dbeaver, psql}

const (
	github      = "https://github.com/"
	asyncpgAt   = github + "MagicStack/asyncpg/blob/db8ecc2/asyncpg/connection.py"
	psycopg2At  = github + "psycopg/psycopg2/blob/3a6d9d6d/psycopg/"
	sqlaAt      = github + "sqlalchemy/sqlalchemy/blob/f35da7e2b9/lib/sqlalchemy/dialects/postgresql/base.py"
	pg8000At    = github + "sqlalchemy/sqlalchemy/blob/f35da7e2b9/lib/sqlalchemy/dialects/postgresql/pg8000.py"
	djangoAt    = github + "django/django/blob/5.2.18/django/db/backends/postgresql/"
	jdbcAt      = github + "pgjdbc/pgjdbc/blob/3a699d57d/pgjdbc/src/main/java/org/postgresql/"
	npgsqlAt    = github + "npgsql/npgsql/blob/3cb5804b7/src/Npgsql/"
	hibernateAt = github + "hibernate/hibernate-orm/blob/fad1729dce0/hibernate-core/src/main/java/org/hibernate/"
	rails81At   = github + "rails/rails/blob/fa8f0812160/activerecord/lib/active_record/connection_adapters/" // 8.1.3
	railsAt     = github + "rails/rails/blob/2a2db1e8d6d/activerecord/lib/active_record/connection_adapters/" // 8.2.0.alpha
	pdoAt       = github + "php/php-src/blob/php-8.2.32/ext/pdo_pgsql/"
	dbdPgAt     = github + "bucardo/dbdpg/blob/3e7798b/dbdimp.c"
	sequelizeAt = github + "sequelize/sequelize/blob/cb7f99ad0/src/dialects/" // 6.37.8
	knexAt      = github + "knex/knex/blob/e25d54bcb/lib/dialects/postgres/index.js"
	typeORMAt   = github + "typeorm/typeorm/blob/281bfba42/src/driver/postgres/PostgresQueryRunner.ts"
	prismaAt    = github + "prisma/prisma-engines/blob/1f7ff79b/schema-engine/connectors/sql-schema-connector/src/flavour/postgres.rs"
	dbeaverAt   = github + "dbeaver/dbeaver/blob/2428359b74/plugins/org.jkiss.dbeaver.ext.postgresql/src/org/jkiss/dbeaver/ext/postgresql/model/"
	ectoAt      = github + "elixir-ecto/ecto_sql/blob/5e45b43/lib/ecto/adapters/postgres"
	flywayAt    = github + "flyway/flyway/blob/c5e20fc77/flyway-database/flyway-database-postgresql/src/main/java/org/flywaydb/database/postgresql/"
	liquibaseAt = github + "liquibase/liquibase/blob/cdbdec7fa9/liquibase-standard/src/main/java/liquibase/database/core/"
	pgAdminAt   = github + "pgadmin-org/pgadmin4/blob/bc58657d3/web/pgadmin/utils/driver/psycopg3/connection.py"
	pgDumpAt    = github + "postgres/postgres/blob/REL_18_6/src/bin/pg_dump/pg_dump.c"
)

// Known is a client that may have sent a statement.
type Known struct {
	*Client
	Sent       // "" in all where only a name tells
	Named bool // the application's name, or the statement's comment, is its own
}

// own are words that no one else writes: SET search_path TO x is anyone's.
var own = []string{"set_config('jit'", "_django_curs_", "pdo_stmt_", "pdo_crsr_", "dbdpg_", "_pg3_", "_pg_dump_cursor", "hibernate.tenant_id", "ecto_explain_statement", prismaKey}

// IsKey reports whether a number alone tells a client's statement from others'.
func IsKey(number string) bool { return number == prismaKey }

// IsOwn reports whether a statement can be no one else's.
func (k Known) IsOwn() bool {
	return k.Named || slices.ContainsFunc(own, func(words string) bool { return strings.Contains(k.SQL, words) })
}

// isTagged reports whether sqlcommenter's tags name the client.
func (c *Client) isTagged(tags []string) bool {
	return c.Tag != "" && slices.ContainsFunc(tags, func(tag string) bool { return strings.HasPrefix(tag, c.Tag) })
}

// IsTagged reports whether sqlcommenter's tags, its framework and db_driver, name
// one of them.
func IsTagged(tags []string) bool {
	return slices.ContainsFunc(All, func(c *Client) bool { return c.isTagged(tags) })
}

// Preparing is the one that gives prepared statements such names, nil for none.
func Preparing(name string) *Client {
	for _, c := range All {
		if c.Prepared != nil && c.Prepared.MatchString(name) {
			return c
		}
	}
	return nil
}

// IsGo reports whether programs with it are in Go.
func (c *Client) IsGo() bool { return c.Lang == "Go" }

// Senders are those that are known to send a statement under a name of an
// application, "" for an unknown one, and with the tags that sqlcommenter wrote;
// is tells whether it can be the statement. Where a name is that of one of them,
// those of that name alone count.
func Senders(app string, tags []string, is func(sql string) bool) (all []Known) {
	for _, c := range All {
		byApp := c.App != "" && strings.HasPrefix(app, c.App)
		named := byApp || c.isTagged(tags)
		if c.App != "" && app != "" && !named {
			continue
		}
		i := slices.IndexFunc(c.Sent, func(s Sent) bool { return is(s.SQL) })
		switch {
		case i >= 0:
			all = append(all, Known{c, c.Sent[i], named})
		case named:
			all = append(all, Known{c, Sent{}, true})
		}
	}
	if slices.ContainsFunc(all, func(k Known) bool { return k.Named }) {
		all = slices.DeleteFunc(all, func(k Known) bool { return !k.Named })
	}
	return all
}
