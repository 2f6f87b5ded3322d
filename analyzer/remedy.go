package analyzer

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
)

// remedyOf says what to do instead of e behind p.
func remedyOf(e session.Effect, p *pooler.Pooler, rule *Rule) string {
	switch {
	case inStatementMode(p) && e.Kind.Scope() == session.Transaction && e.Kind != session.Cursor:
		return "use a pool in transaction mode, or a direct connection"
	case rule.ID == localOutsideTx:
		return remediesOutside[e.Kind]
	case e.Body != session.Direct && remediesInBody[e.Kind] != "":
		return remediesInBody[e.Kind]
	case slices.Contains(parameterKinds, e.Kind):
		return parameterRemedy(e, p)
	case e.Kind == session.SequenceChange && strings.Contains(strings.ToLower(e.Words), "setval"):
		return "use ALTER SEQUENCE … RESTART, or a direct connection"
	}
	return plainRemedy(e.Kind, p)
}

func plainRemedy(kind session.Kind, p *pooler.Pooler) string {
	r := remedies[kind]
	switch {
	case onRDSProxy(p) && r.rdsproxy != "":
		return r.rdsproxy
	case inStatementMode(p) && r.statement != "":
		return r.statement
	}
	return r.text
}

func onRDSProxy(p *pooler.Pooler) bool { return p.Name == "rdsproxy" }

func inStatementMode(p *pooler.Pooler) bool { return p.Name == "pgbouncer-statement" }

// remedies say what to do instead of each kind, and where RDS Proxy and
// PgBouncer's statement mode need another remedy: on the one SET LOCAL and ON
// COMMIT DROP may pin themselves, the other has no transactions.
var remedies = map[session.Kind]struct{ text, rdsproxy, statement string }{
	session.SetCharacteristics: {text: "give the isolation level and the access mode to BeginTx",
		statement: "use ALTER ROLE … SET default_transaction_isolation or default_transaction_read_only"},
	session.SetTransaction: {text: "give the isolation level and the access mode to BeginTx"},
	session.Reset:          {text: "set nothing for the session, and there is nothing to reset"},
	session.ResetAll:       {text: "set nothing for the session, and there is nothing to reset"},
	session.SetRole: {text: "use SET LOCAL ROLE in a transaction, or connect as that role",
		rdsproxy:  "connect as that role, or put SET ROLE into the proxy's initialization query",
		statement: "connect as that role"},
	session.SetLocalRole: {text: "connect as that role"},
	session.ResetRole: {text: "use SET LOCAL ROLE in a transaction, which needs no reset",
		rdsproxy:  "connect as the role that is needed, and there is nothing to reset",
		statement: "connect as the role that is needed, and there is nothing to reset"},
	session.SetSessionAuthorization:   {text: "connect as that user"},
	session.ResetSessionAuthorization: {text: "connect as the user that is needed, and there is nothing to reset"},
	session.Discard:                   {text: "remove it, as the session is not this client's own"},
	session.Prepare:                   {text: "send the query with its arguments, and leave preparing to the driver"},
	session.Execute:                   {text: "send the query with its arguments, and leave preparing to the driver"},
	session.Deallocate:                {text: "send queries with their arguments, and leave preparing to the driver"},
	session.Listen:                    {text: "listen on a direct connection, or poll"},
	session.Unlisten:                  {text: "move LISTEN and UNLISTEN to a direct connection"},
	session.Cursor:                    {text: "read the rows of a plain query as they arrive, or page by key"},
	session.CursorHold: {text: "page by key, or use a cursor without hold in one transaction",
		rdsproxy:  "read the rows of a plain query as they arrive, or page by key",
		statement: "read the rows of a plain query as they arrive, or page by key"},
	session.TempObject: {text: "use a CTE, VALUES or unnest($1), or ON COMMIT DROP in one transaction",
		rdsproxy:  "use a CTE, VALUES or unnest($1)",
		statement: "use a CTE, VALUES or unnest($1)"},
	session.TempOnCommitDrop: {text: "use a CTE, VALUES or unnest($1)"},
	session.LoadLibrary:      {text: "load it with session_preload_libraries or shared_preload_libraries"},
	session.AdvisoryLock: {text: "use pg_advisory_xact_lock in a transaction, or a direct connection",
		statement: "use a direct connection"},
	session.AdvisoryUnlock: {text: "use pg_advisory_xact_lock, which needs no unlock, or a direct connection",
		statement: "use a direct connection"},
	session.AdvisoryXactLock: {text: "use a direct connection"},
	session.SequenceChange:   {text: "let the default of a serial or identity column draw it, and read it with RETURNING"},
	session.SequenceRead:     {text: "read the value with RETURNING where the row is inserted"},
	session.LongStatement:    {text: "send the rows by COPY or as arrays to unnest, or in smaller batches"},
	session.Dblink:           {text: "give dblink the connection string itself, without a name"},
	session.SetSeed:          {text: "make the random numbers in the program"},
	session.NamedStatement:   {text: "use a mode without named statements (pgx: default_query_exec_mode=cache_describe) and no Prepare"},
	session.SplitStatement:   {text: "set binary_parameters=yes (lib/pq) or default_query_exec_mode=cache_describe (pgx)"},
	session.Listener:         {text: "give the listener a direct connection, or poll"},
	session.MigrationLock:    {text: "run migrations over a direct connection"},
	session.DeadOption:       {text: "remove it"},
}

