package pooler

import (
	"maps"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
)

// cells are the verdicts of one pooler, by kind of effect.
type cells map[effect.Kind]Verdict

// row is one line of a pooler's table: the kinds that share a verdict.
type row struct {
	kinds    []effect.Kind
	outcome  Outcome
	evidence Evidence
	why      string
	ref      string
}

type k = []effect.Kind

// table makes cells of rows, a later row over an earlier one, so that a
// derived pooler is its base's rows and what differs.
func table(tables ...[]row) cells {
	t := cells{}
	for _, r := range slices.Concat(tables...) {
		for _, kind := range r.kinds {
			t[kind] = Verdict{Outcome: r.outcome, Evidence: r.evidence, Why: r.why, Reference: r.ref}
		}
	}
	for kind, other := range sameAs {
		if _, ok := t[kind]; ok {
			continue
		}
		if v, ok := t[other]; ok {
			t[kind] = v
		}
	}
	if v, ok := t[effect.TempObject]; ok && t[effect.TempSlot].Outcome == "" {
		t[effect.TempSlot] = slotAs(v)
	}
	if v, ok := t[effect.Deallocate]; ok {
		if own := t[effect.EvictStatement]; own.Outcome != "" {
			v = own
		} else if v.Outcome != OK {
			v.Evidence = Inferred
		}
		v.slight = true // few programs have so many texts
		t[effect.EvictStatement] = v
	}
	return t
}

// slotAs is what becomes of a temporary replication slot where no row says it,
// by what becomes of other temporary objects: what drops those, DISCARD TEMP,
// drops no slot.
func slotAs(temp Verdict) Verdict {
	if temp.Outcome != OK {
		temp.Evidence = Inferred
	}
	if temp.Outcome == Leaks || temp.Outcome == Lost {
		temp.Outcome, temp.Why, temp.Reference = Leaks, "the slot stays with the server connection, for whoever is lent that", pgSlots
	}
	return temp
}

const (
	pgBegin  = "https://www.postgresql.org/docs/current/sql-begin.html"
	pgNotify = "https://www.postgresql.org/docs/current/sql-notify.html"
	pgSlots  = "https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-REPLICATION"
)

// sameAs names the kind whose verdict a kind has that no row names: mostly what
// a library does with SQL of its own.
var sameAs = map[effect.Kind]effect.Kind{
	effect.TempFunction:  effect.TempObject,
	effect.ConnectSet:    effect.Set,
	effect.Listener:      effect.Listen,
	effect.MigrationLock: effect.AdvisoryLock,
}

// common holds for every pooler; each profile begins with it.
var common = []row{
	{k{effect.DeadOption}, NoEffect, Documented, "the library that is given this option does not read it, or another option overrides it",
		"the library's own documentation and source"},
	{k{effect.LongStatement}, OK, Documented, "only RDS Proxy has a limit on the text of a statement", awsPinning},
	{k{effect.SequenceChange}, OK, Measured, "nextval and setval change the sequence, not the session, apart from what currval and lastval return",
		"https://www.postgresql.org/docs/current/functions-sequence.html"},
	{k{effect.Notify}, OK, Documented, "the notification goes out when its transaction ends, whichever connection that is on", pgNotify},
	{transactional, OK, Documented, "it ends with the transaction, for which the pooler keeps the server connection",
		"https://www.postgresql.org/docs/current/sql-set.html"},
	{k{effect.Begin}, OK, Documented, "the pooler keeps the server connection until the transaction ends", pgBegin},
}

// transactional are the kinds that end with their transaction.
var transactional = slices.DeleteFunc(effect.Kinds(), func(kind effect.Kind) bool { return kind.Scope() != effect.Transaction })

// undoing are the kinds that set nothing: what is bad to set is not bad to reset.
var undoing = k{effect.Reset, effect.ResetSessionAuthorization}

// fiveTracked are the parameters that every PostgreSQL reports and most poolers keep.
const fiveTracked = "client_encoding datestyle timezone standard_conforming_strings application_name"

// The names under which SQL changes the session's parameters and role.
var (
	setters   = k{effect.Set, effect.SetConfig, effect.SetCharacteristics, effect.SetRole, effect.SetSessionAuthorization}
	resetters = k{effect.Reset, effect.ResetAll, effect.ResetRole, effect.ResetSessionAuthorization}
	prepares  = k{effect.Prepare, effect.Execute}
)

// lostForNothing are parameters that a pooler can drop without loss. Drivers
// send extra_float_digits for servers before PostgreSQL 12, whose default prints
// floats exactly since, and standard_conforming_strings has been on since 9.1.
var lostForNothing = params{
	"extra_float_digits": verdict(OK, Documented,
		"it is dropped, and PostgreSQL 12 and later print floats exactly without it", "https://www.postgresql.org/docs/12/release-12.html"),
	"standard_conforming_strings": verdict(OK, Documented,
		"it is dropped, and is on by default since PostgreSQL 9.1", "https://www.postgresql.org/docs/9.1/release-9-1.html"),
}

func verdict(o Outcome, e Evidence, why, ref string) Verdict {
	return Verdict{Outcome: o, Evidence: e, Why: why, Reference: ref}
}

// params are verdicts by the name of a parameter in lower case.
type params map[string]Verdict

// each gives all names, separated by spaces, one verdict.
func each(names string, v Verdict) params {
	p := params{}
	for name := range strings.FieldsSeq(names) {
		p[name] = v
	}
	return p
}

// over returns p with what q says of it and more.
func (p params) over(q params) params {
	p = maps.Clone(p)
	if p == nil {
		p = params{}
	}
	maps.Copy(p, q)
	return p
}

// without returns p without some names.
func (p params) without(names []string) params {
	p = maps.Clone(p)
	for _, name := range names {
		delete(p, name)
	}
	return p
}

// parameter is the parameter that e changes, as params spell it, or "".
func parameter(e effect.Effect) string {
	name := strings.ToLower(e.Object)
	switch e.Kind {
	case effect.Set, effect.SetConfig, effect.Reset, effect.ConnectSet:
		return canonical(name)
	case effect.SetCharacteristics: // READ ONLY sets default_transaction_read_only
		if !strings.HasPrefix(name, "default_") {
			name = "default_" + name
		}
		return name
	case effect.SetSessionAuthorization, effect.ResetSessionAuthorization:
		return "session_authorization"
	}
	return ""
}

// canonical turns SQL's own spellings of a parameter into its name.
func canonical(name string) string {
	switch name {
	case "time zone":
		return "timezone"
	case "names":
		return "client_encoding"
	}
	return name
}

// anyOption stands for what no row names inside options=-c.
const anyOption = "options:*"

// startupVerdict judges a parameter of the startup packet: "search_path",
// "options:search_path" for one inside options=-c, "options" where its inside
// is not known.
func (p *Pooler) startupVerdict(object string) Verdict {
	name := strings.ToLower(object)
	if v, ok := p.startup[name]; ok {
		return v
	}
	inner, isOption := strings.CutPrefix(name, "options:")
	switch {
	case isOption && p.options:
		name = inner
	case isOption:
		name = "options"
	}
	if v, ok := p.startup[canonical(name)]; ok {
		return v
	}
	if v, ok := p.startup[anyOption]; ok && isOption {
		return v
	}
	return p.cells[effect.StartupParameter]
}
