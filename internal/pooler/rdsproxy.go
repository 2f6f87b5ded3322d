package pooler

import (
	"github.com/poolvet/poolvet/internal/effect"
)

const (
	awsPinning  = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-pinning.html"
	awsTrouble  = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.troubleshooting.html"
	awsLimits   = "AWS, Quotas and limitations for RDS Proxy: additional limitations for RDS for PostgreSQL"
	awsBlog     = "https://aws.amazon.com/blogs/database/amazon-rds-proxy-multiplexing-support-for-postgresql-extended-query-protocol/"
	pghistory   = "https://github.com/AmbitionEng/django-pghistory/issues/245"
	stmtTimeout = "https://github.com/ForumMagnum/ForumMagnum/pull/11415"
	asyncpg     = "https://github.com/MagicStack/asyncpg/issues/1153"
)

// rdsproxy is Amazon RDS Proxy for PostgreSQL, as AWS describes it in 2026. It
// reads statements, not bodies, and has no list of tracked parameters:
// that, and session pinning filters, are for MySQL alone.
func rdsproxy(version) *Pooler {
	return &Pooler{
		Title:     "RDS Proxy",
		About:     "Amazon RDS Proxy for RDS and Aurora PostgreSQL; it has no session pinning filters for PostgreSQL",
		Reference: awsPinning,
		Offers:    Offers{InitQuery: "the proxy's initialization query", PinMetric: "DatabaseConnectionsCurrentlySessionPinned"},
		cells:     table(common, rdsproxyRows),
		unseen:    table(rdsproxyUnseen),
		startup:   each("user database", rdsproxyOK).over(rdsproxyStartup),
		switches: map[Switch]choice{PreparedStatements: {
			on: table([]row{{k{effect.NamedStatement}, OK, Documented,
				"the settings say that the proxy keeps named statements without pinning, as AWS announced in November 2023", awsBlog}}),
			off: cells{effect.NamedStatement: table(rdsproxyRows)[effect.NamedStatement]},
		}},
		atOnce: true,
	}
}

var rdsproxyRows = []row{
	{k{effect.Set, effect.SetCharacteristics}, Pins, Documented,
		"any SET pins: for PostgreSQL the proxy tracks no parameter", awsPinning},
	{k{effect.SetConfig}, Pins, Documented,
		"AWS names set_config beside SET among the commands that pin", awsPinning},
	{k{effect.Reset, effect.ResetAll}, Pins, Documented,
		"resetting a parameter to its default pins as setting it does", awsPinning},
	{k{effect.SetRole, effect.ResetRole, effect.SetSessionAuthorization, effect.ResetSessionAuthorization}, Pins, Documented,
		"it is a SET command to the proxy, and any SET pins", awsPinning},
	{k{effect.SetLocal, effect.SetLocalRole}, Pins, Contested,
		"AWS's list for PostgreSQL names SET without an exception for LOCAL; its list for MySQL has one, and reports disagree", awsPinning},
	{k{effect.SetConfigLocal}, Pins, Contested,
		"AWS's list names set_config without an exception, and a user's proxy log shows a pin by set_config(…, true); others read AWS's text as allowing it", pghistory},
	{k{effect.SetTransaction}, Pins, Inferred,
		"it begins with SET, and AWS's list has no exception for it; no report says that it pins", awsPinning},
	{k{effect.Discard}, Pins, Documented,
		"DISCARD is in AWS's list, as is discarding the session state", awsPinning},
	{k{effect.Prepare, effect.Execute, effect.Deallocate}, Pins, Documented,
		"prepared statements that are managed in SQL pin; those of the protocol are another matter", awsPinning},
	{k{effect.Listen}, Pins, Documented,
		"listening on a notification channel pins", awsPinning},
	{k{effect.Unlisten}, Pins, Reported,
		"it is not in AWS's list by name; a user's proxy log shows a pin by a text with UNLISTEN *", asyncpg},
	{k{effect.Cursor, effect.CursorHold}, Pins, Documented,
		"declaring a cursor pins, WITH HOLD or not, in a transaction or not", awsPinning},
	{k{effect.TempObject, effect.TempOnCommitDrop}, Pins, Documented,
		"creating a temporary table, view or sequence pins; AWS's list has no exception for ON COMMIT DROP", awsPinning},
	{k{effect.LoadLibrary}, Pins, Documented,
		"loading a library module pins", awsPinning},
	{k{effect.AdvisoryLock, effect.AdvisoryUnlock}, Pins, Documented,
		"interacting with locks by functions such as pg_advisory_lock pins", awsPinning},
	{k{effect.AdvisoryXactLock}, OK, Documented,
		"AWS excepts the pg_advisory_xact_lock family by name", awsPinning},
	{k{effect.SequenceChange}, Pins, Documented,
		"manipulating a sequence by functions such as nextval and setval pins; a column's default does not", awsPinning},
	{k{effect.SequenceRead}, Leaks, Documented,
		"AWS says that lastval is not always accurate behind the proxy; currval reads the same state", awsLimits},
	{k{effect.LongStatement}, Pins, Documented,
		"a statement with a text of more than 16 KB pins", awsPinning},
	{k{effect.TempFunction}, Pins, Inferred,
		"AWS names temporary tables, views and sequences; it does not name functions and types", awsPinning},
	{k{effect.TempSlot}, Leaks, Inferred,
		"the proxy does not see what a function does to the session, so the slot stays for the next client", awsPinning},
	{k{effect.Dblink}, Leaks, Inferred,
		"the proxy does not see what a function does to the session, so the named connection stays for the next client", awsPinning},
	{k{effect.SetSeed}, Leaks, Inferred,
		"the proxy does not see what a function does to the session, so the seed stays for the next client", awsPinning},
	{k{effect.NamedStatement}, Pins, Contested,
		"AWS announced in November 2023 that they no longer pin; an AWS repository and users still say that they do", awsBlog},
	{k{effect.SplitStatement}, OK, Inferred,
		"no report of wrong rows behind RDS Proxy, which reads the protocol's messages itself", awsBlog},
	{k{effect.StartupParameter}, Refused, Inferred,
		"others fail with 0A000 Feature not supported: RDS Proxy currently doesn't support the option; no one names this one", awsTrouble},
}

