package effect

import "strings"

// A Body is the code that an effect stands in, where that is not the
// statement itself: poolers read statements, not bodies.
type Body string

const (
	Direct       Body = ""
	DoBlock      Body = "do"       // runs with the statement
	FunctionBody Body = "function" // runs when the function is called, not when it is defined
	Called       Body = "called"   // in a function that the statement calls: runs with the statement
)

// Known is what is known of a boolean argument.
type Known uint8

const (
	Unknown Known = iota
	True
	False
)

// Effect is one thing that a statement or a driver option does to the session.
type Effect struct {
	Kind   Kind
	Object string // the parameter, lock key, relation, channel or statement name; "" where the text has none or it is not known
	Words  string // how the code spells it: `SET search_path`, `set_config('role', …)`
	Body   Body
	Way    *Way // to what is Called

	// Start and End delimit the very words in the text, in bytes:
	// `SET search_path`, `set_config(` … `)`. Inside a body they delimit
	// them there where the text shows them, else the statement's keyword.
	Start, End int

	// InTransaction: the text itself puts the effect in a transaction, by a
	// BEGIN before it, by further statements in the same message, or by a body.
	InTransaction bool
	// Mixed: the text, sent as one message, has two or more statements beside
	// it that neither set anything nor begin or end a transaction.
	Mixed bool
	// OnTransaction: it runs on a handle of a transaction.
	OnTransaction bool

	// Undone: nothing of it remains when the text has run, as the text itself
	// undoes it, or rolls it back. Of an undoing effect: it undoes one.
	Undone bool
	// Restores: the value that is set is the one that PostgreSQL begins with.
	Restores bool

	// Of set_config only: the third argument, and the placeholders that hold
	// the first and the third ("1" for $1 and the first ?, a name for :name
	// and @name), so that a caller who knows the bound values can Bind them.
	Local       Known
	ObjectParam string
	LocalParam  string
}

// Way is how a statement comes to what is Called.
type Way struct {
	From  string // its words: "app.set_tenant(…)", "INSERT INTO account"
	Steps []Step // what it sets off, in turn; the last is the effect
	Pass  string // where to pass true instead, "in this call", where an argument decides how long it lasts
}

// Step is one definition on the way, or the effect at its end.
type Step struct {
	Does       string // "calls app.set_tenant", "runs set_config('app.tenant', …)"
	What       string // the definition: "app.set_tenant", "trigger audit"; "" for the effect
	File, Path string // where it stands: as it is shown, and as it can be read
	Line       int
	Column     int // 0 where it is not known
}

// Says names what stands at a step, for a list of places.
func (s Step) Says() string {
	if s.What == "" {
		return "here it " + s.Does
	}
	return s.What + " is defined here"
}

// Bind returns e with the values that get knows for its placeholders.
func (e Effect) Bind(get func(param string) (value string, ok bool)) Effect {
	if v, ok := get(e.ObjectParam); ok && e.ObjectParam != "" {
		e.Object = strings.ToLower(v)
	}
	if v, ok := get(e.LocalParam); ok && e.LocalParam != "" {
		switch e.Local = ParseKnown(v); e.Local {
		case True:
			e.Kind = SetConfigLocal
		case False:
			e.Kind = SetConfig
		}
	}
	return e
}

// ParseKnown reads a boolean as PostgreSQL does: any prefix of true, false, yes
// and no, on, off, of, 1 and 0.
func ParseKnown(v string) Known {
	v = strings.ToLower(strings.TrimSpace(v))
	switch {
	case v == "":
		return Unknown
	case strings.HasPrefix("true", v), strings.HasPrefix("yes", v), v == "on", v == "1":
		return True
	case strings.HasPrefix("false", v), strings.HasPrefix("no", v), v == "of", v == "off", v == "0":
		return False
	}
	return Unknown
}
