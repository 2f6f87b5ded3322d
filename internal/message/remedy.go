package message

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/spell"
)

// remedyOf says what to do instead of e, where it stands and behind p.
func remedyOf(e effect.Effect, p *pooler.Pooler, s Situation) string {
	c := choice{e: e, p: p, s: s, v: p.Verdict(e), class: subjectOf(e, s)}
	if s.Apart {
		c.class |= isApart
	}
	if s.OutsideTx {
		return c.remedy(outside[e.Kind])
	}
	if e.Way != nil && e.Way.Pass != "" {
		return "pass true " + e.Way.Pass
	}
	if c.v.Outcome == pooler.Refused && e.Mixed {
		return "send it as a message of its own"
	}
	if c.v.Outcome == pooler.Refused && e.Kind.Scope() == effect.Transaction && e.Kind != effect.Cursor {
		return withTransactions.words
	}
	if words := startupKeys[strings.ToLower(e.Object)]; e.Kind == effect.StartupParameter && words != "" {
		return words
	}
	return c.remedy(ways[e.Kind])
}

// withKeeping adds to a remedy against named statements that the pooler can
// keep them.
func withKeeping(remedy string, p *pooler.Pooler) string {
	c := choice{p: p}
	if !c.offered(keepThem.needs) {
		return remedy
	}
	return remedy + ", or " + c.fill(keepThem.words)
}

// choice is the search for what helps against one effect.
type choice struct {
	e     effect.Effect
	p     *pooler.Pooler
	s     Situation
	v     pooler.Verdict
	class class
}

// remedy is the first two of the ways that help, or one that is enough.
func (c *choice) remedy(ways []way) string {
	var said []string
	for _, w := range ways {
		if w.in != 0 && w.in&c.s.Where == 0 || w.of&c.class != w.of || !c.offered(w.needs) {
			continue
		}
		words := c.fill(w.words)
		if slices.Contains(said, words) {
			continue
		}
		if len(said) == 1 {
			words = strings.TrimPrefix(words, sharedVerb(said[0], words))
		}
		if said = append(said, words); w.alone || len(said) == 2 {
			break
		}
	}
	return strings.Join(said, ", or ")
}

// sharedVerb is the "use " that two ways begin with.
func sharedVerb(a, b string) string {
	if strings.HasPrefix(a, "use ") && strings.HasPrefix(b, "use ") {
		return "use "
	}
	return ""
}

// offered reports whether what a way needs is ok behind the pooler.
func (c *choice) offered(needs effect.Kind) bool {
	other := c.e
	other.Kind = needs
	switch needs {
	case "":
		return true
	case initQuery:
		return c.p.Offers.InitQuery != ""
	case pinMetric:
		return c.p.Offers.PinMetric != "" && c.v.Evidence == pooler.Contested
	case keeping:
		return c.p.Offers.Statements != ""
	case hidden:
		other.Kind, other.Body, other.InTransaction = effect.SetConfigLocal, effect.FunctionBody, true
		return c.ok(other) && c.offered(aTransaction)
	case itsLocal:
		other.Kind = localOf(c.e.Kind)
	case effect.StartupParameter:
		other.Object = parameterName(c.e)
		return other.Object != "" && c.ok(other)
	}
	return c.ok(other)
}

func (c *choice) ok(e effect.Effect) bool {
	if e.Kind == effect.SetConfigLocal {
		e.Local = effect.True
	}
	return c.p.Verdict(e).Outcome == pooler.OK
}

// localOf is the kind that ends with the transaction what kind sets.
func localOf(kind effect.Kind) effect.Kind {
	if kind == effect.SetConfig || kind == effect.SetConfigLocal {
		return effect.SetConfigLocal
	}
	return effect.SetLocal
}

func (c *choice) fill(words string) string {
	if !strings.ContainsRune(words, '{') {
		return words
	}
	name := parameterName(c.e)
	words = strings.NewReplacer(
		"{local}", localWords(c.e),
		"{config}", configWords(c.e),
		"{alter}", alterRole(c.alterable()),
		"{name}", spell.Shorten(name, maxWords),
		"{init}", c.p.Offers.InitQuery,
		"{metric}", c.p.Offers.PinMetric,
		"{keeping}", c.p.Offers.Statements,
		"{twin}", twinOf(c.e),
		"{twins}", twinsOf(c.e),
	).Replace(words)
	return strings.Join(strings.Fields(words), " ")
}