// AWS: calling stored procedures and functions does not pin, and the proxy
// does not detect what changes inside them.
var rdsproxyUnseen = []row{
	{transactional, OK, Documented,
		"it ends with the transaction, and the proxy does not see it", awsPinning},
	{k{effect.Set, effect.SetConfig, effect.SetCharacteristics, effect.SetRole, effect.SetSessionAuthorization,
		effect.Prepare, effect.Execute, effect.Listen, effect.CursorHold, effect.TempObject, effect.LoadLibrary,
		effect.AdvisoryLock, effect.SequenceChange}, Leaks, Documented,
		"the proxy does not detect changes of session state made inside a body, so it neither pins nor cleans up", awsPinning},
	{k{effect.Reset, effect.ResetAll, effect.ResetRole, effect.ResetSessionAuthorization, effect.Discard,
		effect.Deallocate, effect.Unlisten, effect.AdvisoryUnlock}, Lost, Inferred,
		"the proxy does not see it, and it undoes something on whichever server connection the client has now", awsPinning},
}

var (
	rdsproxyOK = Verdict{Outcome: OK, Evidence: Inferred,
		Why: "drivers send it with every connection, and no report says that the proxy refuses it", Reference: awsTrouble}
	rdsproxyStartup = each("application_name client_encoding datestyle timezone extra_float_digits", rdsproxyOK).over(params{
		"options": {Outcome: Refused, Evidence: Documented,
			Why:       "the connection fails with 0A000 Feature not supported: RDS Proxy currently doesn't support command-line options",
			Reference: awsTrouble},
		"replication": {Outcome: Refused, Evidence: Documented,
			Why:       "the connection fails with 0A000 Feature not supported: RDS Proxy currently doesn't support streaming replication mode",
			Reference: awsTrouble},
		"statement_timeout": {Outcome: Refused, Evidence: Reported,
			Why:       "the connection fails with 0A000 Feature not supported: RDS Proxy currently doesn't support the option statement_timeout",
			Reference: stmtTimeout},
		"jit": {Outcome: Refused, Evidence: Reported,
			Why:       "the connection fails with 0A000 Feature not supported: RDS Proxy currently doesn't support the option jit",
			Reference: asyncpg}})
)
