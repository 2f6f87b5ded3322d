// Package pooler says what an effect on the session comes to behind a pooler:
// one profile for each product and version, one verdict for each kind of
// effect, each with its evidence and its reference. Data, no logic about Go.
package pooler

import (
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
)

// Outcome is what becomes of an effect behind a pooler.
type Outcome string

const (
	OK        Outcome = "ok"         // works as it does without a pooler
	Pins      Outcome = "pins"       // holds the server connection until the client leaves
	Leaks     Outcome = "leaks"      // reaches other clients, and is lost to this one
	Lost      Outcome = "lost"       // is lost to this client, reaches no other
	Refused   Outcome = "refused"    // an error, or the connection is closed
	WrongRows Outcome = "wrong-rows" // other clients' rows come back
	NoEffect  Outcome = "no-effect"  // does nothing, with or without a pooler
)

// Outcomes are those that are worse than none, worst first: what falsifies data or
// stops the program, then what reaches other clients, then what costs its own.
var Outcomes = []Outcome{WrongRows, Refused, Leaks, Lost, Pins, NoEffect}

// Evidence is how well a verdict is known, best first.
type Evidence string

const (
	Documented Evidence = "documented" // by the vendor, or in the pooler's own source
	Measured   Evidence = "measured"   // on a real server
	Reported   Evidence = "reported"   // by a user, in public
	Contested  Evidence = "contested"  // sources disagree
	Inferred   Evidence = "inferred"   // from the above
)

// Verdict is what a pooler makes of one effect.
type Verdict struct {
	Outcome   Outcome
	Evidence  Evidence
	Why       string // one line
	Reference string // a URL, or a document and its section
	Strict    bool   // reported with -strict only, as Pooler.Verdict says
	Before    int    // where it hangs on PostgreSQL's version, which is not known: it holds before this one

	slight bool     // in a table: what is lost is a label, or what most have anyway
	from   int      // in a table: holds from this version of PostgreSQL on
	older  *Verdict // …and this before it; nil for the cell of the kind
}

// fromPostgres says that v holds from a version of PostgreSQL on, and older before.
func (v Verdict) fromPostgres(version int, older *Verdict) Verdict {
	v.from, v.older = version, older
	return v
}

// Pooler is the profile of one product, version and settings.
type Pooler struct {
	Name      string // as Lookup takes it: "pgbouncer"
	Version   string // "1.18"; "" where the profile has no version
	Title     string // as a message says it: "PgBouncer 1.18"
	About     string // one line: what it is and which settings the profile takes for granted
	Reference string // the product's own page on what its clients may do
	Offers    Offers

	cells  cells // one for each kind
	unseen cells // where they differ for effects inside a body, which the pooler does not read
	mixed  cells // where they differ for effects that are sent with several other statements at once
	whole  cells // where they differ for effects whose own text brings the transaction
	inside cells // where they differ for effects in a transaction, whatever began it

	set     params // SET and its like of one parameter, where the cell of the kind does not hold
	startup params // a parameter of the startup packet, likewise
	options bool   // parameters inside options=-c count as parameters of their own

	switches   map[Switch]choice // what hangs on the settings
	tracks     bool              // its settings name parameters to track
	replaced   []string          // those that it tracks unless its settings name others
	unreported Verdict           // of a startup parameter that the settings track and PostgreSQL does not report
	ignored    Verdict           // of a startup parameter that the settings ignore; none where there is no such setting
	atOnce     bool              // acts on a statement as it passes, so that undoing it comes too late
	postgres   int               // PostgreSQL's major version, 0 where it is not known
}

// choice is what a setting changes in the cells, when it is on and when it is off.
type choice struct {
	on, off cells
	setting string // as the product turns it on, "" where its users cannot
}

// Offers is what a pooler has for what a session cannot do behind it, as a
// message says it; "" for what it does not have.
type Offers struct {
	InitQuery  string // SQL that it runs on every server connection: "the proxy's initialization query"
	PinMetric  string // what counts the connections that are pinned
	Statements string // the setting by which it keeps named prepared statements
}

// String is p as Lookup takes it: "pgbouncer@1.18", "rdsproxy".
func (p *Pooler) String() string {
	if p.Version == "" {
		return p.Name
	}
	return p.Name + "@" + p.Version
}

// Verdict says what p makes of e. Where the code stands is not its concern: an
// effect that needs a transaction and has none is OutsideTransaction's.
func (p *Pooler) Verdict(e effect.Effect) Verdict {
	if e.Undone && !p.atOnce {
		return undone
	}
	v := p.lookup(e)
	if e.Kind == effect.SetConfig && e.Local == effect.Unknown {
		e.Kind = effect.SetConfigLocal
		v = milder(v, p.lookup(e))
		v.Evidence = Inferred
	}
	// A function's body runs only when the function is called.
	v.Strict = v.Outcome != OK && (v.Evidence.weak() || v.slight || e.Body == effect.FunctionBody)
	return v
}

// undone is the verdict on what the text or its transaction undoes.
var undone = Verdict{Outcome: OK, Evidence: Documented, Reference: pgSet,
	Why: "it is undone before the server connection can be lent to another client"}

// weak reports whether a verdict with this evidence is too weak to be reported
// unasked: sources disagree on it, or it is only inferred.
func (e Evidence) weak() bool { return e == Contested || e == Inferred }

func (p *Pooler) lookup(e effect.Effect) Verdict {
	if e.Kind == effect.StartupParameter {
		return p.dated(p.startupVerdict(e.Object), p.cells[e.Kind])
	}
	if !p.atOnce && ofTransaction[parameter(e)] && e.Body == effect.Direct {
		return p.cell(effect.Effect{Kind: effect.SetTransaction, InTransaction: true})
	}
	if v, ok := p.set[parameter(e)]; ok {
		if v = p.dated(v, p.cell(e)); v.Outcome == OK || !slices.Contains(undoing, e.Kind) {
			return v
		}
	}
	return p.cell(e)
}

// ofTransaction are the parameters that are the transaction's own: whatever
// sets them, they end with it, or with the statement where there is none.
var ofTransaction = map[string]bool{"transaction_read_only": true, "transaction_isolation": true, "transaction_deferrable": true}

// cell is the verdict on the kind of e, where e stands.
func (p *Pooler) cell(e effect.Effect) Verdict {
	if v, ok := p.unseen[e.Kind]; ok && e.Body != effect.Direct {
		return v
	}
	if v, ok := p.mixed[e.Kind]; ok && e.Mixed {
		return v
	}
	if v, ok := p.inside[e.Kind]; ok && (e.InTransaction || e.OnTransaction) {
		return v
	}
	if v, ok := p.whole[e.Kind]; ok && e.InTransaction {
		return v
	}
	return p.cells[e.Kind]
}

// dated is v, or what holds before the version of PostgreSQL from which v does:
// as that it stands, with the version, where PostgreSQL's is not known.
func (p *Pooler) dated(v, cell Verdict) Verdict {
	if v.from == 0 || p.postgres >= v.from {
		v.from, v.older = 0, nil
		return v
	}
	older := cell
	if v.older != nil {
		older = *v.older
	}
	if p.postgres == 0 {
		older.Before = v.from
	}
	return older
}

// milder is the better of two outcomes for the user.
func milder(a, b Verdict) Verdict {
	if b.Outcome == OK || b.Evidence.weak() && a.Outcome != OK {
		return b
	}
	return a
}
