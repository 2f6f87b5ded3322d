package message

import "github.com/poolvet/poolvet/internal/effect"

// A way is one thing to do instead of what is reported. What stands in braces
// is filled in by choice.fill.
type way struct {
	words string
	in    Where       // where it helps, 0 for everywhere
	of    class       // what it helps for: all of these bits, 0 for anything
	needs effect.Kind // what must be ok behind the pooler for it, "" for nothing
	alone bool        // enough by itself
}

// What a way can need beside an effect: it is asked of the pooler, never its
// name.
const (
	// aTransaction is the effect of a transaction that every pooler lets
	// through which lets transactions through.
	aTransaction = effect.AdvisoryXactLock

	itsLocal  effect.Kind = "its counterpart that ends with the transaction"
	hidden    effect.Kind = "a set_config for the transaction inside a function"
	initQuery effect.Kind = "an initialization query"
	pinMetric effect.Kind = "a metric of pins, and a verdict that is contested"
	keeping   effect.Kind = "a setting by which it keeps named statements"
)

// ways are all remedies. Those of a kind stand in the order of preference: a
// message names the first two that help where the effect stands, behind this
// pooler.
//
// None changes what the code means for others: ALTER ROLE and an
// initialization query reach every connection of the application, so they are
// for what it wants on every connection.
var ways = map[effect.Kind][]way{
	effect.Set: forSettings, effect.SetConfig: forSettings, effect.ConnectSet: forSettings, effect.StartupParameter: forSettings,
	effect.SetLocal: forLocalSettings, effect.SetConfigLocal: forLocalSettings,
	effect.SetCharacteristics: {
		{words: "use {alter}", in: InHook, of: forAll, alone: true},
		{words: "use BEGIN with the isolation level and the access mode", in: InSQL | InBody, needs: aTransaction, alone: true},
		{words: "give the isolation level and the access mode to BeginTx", needs: aTransaction, alone: true},
		withTransactions,
	},
	effect.SetTransaction: {
		{words: "use BEGIN with the isolation level and the access mode", in: InSQL | InBody, alone: true},
		{words: "give the isolation level and the access mode to BeginTx"},
	},
	effect.Reset: {
		{words: "remove it with the SET that it undoes, as SET LOCAL needs no reset", needs: effect.SetLocal, alone: true},
		{words: "remove it with the SET that it undoes"},
	},
	effect.ResetAll: {
		{words: "remove it with what it undoes, as SET LOCAL needs no reset", needs: effect.SetLocal, alone: true},
		{words: "remove it with what it undoes"},
	},
	effect.SetRole: {
		{words: "use SET LOCAL ROLE there", in: InBody, needs: effect.SetLocalRole, alone: true},
		{words: "use SET LOCAL ROLE", in: InTx | InScript, needs: effect.SetLocalRole, alone: true},
		{words: "connect as that role", of: isApart, alone: true},
		{words: "use SET LOCAL ROLE in a transaction", in: InCode | InFile | OnAcquire, needs: effect.SetLocalRole},
		{words: "connect as that role"},
		{words: "put SET ROLE into {init}", in: OnConnect, needs: initQuery},
	},
	effect.SetLocalRole: {
		{words: "check the metric {metric}", needs: pinMetric},
		{words: "connect as that role"},
	},
	effect.ResetRole: {
		{words: "remove it with the SET ROLE that it undoes, as SET LOCAL ROLE needs no reset", needs: effect.SetLocalRole, alone: true},
		{words: "remove it with the SET ROLE that it undoes, and connect as the role that is needed"},
	},
	effect.SetSessionAuthorization:   {{words: "connect as that user"}},
	effect.ResetSessionAuthorization: {{words: "connect as the user that is needed, and there is nothing to reset"}},
	effect.Discard:                   {{words: "remove it, as the session is not this client's own"}},
	effect.Prepare:                   preparing,
	effect.Execute:                   preparing,
	effect.Deallocate: {
		{words: "remove it, and leave preparing to the driver", needs: effect.NamedStatement, alone: true},
		{words: "remove it, and send queries with their arguments, unprepared"},
	},
	effect.Listen:   {{words: "listen on a direct connection"}, {words: "poll"}},
	effect.Unlisten: {{words: "move it to a direct connection, with its LISTEN"}},
	effect.Cursor: {
		{words: "read the rows of a plain query as they arrive"},
		{words: "page by key"},
	},
	effect.CursorHold: {
		{words: "leave out WITH HOLD", in: InTx | InScript, needs: effect.Cursor},
		{words: "page by key", needs: effect.Cursor},
		{words: "use a cursor without hold in one transaction", in: InCode | InFile, needs: effect.Cursor, alone: true},
		{words: "read the rows of a plain query as they arrive"},
		{words: "page by key"},
	},
	effect.TempObject:   temporary,
	effect.TempFunction: temporary,
	effect.TempSlot:     {{words: "use a direct connection"}, {words: "make the slot permanent, and drop it when it is done with"}},
	effect.TempOnCommitDrop: {
		{words: "use a CTE", in: InSQL | InBody, alone: true},
		{words: "use a CTE, VALUES or unnest($1)"},
		{words: "use an unlogged table with a column for the job"},
	},
	effect.LoadLibrary: {
		{words: "load it over a direct connection, for the statements that it is to watch", of: explains, alone: true},
		{words: "load it with session_preload_libraries or shared_preload_libraries"},
		{words: "use a direct connection"},
	},
	effect.AdvisoryLock: {
		{words: "use {twin} there", in: InBody, needs: effect.AdvisoryXactLock, alone: true},
		{words: "use {twin}", in: InTx | InScript, needs: effect.AdvisoryXactLock, alone: true},
		{words: "use a direct connection", of: isApart, alone: true},
		{words: "use {twin} in a transaction", in: InCode | InFile, needs: effect.AdvisoryXactLock},
		{words: "use a direct connection"},
	},
	effect.AdvisoryUnlock: {
		{words: "use a direct connection", of: isApart, alone: true},
		{words: "use a lock that ends with its transaction and needs no unlock ({twins})", in: InCode | InSQL | InTx | InBody, needs: effect.AdvisoryXactLock},
		{words: "use a direct connection"},
	},
	effect.AdvisoryXactLock: {{words: "use a direct connection"}},
	effect.SequenceChange: {
		{words: "use ALTER SEQUENCE … RESTART WITH the number", of: restarts},
		{words: "run it over a direct connection", of: sets, alone: true},
		{words: "let the default of a serial or identity column draw it, and read it with RETURNING"},
	},
	effect.SequenceRead: {{words: "read the value with RETURNING where the row is inserted"}},
	effect.LongStatement: {
		{words: "split the block into several", of: isBlock},
		{words: "send the rows by COPY or as arrays to unnest, or in smaller batches", in: InCode | InTx | InHook, of: hasRows, alone: true},
		{words: "insert the rows in smaller batches", in: InSQL, of: hasRows},
		{words: "run it over a direct connection"},
	},
	effect.Dblink:         {{words: "give dblink the connection string itself, without a name"}},
	effect.SetSeed:        {{words: "order by a hash of the key", in: InSQL | InBody, alone: true}, {words: "make the random numbers in the program"}},
	effect.Begin:          {withTransactions},
	effect.ExportSnapshot: {withTransactions},
	effect.Notify:         {{words: "use SELECT pg_notify(…)"}},
	effect.NamedStatement: {{words: "use a mode without named statements (pgx: default_query_exec_mode=cache_describe) and no Prepare"}, keepThem},
	effect.EvictStatement: {{words: "set statement_cache_mode=describe"}},
	effect.SplitStatement: {{words: "set binary_parameters=yes (lib/pq) or default_query_exec_mode=cache_describe (pgx)"}},
	effect.Listener:       {{words: "give the listener a direct connection"}, {words: "poll"}},
	effect.MigrationLock:  {{words: "run migrations over a direct connection"}},
	effect.DeadOption:     {{words: "remove it"}},
}

