package session

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/guc"
)

// IsParameter reports whether a session of PostgreSQL, or of a database that
// grew out of it, can set name, in small letters: one of PostgreSQL's own, one
// of an extension, or one of a fork.
func IsParameter(name string) bool {
	return guc.Has(name) || strings.Contains(name, ".") || ofFork(name)
}

// forks begin the parameters of YugabyteDB, Aurora, Greenplum, EDB Postgres
// Advanced Server and PolarDB, which need no dot.
var forks = []string{"yb_", "ybdb_", "apg_", "aurora_", "gp_", "edb_", "polar_"}

// auroraMySQL begin the variables of the other Aurora.
// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html
var auroraMySQL = []string{"aurora_parallel_query", "aurora_pq", "aurora_disable_hash_join", "aurora_read_replica_",
	"aurora_replica_read_consistency", "aurora_oom_", "aurora_binlog_", "aurora_ml_", "aurora_tmptable_",
	"aurora_fwd_", "aurora_jemalloc_", "aurora_lab_mode", "aurora_load_from_s3_role", "aurora_select_into_s3_role"}

func ofFork(name string) bool {
	begins := func(prefix string) bool { return len(name) > len(prefix) && strings.HasPrefix(name, prefix) }
	return slices.ContainsFunc(forks, begins) &&
		!slices.ContainsFunc(auroraMySQL, func(mysql string) bool { return strings.HasPrefix(name, mysql) })
}
