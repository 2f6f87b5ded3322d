// Package querymode says what the settings of a driver come to that decide how
// it sends queries, and which queries they concern.
package querymode

import (
	"go/ast"
	"go/token"
	"maps"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/library"
)

// Keys are what is known of such settings, by the key of the connection string.
type Keys map[string]Key

// Key is what is known of one.
type Key struct {
	Value    string
	Known    bool
	Words    string // how a message spells it
	Pos, End token.Pos
	Expr     ast.Expr // of a field: what it is set to
	Choices  []string // of a field: the modes of a table that it is chosen from
}

// choose is m with the first choice that comes to anything; it is false where
// another comes to nothing, which whoever chooses can take.
func (m Keys) choose(d *library.Driver) (first Keys, ok bool) {
	key := m[d.Mode]
	choices, words := key.Choices, key.Words
	key.Choices, key.Known = nil, true
	for _, value := range choices {
		chosen := maps.Clone(m)
		key.Value, key.Words = value, words+" ("+value+")"
		chosen[d.Mode] = key
		if _, bad := judges[d](chosen); !bad {
			return nil, false
		}
		if first == nil {
			first = chosen
		}
	}
	return first, true
}

// Unless marks every key of a driver that is not set as not known.
func (m Keys) Unless(d *library.Driver) {
	for _, f := range d.Fields {
		if _, ok := m[f.Key]; !ok {
			m[f.Key] = Key{}
		}
	}
}

// Upshot is what settings come to: the effect of the one that decides, or of
// the default.
type Upshot struct {
	Kind    effect.Kind
	Decides string // the key, "" for the default
	Words   string // of a default: what is left as it is
	Why     string
	Else    effect.Kind // what else it does, which counts where Kind is ok
}

// judges say what settings of a driver come to.
var judges = map[*library.Driver]func(Keys) (Upshot, bool){
	library.Pgx5: judgePgx5, library.Pgxpool5: judgePgx5,
	library.Pgx4: judgePgx4, library.Pgxpool4: judgePgx4,
	library.Pq: judgePq,
}

// Has reports whether a driver has such settings.
func Has(d *library.Driver) bool { return judges[d] != nil }

// Judge is what the settings of a driver come to that has some, where that is
// anything to the session, and the settings with what was chosen.
func Judge(d *library.Driver, keys Keys) (u Upshot, chosen Keys, bad bool) {
	if len(keys[d.Mode].Choices) > 0 {
		var ok bool
		if keys, ok = keys.choose(d); !ok {
			return Upshot{}, nil, false
		}
	}
	u, bad = judges[d](keys)
	return u, keys, bad
}

// judgePgx5 knows the modes of pgx v5 by what they send.
// https://pkg.go.dev/github.com/jackc/pgx/v5#QueryExecMode
func judgePgx5(m Keys) (Upshot, bool) {
	switch mode, set := m["default_query_exec_mode"]; {
	case !set:
		if n, ok := m["statement_cache_capacity"]; ok && n.Value == "0" {
			return Upshot{Kind: effect.DeadOption, Decides: "statement_cache_capacity",
				Why: "fails every query with arguments while default_query_exec_mode is cache_statement; in pgx v5 it does not switch prepared statements off"}, true
		}
		return Upshot{Kind: effect.NamedStatement, Words: "the default query mode, cache_statement"}, true
	case mode.Value == "cache_statement":
		return Upshot{Kind: effect.NamedStatement, Decides: "default_query_exec_mode"}, true
	case mode.Value == "describe_exec":
		return Upshot{Kind: effect.SplitStatement, Decides: "default_query_exec_mode"}, true
	}
	return Upshot{}, false
}

// judgePgx4: the cache of statements is of named ones, unless its mode is
// describe; without it every query takes two round trips.
// https://pkg.go.dev/github.com/jackc/pgx/v4#ParseConfig
func judgePgx4(m Keys) (Upshot, bool) {
	simple, cache, capacity := m["prefer_simple_protocol"], m["statement_cache_mode"], m["statement_cache_capacity"]
	_, setsSimple := m["prefer_simple_protocol"]
	_, setsCache := m["statement_cache_mode"]
	switch {
	case setsSimple && (!simple.Known || IsTrue(simple.Value)):
	case setsCache && !cache.Known:
	case cache.Value == "none":
		return Upshot{Kind: effect.SplitStatement, Decides: "statement_cache_mode"}, true
	case capacity.Value == "0":
		return Upshot{Kind: effect.SplitStatement, Decides: "statement_cache_capacity"}, true
	case cache.Value == "prepare":
		return Upshot{Kind: effect.NamedStatement, Decides: "statement_cache_mode", Why: evictions, Else: effect.EvictStatement}, true
	case !setsCache:
		return Upshot{Kind: effect.NamedStatement, Words: "the default statement cache of pgx v4", Why: evictions, Else: effect.EvictStatement}, true
	}
	return Upshot{}, false
}

const evictions = "what falls out of the cache is removed by SQL, DEALLOCATE, which no setting of a pooler helps with"

// judgePq: without binary_parameters a query with arguments is parsed in one
// round trip and bound in the next.
// https://github.com/lib/pq/issues/889
func judgePq(m Keys) (Upshot, bool) {
	mode, set := m["binary_parameters"]
	switch {
	case !set:
		return Upshot{Kind: effect.SplitStatement, Words: "the default of lib/pq, binary_parameters=no"}, true
	case mode.Known && !IsTrue(mode.Value):
		return Upshot{Kind: effect.SplitStatement, Decides: "binary_parameters"}, true
	}
	return Upshot{}, false
}

// IsTrue is true as lib/pq and strconv.ParseBool spell it.
func IsTrue(s string) bool {
	switch strings.ToLower(s) {
	case "yes", "on", "1", "t", "true", "y":
		return true
	}
	return false
}