// remediesInBody hold in DO blocks and functions, on RDS Proxy too: it sees
// neither the SET LOCAL there nor the lock, and both end with the transaction.
var remediesInBody = map[session.Kind]string{
	session.Set:                "use SET LOCAL there",
	session.SetConfig:          "pass true as the third argument",
	session.SetCharacteristics: "use SET TRANSACTION at the start of the transaction",
	session.SetRole:            "use SET LOCAL ROLE there",
	session.TempObject:         "declare it ON COMMIT DROP",
	session.AdvisoryLock:       "use pg_advisory_xact_lock there",
	session.AdvisoryUnlock:     "use pg_advisory_xact_lock there, which needs no unlock",
}

// remediesOutside are those of local-outside-tx.
var remediesOutside = map[session.Kind]string{
	session.SetLocal:         "run it in the transaction that it is meant for",
	session.SetLocalRole:     "run it in the transaction that it is meant for",
	session.SetConfigLocal:   "run it in the transaction that it is meant for",
	session.SetTransaction:   "give the isolation level and the access mode to BeginTx",
	session.TempOnCommitDrop: "create and use it in one transaction",
	session.AdvisoryXactLock: "take it in the transaction that it is to guard",
}

// parameterKinds set a parameter whose name decides the remedy.
var parameterKinds = kinds{session.Set, session.SetLocal, session.SetConfig, session.SetConfigLocal, session.ConnectSet, session.StartupParameter}

func parameterRemedy(e session.Effect, p *pooler.Pooler) string {
	name := quote(strings.TrimPrefix(e.Object, "options:"))
	local := e.Kind == session.SetLocal || e.Kind == session.SetConfigLocal
	switch {
	case strings.Contains(name, ".") && e.Kind != session.StartupParameter: // a parameter of the program's own, such as app.tenant
		if onRDSProxy(p) {
			return "pass the value to the query, or set it for the transaction inside a SQL function"
		}
		if inStatementMode(p) {
			return "pass the value to the query"
		}
		return "use set_config('" + name + "', …, true) in the transaction that needs it"
	case strings.EqualFold(name, "role") && !local && e.Kind != session.StartupParameter:
		return plainRemedy(session.SetRole, p)
	case onRDSProxy(p) && local:
		return "check the metric DatabaseConnectionsCurrentlySessionPinned, or use " + alterRole(name)
	case strings.EqualFold(name, "search_path"):
		return "qualify names with their schema, or use " + alterRole(name)
	case e.Kind != session.StartupParameter && acceptsAtStartup(p, name):
		return "set " + name + " in the connection string"
	case onRDSProxy(p):
		return "use the proxy's initialization query or " + alterRole(name)
	case e.Kind == session.StartupParameter || e.Kind == session.ConnectSet || inStatementMode(p):
		return "use " + alterRole(name)
	}
	return "use SET LOCAL in a transaction, or " + alterRole(name)
}

func acceptsAtStartup(p *pooler.Pooler, name string) bool {
	v := p.Verdict(session.Effect{Kind: session.StartupParameter, Object: name})
	return name != "" && v.Outcome == pooler.OK
}

func alterRole(name string) string {
	if name == "" || name == "options" {
		return "ALTER ROLE … SET"
	}
	return "ALTER ROLE … SET " + name
}