// keepThem goes behind the remedy of a driver or library as well.
var keepThem = way{words: "set the pooler's {keeping} above 0", needs: keeping}

// forSettings are for what sets a parameter. SET LOCAL and set_config(…, true)
// are {local}, as the code spells it, and {config} is the latter.
var forSettings = []way{
	{words: "remove it, as PostgreSQL has no parameter of this name", of: noParameter, alone: true},
	{words: "connect as that user", of: aUser, alone: true},
	{words: "connect as that role", in: AtStartup, of: aRole, alone: true},
	{words: "use BEGIN with the isolation level and the access mode", in: InSQL | InBody, of: ofTransaction, needs: aTransaction, alone: true},
	{words: "give the isolation level and the access mode to BeginTx", of: ofTransaction, needs: aTransaction, alone: true},
	{words: withTransactions.words, of: ofTransaction, alone: true},

	{words: "use {local} there", in: InDo, needs: itsLocal, alone: true},
	{words: "use {local} there", in: InFunction, of: ofProgram, needs: itsLocal, alone: true},
	{words: "use {local} there", in: InFunction, needs: itsLocal},
	{words: "give the function a SET {name} clause", in: InFunction, of: bySetClause, alone: true},
	{words: "use {local}", in: InTx | InScript, needs: itsLocal, alone: true},
	{words: "connect as that role", of: aRole | isApart, alone: true},
	{words: "use {local} in a transaction", in: InCode | InFile | OnAcquire, of: aRole, needs: itsLocal},
	{words: "connect as that role", of: aRole, alone: true},

	{words: "qualify names with their schema", of: isSearchPath | forAll},
	{words: "set {name} in the connection string", in: InCode | InHook, of: forAll, needs: effect.StartupParameter, alone: true},
	{words: "use {init} or {alter}", of: forAll, needs: initQuery, alone: true},
	{words: "use {alter}", of: forAll | ofProgram},
	{words: "use {config} in the transaction that needs it", of: forAll | ofProgram, needs: effect.SetConfigLocal, alone: true},
	{words: "use {alter}", of: forAll, alone: true},

	{words: "use {local} in a transaction", in: InFile, of: ofProgram, needs: itsLocal},
	{words: "run it over a direct connection", in: InSQL, of: ofProgram, alone: true},
	{words: "use {config} in the transaction that needs it", of: ofProgram, needs: effect.SetConfigLocal, alone: true},
	{words: "pass the value to the query", of: ofProgram},
	{words: "set it for the transaction inside a SQL function", of: ofProgram, needs: hidden, alone: true},
	{words: "use a direct connection", of: ofProgram, alone: true},

	{words: "use a role or a direct connection of the job's own", in: InCode, of: forJob | isApart, alone: true},
	{words: "use {local} in a transaction", in: InCode | InFile | OnAcquire, of: forJob, needs: itsLocal},
	{words: "qualify names with their schema", in: InCode | InTx | OnAcquire, of: isSearchPath | forJob},
	{words: "run it over a direct connection", in: InSQL, alone: true},
	{words: "use a direct connection", in: InCode | OnAcquire, of: forJob, needs: itsLocal},
	{words: "use a function with a SET {name} clause", in: InCode | InTx, of: forJob | bySetClause},
	{words: "use a role or a direct connection of the job's own", alone: true},
}

