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
	neonConfig   = "neondatabase/neon: compute/etc/pgbouncer.ini"
	cnpgDocs     = "https://cloudnative-pg.io/documentation/current/connection_pooling/"
	zalandoDocs  = "https://postgres-operator.readthedocs.io/en/latest/user/"
	pgoDocs      = "https://access.crunchydata.com/documentation/postgres-operator/latest/"
	supabaseDocs = "https://supabase.com/docs/guides/database/connecting-to-postgres"
	planetDocs   = "https://planetscale.com/docs/postgres/connecting/pgbouncer"
	railwayDocs  = "https://docs.railway.com/databases/postgresql-pgbouncer"
)

// service is PgBouncer 1.25 under another roof.
func service(title, about, ref string) *Pooler {
	p := pgbouncer(version{1, 25})
	p.Title, p.About, p.Reference = title, about, ref
	return p
}

// ignoring sets the startup parameters that the service ignores.
func (p *Pooler) ignoring(ref string, names ...string) *Pooler {
	p.ignored.Reference = ref
	for _, name := range names {
		p.ignore(name)
	}
	return p
}

// starting adds to what the service does with startup parameters.
func (p *Pooler) starting(more params) *Pooler {
	p.startup = p.startup.over(more)
	return p
}

// statements sets what the service does with named statements by default.
func (p *Pooler) statements(v Verdict) *Pooler {
	p.cells[effect.NamedStatement] = v
	if v.Evidence == Inferred { // nobody says that its users can set it
		p.Offers.Statements = ""
		c := p.switches[PreparedStatements]
		c.setting = ""
		p.switches[PreparedStatements] = c
	}
	return p
}

func azure(version) *Pooler {
	return service("Azure's PgBouncer", "PgBouncer 1.25.1 in Azure Database for PostgreSQL flexible server, with pgbouncer.max_prepared_statements at its default 0", azureDocs).
		statements(Verdict{Outcome: Leaks, Evidence: Documented,
			Why:       "pgbouncer.max_prepared_statements is 0 by default on Azure, whatever PgBouncer's own default: 26000 does not exist, or 42P05 already exists",
			Reference: azureDocs})
}

func alloydb(version) *Pooler {
	return service("AlloyDB's connection pooling", "AlloyDB managed connection pooling in transaction mode, with max_prepared_statements at its default 0", alloyDocs).
		statements(Verdict{Outcome: Leaks, Evidence: Documented,
			Why:       "max_prepared_statements is 0 by default in AlloyDB's managed pooling: 26000 does not exist, or 42P05 already exists",
			Reference: alloyDocs})
}

func cloudsql(version) *Pooler {
	return service("Cloud SQL's connection pooling", "Cloud SQL managed connection pooling in transaction mode, taken to be set up as AlloyDB's", cloudsqlDocs).
		statements(Verdict{Outcome: Leaks, Evidence: Inferred,
			Why:       "Cloud SQL's managed pooling is taken to have AlloyDB's default, which keeps no prepared statements",
			Reference: cloudsqlDocs})
}

func neon(version) *Pooler {
	return service("Neon's pooler", "Neon's pooled connections (-pooler in the host name): PgBouncer in transaction mode with max_prepared_statements=1000", neonDocs).
		statements(Verdict{Outcome: OK, Evidence: Documented,
			Why: "Neon runs PgBouncer with max_prepared_statements=1000", Reference: neonDocs}).
		ignoring(neonConfig, "extra_float_digits").
		starting(params{"options:endpoint": verdict(OK, Documented, "it names the compute to Neon's own routing, and is no parameter", neonDocs)})
}

func heroku(version) *Pooler {
	return service("Heroku's connection pooling", "Heroku Postgres server-side connection pooling: PgBouncer in transaction mode", herokuDocs).
		statements(undocumentedStatements("Heroku", herokuDocs))
}

func digitalocean(version) *Pooler {
	return service("DigitalOcean's connection pool", "a DigitalOcean connection pool in transaction mode: PgBouncer", oceanDocs).
		statements(undocumentedStatements("DigitalOcean", oceanDocs))
}

func cloudnativepg(version) *Pooler {
	return service("CloudNativePG's Pooler", "a Pooler of CloudNativePG with poolMode transaction (its default is session): PgBouncer, which ignores extra_float_digits and options; which version runs is the image's, 1.19 or later", cnpgDocs).
		statements(undocumentedStatements("CloudNativePG, which wants 1.19 or later,", cnpgDocs)).
		ignoring(cnpgDocs, "extra_float_digits", "options")
}

func zalando(version) *Pooler {
	return service("Zalando's connection pooler", "the connection pooler of Zalando's Postgres operator, transaction mode by default: PgBouncer, which ignores extra_float_digits and options; which version its image has was not found out", zalandoDocs).
		statements(undocumentedStatements("Zalando's operator", zalandoDocs)).
		ignoring(zalandoDocs, "extra_float_digits", "options")
}

func pgo(version) *Pooler {
	return service("PGO's PgBouncer", "the PgBouncer of Crunchy's PGO with pool_mode transaction (its default is session), which ignores extra_float_digits; which version its image has was not found out", pgoDocs).
		statements(undocumentedStatements("PGO", pgoDocs)).
		ignoring(pgoDocs, "extra_float_digits")
}

func supabaseDedicated(version) *Pooler {
	return service("Supabase's dedicated pooler", "Supabase's dedicated pooler (db.REF.supabase.co:6543), transaction mode: PgBouncer, not Supavisor; its version and settings were not found out", supabaseDocs).
		statements(undocumentedStatements("Supabase", supabaseDocs))
}

func planetscale(version) *Pooler {
	return service("PlanetScale's PgBouncer", "PlanetScale for Postgres on port 6432: PgBouncer in transaction mode; its version and settings were not found out", planetDocs).
		statements(undocumentedStatements("PlanetScale", planetDocs))
}

func railway(version) *Pooler {
	return service("Railway's PgBouncer", "PgBouncer in front of Railway's Postgres in its default mode, transaction; its version and settings were not found out", railwayDocs).
		statements(undocumentedStatements("Railway", railwayDocs))
}

func undocumentedStatements(vendor, ref string) Verdict {
	return verdict(Leaks, Inferred,
		vendor+" does not say whether its PgBouncer keeps prepared statements; if not, they meet 26000 does not exist, or 42P05 already exists", ref)
}
