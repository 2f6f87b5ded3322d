package message

import (
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/session"
)

// class is what a parameter is for, in bits: it decides the remedy.
type class uint16

const (
	forJob        class = 1 << iota // one job or one query wants it, others must not have it
	forAll                          // the whole application wants it, and a role can have it
	ofProgram                       // app.tenant, which means something to the program alone
	ofTransaction                   // the isolation level, the access mode
	aRole
	aUser
	isSearchPath
	bySetClause // the SET clause of a function does what SET does
	noParameter // nothing that a session of PostgreSQL has

	isApart class = 1 << 15 // of anything: what follows it runs in no transaction
)

// jobs are parameters that change what is checked, kept or logged, or how a
// dump is read: right for a job, and harm to everything else.
var jobs = words(`session_replication_role row_security zero_damaged_pages ignore_checksum_failure ignore_system_indexes
	allow_system_table_mods allow_in_place_tablespaces synchronous_commit check_function_bodies xmloption
	maintenance_work_mem max_parallel_maintenance_workers default_statistics_target constraint_exclusion
	default_tablespace default_table_access_method default_with_oids commit_delay backtrace_functions exit_on_error
	wal_consistency_checking jit_dump_bitcode restrict_nonsystem_relation_kind`)

// jobPrefixes begin the names of more of them.
var jobPrefixes = []string{"debug_", "trace_", "vacuum_", "log_"}

// everywhere are parameters that a program sets the same on all its
// connections, if it does so at all.
var everywhere = words(`application_name bytea_output client_encoding datestyle extra_float_digits intervalstyle lc_messages
	lc_monetary lc_numeric lc_time search_path standard_conforming_strings timezone`)

// noClause are parameters that count when a statement or a transaction begins
// or ends, where the SET clause of a function is not in force.
var noClause = words(`statement_timeout transaction_timeout idle_in_transaction_session_timeout idle_session_timeout
	synchronous_commit commit_delay log_min_duration_statement log_duration log_statement application_name client_encoding
	default_transaction_isolation default_transaction_read_only default_transaction_deferrable
	transaction_isolation transaction_read_only transaction_deferrable role session_authorization`)

// ofExtensions are prefixes of parameters that are PostgreSQL's own or an
// extension's, not the program's.
var ofExtensions = words(`auto_explain citus cron diskann geqo hnsw ivfflat orioledb passwordcheck pg_hint_plan
	pg_stat_statements pg_trgm pgaudit pglogical pgroonga pgrst plperl plpgsql plpython pltcl plv8 postgis postgres_fdw
	session_variable timescaledb vchordrq vectors`)

func words(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// parameterName is the parameter that an effect sets, "" where it is not known.
func parameterName(e effect.Effect) string {
	name := strings.TrimPrefix(e.Object, "options:")
	switch {
	case strings.ContainsRune(name, session.Hole):
		return ""
	case strings.EqualFold(name, "time zone"):
		return "timezone"
	case strings.EqualFold(name, "names"):
		return "client_encoding"
	}
	return name
}

// classOf is what the parameter that e sets is for, in this situation.
func classOf(e effect.Effect, s Situation) class {
	name := strings.ToLower(parameterName(e))
	if e.Kind == effect.SetCharacteristics {
		name = "default_transaction"
	}
	prefix, _, dotted := strings.Cut(name, ".")
	wide := s.Where == AtStartup || s.Where == OnConnect || s.Where == OnAcquire && !s.varies
	switch {
	case name == "role":
		return aRole
	case name == "session_authorization":
		return aUser
	case strings.HasPrefix(name, "transaction_") && name != "transaction_timeout":
		return ofTransaction
	case strings.HasPrefix(name, "default_transaction") && !wide:
		return ofTransaction
	case s.Where == AtStartup && name != "" && name != "options" && !session.IsParameter(name):
		return noParameter
	}
	var c class
	if session.IsParameter(name) && !noClause[name] {
		c = bySetClause
	}
	if name == "search_path" {
		c |= isSearchPath
	}
	switch {
	case dotted && !ofExtensions[prefix]:
		c |= ofProgram
		if wide {
			c |= forAll
		}
	case isJobs(name) || s.zero && strings.HasSuffix(name, "_timeout"):
		c |= forJob
	case s.Where&(InSQL|InTx) != 0 || s.Undone || s.brief || s.Where == OnAcquire && s.varies:
		c |= forJob
	case wide || everywhere[name] && !s.varies:
		c |= forAll
	default:
		c |= forJob
	}
	return c
}

func isJobs(name string) bool {
	for _, prefix := range jobPrefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return jobs[name]
}

// maxValue bounds the bytes in which a value is looked for: behind it more
// statements may stand than anyone wants to scan for each.
const maxValue = 1 << 10

// valueOf is what an effect in a text sets its parameter or sequence to: a text
// of its own, or "" where none is seen; and whether it can be another each time.
func valueOf(text string, e effect.Effect) (value string, varies bool) {
	if e.Body != effect.Direct || e.Start < 0 || len(text) < e.End || e.End < e.Start {
		return "", false
	}
	rest := text[e.End:min(len(text), e.End+maxValue)]
	switch e.Kind {
	case effect.SetConfig, effect.SetConfigLocal, effect.SequenceChange:
		rest = secondArgument(text[e.Start:e.End])
	}
	var said []string
	for _, t := range pgquery.Scan(rest) {
		word := rest[t.Start:t.End]
		if word == ";" {
			break
		}
		if len(said) == 0 && (word == "=" || strings.EqualFold(word, "to")) {
			continue
		}
		said = append(said, strings.Trim(word, "'"))
		varies = varies || t.Place != pgquery.NoPlace || t.Kind == pgquery.Param || strings.ContainsRune(word, session.Hole) || word == "("
	}
	return strings.Join(said, " "), varies
}

// secondArgument is that of the call f(a, b, …).
func secondArgument(call string) string {
	depth, commas, from := 0, 0, 0
	for _, t := range pgquery.Scan(call) {
		switch word := call[t.Start:t.End]; {
		case word == "(" || word == "[":
			depth++
		case word == ")" || word == "]":
			depth--
		case word == "," && depth == 1:
			commas++
		}
		switch {
		case commas == 1 && from == 0:
			from = t.End
		case commas == 2 || depth == 0 && from > 0:
			return call[from:t.Start]
		}
	}
	return ""
}