// forLocalSettings are for what sets a parameter for a transaction, where even
// that is not ok.
var forLocalSettings = []way{
	{words: "give the isolation level and the access mode to BeginTx", of: ofTransaction, alone: true},
	{words: "pass the value to the query", of: ofProgram},
	{words: "set it for the transaction inside a SQL function", of: ofProgram, needs: hidden, alone: true},
	{words: "check the metric {metric}", needs: pinMetric},
	{words: "qualify names with their schema", of: isSearchPath},
	{words: "use a function with a SET {name} clause", of: bySetClause},
	{words: "use a role or a direct connection of the job's own"},
}

var preparing = []way{
	{words: "send the query with its arguments, and leave preparing to the driver", needs: effect.NamedStatement, alone: true},
	{words: "send the query with its arguments, unprepared"},
}

var temporary = []way{
	{words: "create the view in an ordinary schema", of: isView},
	{words: "put its query where it is used", of: isView, alone: true},
	{words: "number the rows with row_number()", of: isSequence},
	{words: "create the sequence in an ordinary schema", of: isSequence, alone: true},
	{words: "create the function once, in an ordinary schema", of: isRoutine, alone: true},
	{words: "create it once, in an ordinary schema", of: isOther, alone: true},

	{words: "create an ordinary table, once", in: InHook, alone: true},
	{words: "declare it ON COMMIT DROP", in: InBody, needs: effect.TempOnCommitDrop, alone: true},
	{words: "declare it ON COMMIT DROP", in: InTx | InScript, needs: effect.TempOnCommitDrop},
	{words: "use a CTE", in: InSQL | InBody},
	{words: "use a CTE, VALUES or unnest($1)", in: InCode | InTx},
	{words: "use ON COMMIT DROP in one transaction", in: InCode | InFile, needs: effect.TempOnCommitDrop},
	{words: "use an unlogged table with a column for the job"},
}

