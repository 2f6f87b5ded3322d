package pooler

import (
	"github.com/poolvet/poolvet/internal/effect"
)

// Services that run PgBouncer: its table, the service's version and settings.
// Where a service does not name its version, 1.25 stands for it: 1.26 tracks
// more parameters, and is too new to be taken for granted.

const (
	azureDocs    = "https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-pgbouncer"
	alloyDocs    = "https://docs.cloud.google.com/alloydb/docs/configure-managed-connection-pooling"
	cloudsqlDocs = "https://cloud.google.com/sql/docs/postgres/managed-connection-pooling"
	neonDocs     = "https://neon.com/docs/connect/connection-pooling"
	herokuDocs   = "https://devcenter.heroku.com/articles/postgres-connection-pooling"
	oceanDocs    = "https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/"
)

// service is PgBouncer 1.25 under another roof.
func service(title, about, ref string) *Pooler {
	p := pgbouncer(25)
	p.Version, p.Title, p.About, p.Reference = "", title, about, ref
	return p
}

// statements sets what the service does with named statements by default.
func (p *Pooler) statements(v Verdict) *Pooler {
	p.cells[effect.NamedStatement] = v
	if v.Evidence == Inferred { // nobody says that its users can set it
		p.Offers.Statements = ""
	}
	return p
}

func azure(int) *Pooler {
	return service("Azure's PgBouncer", "PgBouncer 1.25.1 in Azure Database for PostgreSQL flexible server, with pgbouncer.max_prepared_statements at its default 0", azureDocs).
		statements(Verdict{Outcome: Leaks, Evidence: Documented,
			Why:       "pgbouncer.max_prepared_statements is 0 by default on Azure, whatever PgBouncer's own default: 26000 does not exist, or 42P05 already exists",
			Reference: azureDocs})
}

func alloydb(int) *Pooler {
	return service("AlloyDB's connection pooling", "AlloyDB managed connection pooling in transaction mode, with max_prepared_statements at its default 0", alloyDocs).
		statements(Verdict{Outcome: Leaks, Evidence: Documented,
			Why:       "max_prepared_statements is 0 by default in AlloyDB's managed pooling: 26000 does not exist, or 42P05 already exists",
			Reference: alloyDocs})
}

func cloudsql(int) *Pooler {
	return service("Cloud SQL's connection pooling", "Cloud SQL managed connection pooling in transaction mode, taken to be set up as AlloyDB's", cloudsqlDocs).
		statements(Verdict{Outcome: Leaks, Evidence: Inferred,
			Why:       "Cloud SQL's managed pooling is taken to have AlloyDB's default, which keeps no prepared statements",
			Reference: cloudsqlDocs})
}

func neon(int) *Pooler {
	return service("Neon's pooler", "Neon's pooled connections (-pooler in the host name): PgBouncer in transaction mode with max_prepared_statements=1000", neonDocs).
		statements(Verdict{Outcome: OK, Evidence: Documented,
			Why: "Neon runs PgBouncer with max_prepared_statements=1000", Reference: neonDocs})
}

func heroku(int) *Pooler {
	return service("Heroku's connection pooling", "Heroku Postgres server-side connection pooling: PgBouncer in transaction mode", herokuDocs).
		statements(undocumentedStatements("Heroku", herokuDocs))
}

func digitalocean(int) *Pooler {
	return service("DigitalOcean's connection pool", "a DigitalOcean connection pool in transaction mode: PgBouncer", oceanDocs).
		statements(undocumentedStatements("DigitalOcean", oceanDocs))
}

func undocumentedStatements(vendor, ref string) Verdict {
	return Verdict{Outcome: Leaks, Evidence: Inferred,
		Why:       vendor + " does not say whether its PgBouncer keeps prepared statements; if not, they meet 26000 does not exist, or 42P05 already exists",
		Reference: ref}
}
