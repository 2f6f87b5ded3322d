package pglog

import (
	"strconv"
	"strings"
)

// tells reports whether a message may tell something: most of a log does not.
func tells(severity, m string) bool {
	switch severity {
	case "ERROR":
		return strings.Contains(m, "prepared statement ")
	case "LOG":
	case "WARNING", "NOTICE", "INFO": // where an extension is told to
		return strings.HasPrefix(m, "AUDIT: ") || strings.HasPrefix(m, "duration: ") && strings.Contains(m, " ms  plan:")
	default:
		return false
	}
	switch {
	case m == "":
		return false
	case m[0] == 'd':
		return strings.HasPrefix(m, "duration: ") && strings.Contains(m, " ms  ") || strings.HasPrefix(m, "disconnection: ")
	}
	return strings.HasPrefix(m, "statement: ") || strings.HasPrefix(m, "execute ") || strings.HasPrefix(m, "AUDIT: ") || strings.HasPrefix(m, "connection authorized: ")
}

// statement hands on the statement that a message tells of, and what DETAIL says
// was bound to it.
func (r *reader) statement(m, detail string) {
	e := &r.entry
	if rest, ok := strings.CutPrefix(m, "AUDIT: "); ok {
		r.audit(rest)
		return
	}
	if rest, ok := strings.CutPrefix(m, "duration: "); ok {
		_, m, ok = strings.Cut(rest, " ms  ")
		if !ok {
			return
		}
		if plan, ok := strings.CutPrefix(m, "plan:"); ok {
			r.plan(plan)
			return
		}
	}
	var ok bool
	if e.Step, e.Name, e.SQL, ok = sent(m); !ok {
		return
	}
	if detail != "" {
		// "parameters: ", which is "Parameters: " since PostgreSQL 16.
		if list, ok := strings.CutPrefix(detail[1:], "arameters: "); ok {
			e.Params = params(e.Params, list)
		}
	}
	r.hand()
}

// lostStatement hands on that a session's prepared statement is not, or is
// already, where its connection is: what a pooler that hands connections on makes
// of it.
func (r *reader) lostStatement(m, statement string) {
	e := &r.entry
	e.Kind, e.SQL = Refusal, statement
	if before, rest, ok := strings.Cut(m, `prepared statement "`); ok && before == "" {
		if name, does, ok := cutLast(rest, `" `); ok {
			e.Name, m = name, "prepared statement "+does
		}
	}
	switch e.Reason = m; m {
	case "prepared statement does not exist", "prepared statement already exists", "unnamed prepared statement does not exist":
		r.hand()
	}
}

// cutLast cuts around the last separator.
func cutLast(s, separator string) (before, after string, ok bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}

// sent reads "statement: SQL", "execute NAME: SQL" and their like.
func sent(m string) (step Step, name, sql string, ok bool) {
	if sql, ok = strings.CutPrefix(m, "statement: "); ok {
		return Simple, "", sql, true
	}
	for _, s := range [...]struct {
		word string
		step Step
	}{{"execute fetch from ", Fetch}, {"execute ", Execute}, {"parse ", Parse}, {"bind ", Bind}} {
		rest, is := strings.CutPrefix(m, s.word)
		if !is {
			continue
		}
		if name, sql, ok = strings.Cut(rest, ": "); ok {
			return s.step, unnamed(name), sql, true
		}
	}
	return 0, "", "", false
}

// unnamed is the name of a statement in NAME/PORTAL, "" for <unnamed>.
func unnamed(name string) string {
	name, _, _ = cutLast(name, "/")
	if name == "<unnamed>" {
		return ""
	}
	return name
}

// params reads a list like $1 = 'a', $2 = NULL. A value that ends in three dots
// may end so, or be cut there. A list that does not count from 1 on is none.
func params(to []Param, rest string) []Param {
	for n := 1; strings.HasPrefix(rest, "$"); n++ {
		number, value, ok := strings.Cut(rest[1:], " = ")
		if !ok || number != strconv.Itoa(n) {
			break
		}
		var p Param
		if after, null := strings.CutPrefix(value, "NULL"); null {
			p.Null, rest = true, after
		} else if p.Value, rest, ok = quoted(value); !ok {
			break
		}
		p.Cut = strings.HasSuffix(p.Value, "...")
		to = append(to, p)
		rest = strings.TrimPrefix(rest, ", ")
	}
	return to
}

// quoted reads a value in quotes, where two of them stand for one.
func quoted(s string) (value, rest string, ok bool) {
	if !strings.HasPrefix(s, "'") {
		return "", "", false
	}
	for i := 1; i < len(s); i++ {
		if s[i] != '\'' {
			continue
		}
		if strings.HasPrefix(s[i+1:], "'") {
			i++
			continue
		}
		return strings.ReplaceAll(s[1:i], "''", "'"), s[i+1:], true
	}
	return "", "", false
}