// outside are the remedies of local-outside-tx.
var outside = map[effect.Kind][]way{
	effect.SetLocal:         meantFor,
	effect.SetLocalRole:     meantFor,
	effect.SetConfigLocal:   meantFor,
	effect.SetTransaction:   {{words: "give the isolation level and the access mode to BeginTx", needs: aTransaction, alone: true}, withTransactions},
	effect.TempOnCommitDrop: {{words: "create and use it in one transaction", needs: effect.TempOnCommitDrop, alone: true}, {words: "use a CTE, VALUES or unnest($1)"}},
	effect.Begin:            {{words: "begin it with BeginTx, and run its statements on what that returns", needs: aTransaction, alone: true}, withTransactions},
	effect.ExportSnapshot:   {{words: "export it in a transaction that stays open until the others have imported it", needs: aTransaction, alone: true}, withTransactions},
	effect.AdvisoryXactLock: {{words: "take it in the transaction that it is to guard", needs: aTransaction, alone: true}, withTransactions},
}

var meantFor = []way{
	{words: "run it in the transaction that it is meant for, and check the metric {metric}", needs: pinMetric, alone: true},
	{words: "run it in the transaction that it is meant for", needs: aTransaction, alone: true},
	withTransactions,
}

var withTransactions = way{words: "use a pool in transaction mode, or a direct connection"}

// startupKeys are keys of the startup packet that are no parameters: whoever
// they are for reads them.
var startupKeys = map[string]string{
	"replication":           "use a direct connection, which replication needs",
	"endpoint":              "remove it, as it is for Neon, or connect by the endpoint's own host name",
	"options:endpoint":      "remove it, as it is for Neon, or connect by the endpoint's own host name",
	"options:project":       "remove it, as it is for Neon, or connect by the endpoint's own host name",
	"reference":             "remove it, as it is for Supabase, or put the project into the user's name (USER.PROJECT)",
	"options:reference":     "remove it, as it is for Supabase, or put the project into the user's name (USER.PROJECT)",
	"cluster":               "remove it, as it is for CockroachDB, or put the cluster before the database's name (CLUSTER.DATABASE)",
	"options:cluster":       "remove it, as it is for CockroachDB, or put the cluster before the database's name (CLUSTER.DATABASE)",
	"options:--cluster":     "remove it, as it is for CockroachDB, or put the cluster before the database's name (CLUSTER.DATABASE)",
	"options":               "set what is in it by ALTER ROLE … SET, each parameter by its name",
	"role":                  "connect as that role",
	"session_authorization": "connect as that user",
}
