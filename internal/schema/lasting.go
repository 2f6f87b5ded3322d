package schema

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
)

// lasting are the effects of a body that a call of it leaves: not what ends with
// the transaction, what the body itself puts back, what undoes something by
// itself, and what it draws from a sequence, as most functions that insert a row
// do. What set_config is told by a parameter is its call's to say.
func lasting(sql string, effects []effect.Effect, definer bool) (kept []effect.Effect) {
	code := strings.ToLower(sql)
	count := map[string]int{}
	for _, e := range effects {
		count[thing(e)]++
	}
	for _, e := range effects {
		if e.Kind.Scope() != effect.Session || e.Body != effect.FunctionBody {
			continue
		}
		object := strings.ToLower(strings.TrimPrefix(e.Object, "pg_temp."))
		switch e.Kind {
		case effect.Reset, effect.ResetAll, effect.ResetRole, effect.ResetSessionAuthorization, effect.Execute, effect.Deallocate,
			effect.Unlisten, effect.SequenceChange, effect.SequenceRead:
			continue
		case effect.TempObject, effect.TempFunction:
			if object == "" || dropsIn(code, object) {
				continue
			}
		case effect.Dblink:
			if strings.Contains(code, "dblink_disconnect") {
				continue
			}
		case effect.SetConfig:
			if e.Local == effect.Unknown || e.ObjectParam != "" || count[thing(e)] > 1 || e.Object == "" && ofParameter(e.Words) {
				continue
			}
		default: // set and put back, locked and unlocked
			if count[thing(e)] > 1 || definer && (e.Kind == effect.SetRole || e.Kind == effect.SetSessionAuthorization) { // which is refused there
				continue
			}
		}
		e.ObjectParam, e.LocalParam = "", "" // of the routine, not of its caller
		kept = append(kept, e)
	}
	return kept
}

// ofParameter reports whether a call of set_config names its parameter by one
// of the routine's: then its place among the calls says more.
func ofParameter(words string) bool {
	_, arg, _ := strings.Cut(words, "(")
	v := scan(arg)
	return len(v.tokens) > 0 && v.value(0, 1).Param != "" && (v.word(1) == "," || v.word(1) == ".")
}

// thing is what two effects of one body have in common, of which one undoes the
// other.
func thing(e effect.Effect) string {
	switch e.Kind {
	case effect.Set, effect.SetConfig, effect.Reset:
		return "parameter " + strings.ToLower(e.Object)
	case effect.SetRole, effect.ResetRole:
		return "role"
	case effect.SetSessionAuthorization, effect.ResetSessionAuthorization:
		return "authorization"
	case effect.AdvisoryLock, effect.AdvisoryUnlock:
		return "lock"
	case effect.Prepare, effect.Deallocate:
		return "statement"
	case effect.Listen, effect.Unlisten:
		return "channel"
	}
	return string(e.Kind) + " " + e.Object
}

// dropsIn reports whether code, in small letters, drops something of a name.
func dropsIn(code, name string) bool {
	words := strings.FieldsFunc(code, func(r rune) bool { return strings.ContainsRune(" \t\r\n;,.()'\"", r) })
	for i, w := range words {
		if w == "drop" && slices.Contains(words[i:min(i+6, len(words))], name) {
			return true
		}
	}
	return false
}
