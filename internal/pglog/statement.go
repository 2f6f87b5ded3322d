package pglog

import "strings"

// tells reports whether a message may tell of a statement.
func tells(m string) bool {
	for _, w := range [...]string{"statement: ", "execute ", "duration: "} {
		if strings.HasPrefix(m, w) {
			return w != "duration: " || !strings.HasSuffix(m, " ms")
		}
	}
	return false
}

// statement hands on the statement that a message tells of, and what DETAIL says
// was bound to it.
func (r *reader) statement(m, detail string) {
	e := &r.entry
	if rest, ok := strings.CutPrefix(m, "duration: "); ok {
		_, m, ok = strings.Cut(rest, " ms  ")
		if !ok {
			return
		}
	}
	var ok bool
	if e.Step, e.Name, e.SQL, ok = sent(m); !ok {
		return
	}
	e.Params = params(e.Params, detail)
	r.hand()
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
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		name = name[:i]
	}
	if name == "<unnamed>" {
		return ""
	}
	return name
}

// params reads "parameters: $1 = 'it”s', $2 = NULL", which is "Parameters:" since
// PostgreSQL 16. A value that ends in three dots may end so, or be cut there.
func params(to []Param, detail string) []Param {
	rest, ok := strings.CutPrefix(detail, "parameters: ")
	if !ok {
		if rest, ok = strings.CutPrefix(detail, "Parameters: "); !ok {
			return to
		}
	}
	for strings.HasPrefix(rest, "$") {
		_, value, ok := strings.Cut(rest, " = ")
		if !ok {
			break
		}
		if after, null := strings.CutPrefix(value, "NULL"); null {
			to = append(to, Param{Null: true})
			rest = strings.TrimPrefix(after, ", ")
			continue
		}
		if !strings.HasPrefix(value, "'") {
			break
		}
		var p Param
		if p.Value, rest, ok = quoted(value[1:]); !ok {
			break
		}
		p.Cut = strings.HasSuffix(p.Value, "...")
		to = append(to, p)
		rest = strings.TrimPrefix(rest, ", ")
	}
	return to
}

// quoted reads a value up to the quote that ends it, where two stand for one.
func quoted(s string) (value, rest string, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] != '\'' {
			continue
		}
		if strings.HasPrefix(s[i+1:], "'") {
			i++
			continue
		}
		return strings.ReplaceAll(s[:i], "''", "'"), s[i+1:], true
	}
	return "", "", false
}