// alterable is the parameter to set for a role.
func (c *choice) alterable() string {
	name := parameterName(c.e)
	switch {
	case c.e.Kind != effect.SetCharacteristics:
		return name
	case name == "":
		return "default_transaction_isolation or default_transaction_read_only"
	case strings.HasPrefix(name, "default_"):
		return name
	}
	return "default_" + name
}

// localWords spell what e sets for the transaction only, without the value,
// which may be secret.
func localWords(e effect.Effect) string {
	if localOf(e.Kind) == effect.SetConfigLocal {
		return configWords(e)
	}
	return strings.TrimSpace("SET LOCAL " + spell.Shorten(parameterName(e), maxWords))
}

// configWords spell it as a call, which takes the value as an argument.
func configWords(e effect.Effect) string {
	return "set_config('" + cmp.Or(spell.Shorten(parameterName(e), maxWords), "…") + "', …, true)"
}

func alterRole(name string) string {
	if name == "" || name == "options" {
		return "ALTER ROLE … SET"
	}
	return "ALTER ROLE … SET " + name
}

var lockFunction = regexp.MustCompile(`(?i)\b(pg_(?:try_)?advisory)_lock(_shared)?(…)?`)

// twinOf is the function that locks as that of e does, for the transaction.
func twinOf(e effect.Effect) string {
	m := lockFunction.FindStringSubmatch(e.Words)
	if m == nil {
		return "pg_advisory_xact_lock"
	}
	return strings.ToLower(m[1] + "_xact_lock" + m[2] + m[3])
}

// twinsOf are the functions whose locks need no unlock as that of e is.
func twinsOf(e effect.Effect) string {
	shared := ""
	if strings.Contains(strings.ToLower(e.Words), "_shared") {
		shared = "_shared"
	}
	return "pg_advisory_xact_lock" + shared + ", pg_try_advisory_xact_lock" + shared
}

// LocalStatement is how the effect is spelled that ends with its transaction,
// without the values, which may be secret: "" where a transaction is no remedy.
func LocalStatement(e effect.Effect, s Situation) string {
	if s.Apart {
		return ""
	}
	switch e.Kind {
	case effect.Set, effect.SetConfig:
		if classOf(e, s)&(forAll|ofTransaction) != 0 {
			return ""
		}
		if e.Kind == effect.SetConfig {
			return "SELECT " + localWords(e)
		}
		return localWords(e) + " …"
	case effect.SetRole:
		return "SET LOCAL ROLE …"
	case effect.AdvisoryLock:
		return "SELECT " + twinOf(e) + "(…)"
	case effect.TempObject:
		if e.Object == "" || objectOf(strings.ToLower(e.Words)) != 0 {
			return ""
		}
		return "CREATE TEMP TABLE " + quote(e.Object) + " … ON COMMIT DROP"
	}
	return ""
}

// Of what is no parameter, the class is what it is.
const (
	isView class = 1 << iota
	isSequence
	isRoutine
	isOther
)

const (
	hasRows class = 1 << iota
	isBlock
)

const (
	sets     class = 1 << iota // setval
	restarts                   // …to a number that is known
)

const explains class = 1

// subjectOf is what e is about.
func subjectOf(e effect.Effect, s Situation) class {
	said := strings.ToLower(e.Words)
	switch e.Kind {
	case effect.TempObject, effect.TempFunction:
		return objectOf(said)
	case effect.LongStatement:
		switch s.verb {
		case "do":
			return isBlock
		case "insert", "select", "update", "delete", "merge", "with", "values", "":
			return hasRows
		}
	case effect.SequenceChange:
		switch {
		case !strings.Contains(said, "setval"):
		case s.varies:
			return sets
		default:
			return sets | restarts
		}
	case effect.LoadLibrary:
		if strings.Contains(e.Object, "auto_explain") || strings.Contains(e.Object, "plprofiler") || strings.Contains(e.Object, "plugin_debugger") {
			return explains
		}
	case effect.SetCharacteristics, effect.Set, effect.SetConfig, effect.ConnectSet, effect.StartupParameter,
		effect.SetLocal, effect.SetConfigLocal:
		return classOf(e, s)
	}
	return 0
}

// objectOf is the class of a temporary object, by the words that create it.
func objectOf(said string) class {
	fields := strings.FieldsSeq(said)
	for w := range fields {
		switch w {
		case "table", "into":
			return 0
		case "view":
			return isView
		case "sequence":
			return isSequence
		case "function", "procedure", "aggregate":
			return isRoutine
		case "type", "domain":
			return isOther
		}
	}
	return 0
}
