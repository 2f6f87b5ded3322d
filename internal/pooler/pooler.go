// Package pooler says what an effect on the session comes to behind a pooler:
// one profile for each product and version, one verdict for each kind of
// effect, each with its evidence and its reference. Data, no logic about Go.
package pooler

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
	Strict    bool   // reported with -strict only: inferred, or the thing is itself the usual remedy
}
