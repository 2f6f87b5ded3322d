package pooler

import (
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
)

const (
	supavisorDocs   = "supabase/supavisor 2.9.7: docs/faq.md, docs/migrating/pgbouncer.md"
	supavisorSource = "supabase/supavisor 2.9.7: lib/supavisor/protocol, lib/supavisor/client_handler, lib/supavisor/db_handler.ex"
)

// supavisor neither tracks nor resets: as PgBouncer, and without its list of
// tracked parameters.
func supavisor(v version) *Pooler {
	return &Pooler{
		Title:     "Supavisor " + v.String(),
		About:     "Supavisor in transaction mode (Supabase: port 6543 of the shared pooler); its source was read, and nothing was measured",
		Reference: "https://github.com/supabase/supavisor",
		cells:     table(common, supavisorRows, supavisorDrops),
		startup: each("user database search_path options:search_path options:log_level", verdict(OK, Documented, "Supavisor reads it", supavisorSource)).
			over(lostForNothing).
			over(params{"options:reference": verdict(OK, Documented, "it names the tenant to Supavisor, and is no parameter", supavisorSource)}).
			over(each("application_name client_encoding", supavisorOwn)).
			over(params{"options:jit": verdict(Lost, Documented, "jit is just-in-time access to Supavisor, and does not reach PostgreSQL", supavisorSource)}),
		options:  true,
		switches: map[Switch]choice{PreparedStatements: {table(supavisorKeeps), table(supavisorDrops), "the feature flag named_prepared_statements"}},
	}
}

// supavisorOwn is for -strict alone: what is lost is a label, and an encoding
// that most have anyway.
var supavisorOwn = Verdict{Outcome: Lost, Evidence: Documented, slight: true,
	Why: "in transaction mode Supavisor opens the server connection with values of its own", Reference: supavisorSource}

var supavisorRows = []row{
	{setters, Leaks, Documented, "Supavisor tracks no parameter and resets none, so the next client has the value", supavisorDocs},
	{slices.Concat(resetters, k{effect.Discard, effect.Deallocate, effect.Unlisten}), Lost, Documented, "it reaches whichever server connection the client has now", supavisorDocs},
	{k{effect.Listen}, Leaks, Documented, "the server connection listens, and this client hears nothing; Supavisor's transaction mode has PgBouncer's limits", supavisorDocs},
	{k{effect.AdvisoryLock, effect.AdvisoryUnlock, effect.CursorHold, effect.TempObject, effect.LoadLibrary}, Leaks, Documented,
		"Supavisor's transaction mode has PgBouncer's limits, and nothing undoes it", supavisorDocs},
	{k{effect.SequenceRead, effect.Dblink, effect.SetSeed}, Leaks, Inferred, "nothing in Supavisor undoes it", supavisorSource},
	{k{effect.SplitStatement}, WrongRows, Documented, "Supavisor does not keep unnamed statements, so another client's can take its place between the two round trips", supavisorSource},
	{k{effect.StartupParameter}, Lost, Documented, "Supavisor reads a few startup parameters and silently drops the others", supavisorSource},
}

// supavisorKeeps holds with the feature flag named_prepared_statements.
var (
	supavisorKeeps = []row{
		{k{effect.NamedStatement}, OK, Documented, "Supavisor's feature flag named_prepared_statements keeps them", supavisorDocs},
		{prepares, Refused, Documented, "with named_prepared_statements on, transaction mode only supports prepared statements of the extended protocol", supavisorSource},
	}
	supavisorDrops = []row{
		{k{effect.NamedStatement}, Leaks, Documented, "Supavisor's feature flag named_prepared_statements is off by default: 42P05 already exists, or 26000 does not exist", supavisorDocs},
		{prepares, Leaks, Documented, "the statement stays on one server connection", supavisorDocs},
	}
)
