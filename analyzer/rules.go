package analyzer

import (
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
)

// Rule is one thing that poolvet reports. Its ID stands at the end of every
// message and does not change between versions.
type Rule struct {
	ID      string
	Summary string        // what it finds, in one line
	Kinds   []effect.Kind // the effects that it reports
}

// rules lists the rules in the order in which they are shown.
var rules = withKinds(
	&Rule{ID: "set-parameter", Summary: "SET, RESET, set_config(…, false) and SET SESSION CHARACTERISTICS, which last for the session"},
	&Rule{ID: "set-role", Summary: "SET ROLE, SET SESSION AUTHORIZATION and their RESET"},
	&Rule{ID: "discard", Summary: "DISCARD, which cleans a session that is not the client's own"},
	&Rule{ID: "sql-prepare", Summary: "PREPARE, EXECUTE and DEALLOCATE as SQL statements"},
	&Rule{ID: "listen", Summary: "LISTEN and UNLISTEN, and NOTIFY where the pooler refuses it"},
	&Rule{ID: "cursor", Summary: "DECLARE CURSOR: any on RDS Proxy, WITH HOLD elsewhere"},
	&Rule{ID: "temp-object", Summary: "temporary tables, views, sequences, functions and replication slots, in every spelling"},
	&Rule{ID: "load-library", Summary: "LOAD of a library module"},
	&Rule{ID: "session-lock", Summary: "advisory locks of the session: pg_advisory_lock and its family"},
	&Rule{ID: "sequence-state", Summary: "nextval and setval in a statement (RDS Proxy), currval and lastval"},
	&Rule{ID: "long-statement", Summary: "statements longer than the pooler's limit (RDS Proxy: 16 KB)"},
	&Rule{ID: hiddenState, Summary: "session state changed where no pooler sees it: DO blocks, dblink connections, setseed"},
	&Rule{ID: localOutsideTx,
		Summary: "SET LOCAL, set_config(…, true), ON COMMIT DROP, pg_advisory_xact_lock and pg_export_snapshot outside a transaction",
		Kinds: []effect.Kind{effect.SetLocal, effect.SetLocalRole, effect.SetConfigLocal, effect.SetTransaction,
			effect.TempOnCommitDrop, effect.AdvisoryXactLock}},
	&Rule{ID: "open-transaction", Summary: "BEGIN as text on a pool, and any transaction in PgBouncer's statement mode"},
	&Rule{ID: "named-statement", Summary: "driver modes and calls that make named prepared statements"},
	&Rule{ID: "split-statement", Summary: "driver modes that split a statement over two round trips: other clients' rows"},
	&Rule{ID: "startup-parameter", Summary: "connection parameters that the pooler refuses or drops"},
	&Rule{ID: "connect-set", Summary: "library options that turn into SET on every connection"},
	&Rule{ID: "listener", Summary: "library listeners on a pooled connection"},
	&Rule{ID: "migration-lock", Summary: "migration libraries that take a session lock through a pooled connection"},
	&Rule{ID: "dead-option", Summary: "driver and library options that do nothing or break"},
)

// withKinds gives each rule the kinds that are its own.
func withKinds(rules ...*Rule) []*Rule {
	for _, kind := range effect.Kinds() {
		for _, rule := range rules {
			if rule.ID == kind.Rule() {
				rule.Kinds = append(rule.Kinds, kind)
			}
		}
	}
	return rules
}

// Two rules are chosen by where an effect stands, not by its kind.
const (
	hiddenState    = "hidden-state"
	localOutsideTx = "local-outside-tx"
)

// Rules lists every rule, in a stable order.
func Rules() []*Rule { return slices.Clone(rules) }

// LookupRule returns the rule with this ID, or nil.
func LookupRule(id string) *Rule {
	for _, rule := range rules {
		if rule.ID == id {
			return rule
		}
	}
	return nil
}

// outsideRule is the rule that reports effects of a kind on a pool, outside a
// transaction.
func outsideRule(kind effect.Kind) *Rule {
	if kind == effect.Begin {
		return LookupRule(kind.Rule())
	}
	return LookupRule(localOutsideTx)
}

// ruleOf is the rule that reports e, where it is not known to be outside a
// transaction: that is the caller's knowledge, and localOutsideTx's.
func ruleOf(e effect.Effect) *Rule {
	if e.Body != effect.Direct {
		return LookupRule(hiddenState)
	}
	return LookupRule(e.Kind.Rule())
}
