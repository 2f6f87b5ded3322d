package schema

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/keyword"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/session"
)

// code is SQL by its tokens: a parser would take its time for each expression
// of a body.
type code struct {
	text   string
	tokens []pgquery.Token
	body   bool // of a routine: its words can be its parameters
}

func scan(body string) code { return code{body, pgquery.Scan(body), true} }

// word is token i in small letters, "" where there is none.
func (c code) word(i int) string {
	if i < 0 || i >= len(c.tokens) {
		return ""
	}
	return strings.ToLower(c.text[c.tokens[i].Start:c.tokens[i].End])
}

// name is the name that token i is, as PostgreSQL folds it, "" for none.
func (c code) name(i int) string {
	if i < 0 || i >= len(c.tokens) {
		return ""
	}
	switch src := c.text[c.tokens[i].Start:c.tokens[i].End]; c.tokens[i].Kind {
	case pgquery.Word:
		return strings.ToLower(src)
	case pgquery.Quoted:
		return strings.ReplaceAll(strings.Trim(src, `"`), `""`, `"`)
	}
	return ""
}

// qualified is the name that begins at token i, with its schema, and the token
// behind it, i for none.
func (c code) qualified(i int) (schema, name string, next int) {
	for next = i; c.name(next) != ""; next++ {
		schema, name = name, c.name(next)
		if c.word(next+1) != "." {
			return schema, name, next + 1
		}
		next++
	}
	return "", "", i
}

// close is the token of the bracket that closes the one at i, the last where
// none does.
func (c code) close(i int) int {
	if n := c.tokens[i].Close; n > 0 && i+n < len(c.tokens) {
		return i + n
	}
	return len(c.tokens) - 1
}

// A Value is an argument of a call, as far as the text tells it.
type Value struct {
	Name  string // of the parameter, where the call names it
	Known bool   // a constant
	Const string // what it holds
	Param string // else the placeholder or parameter that it is: "1" for $1 and the first ?, "tenant"
	In    string // the routine that a constant stands in, "" for the statement itself
}

// maxArgs is how many tokens the arguments of a call may have whose values are
// asked for: they are constants or parameters.
const maxArgs = 60

// args are the arguments of the call whose bracket opens at token i.
func (c code) args(i int) (all []Value, n int) {
	end := c.close(i)
	if end == i+1 {
		return nil, 0
	}
	tell := end-i <= maxArgs
	from := i + 1
	for j := i + 1; j <= end; j++ {
		switch w := c.word(j); {
		case j == end, w == ",":
			if n++; tell {
				all = append(all, c.value(from, j))
			}
			from = j + 1
		case w == "(" || w == "[":
			j = max(j, min(c.close(j), end-1))
		}
	}
	return all, n
}

// value is that of an expression, which stands in the tokens from one up to
// another.
func (c code) value(from, to int) (v Value) {
	if w := c.word(from + 1); (w == "=>" || w == ":=") && from+1 < to {
		v.Name = c.name(from)
		from += 2
	}
	for i := from; i < to; i++ {
		if c.word(i) == "::" {
			to = i
		}
	}
	if to == from+3 && c.body && c.word(from+1) == "." { // the routine's name and its parameter's
		from += 2
	}
	if to != from+1 {
		return v
	}
	t, src := c.tokens[from], c.text[c.tokens[from].Start:c.tokens[from].End]
	if t.Broken || strings.IndexByte(src, session.Hole) >= 0 {
		return v
	}
	switch w := c.word(from); t.Kind {
	case pgquery.Str, pgquery.Number:
		v.Known, v.Const = true, strings.ReplaceAll(strings.Trim(src, "'"), "''", "'")
	case pgquery.Param, pgquery.Spot:
		v.Param = session.Placeholder(c.text, t)
	case pgquery.Word:
		switch {
		case w == "true" || w == "false":
			v.Known, v.Const = true, w
		case c.body && w != "null":
			v.Param = w
		}
	}
	return v
}

// notCalled are words before a name with a bracket behind it that is no call.
var notCalled = []string{"table", "into", "index", "view", "exists", "references", "on", "function", "procedure", "default"}

// notUpdated are words before UPDATE where it is no statement.
var notUpdated = []string{"for", "on", "do", "key", "or", "then"}

// calls are what the code of a body may set off: what stands before a bracket,
// and the tables and views that it names, in one pass, however deep they stand
// in each other. What nothing is called like is none.
func (c code) calls() (all []Call) {
	for i := range c.tokens {
		switch w := c.word(i); {
		case w == "(" && c.name(i-1) != "" && !slices.Contains(notCalled, c.word(i-2)):
			call := Call{Name: c.name(i - 1), Start: c.tokens[i-1].Start, End: c.tokens[c.close(i)].End}
			if c.word(i-2) == "." {
				call.Schema = c.name(i - 3)
			}
			call.Args, call.Count = c.args(i)
			all = append(all, call)
		case w == "execute":
			all = append(all, c.executed(i+1)...)
		default:
			if use, ok := c.use(w, i); ok {
				all = append(all, use)
			}
		}
	}
	return all
}

// executed are the calls in the constant string that EXECUTE runs, or its format
// begins with, at token at.
func (c code) executed(at int) (all []Call) {
	if c.word(at) == "(" {
		at++
	}
	if c.word(at) == "format" {
		at += 2
	}
	if at >= len(c.tokens) || c.tokens[at].Kind != pgquery.Str && c.tokens[at].Kind != pgquery.Dollar || c.tokens[at].Broken {
		return nil
	}
	src := c.text[c.tokens[at].Start:c.tokens[at].End]
	if c.tokens[at].Kind == pgquery.Dollar {
		tag := strings.IndexByte(src[1:], '$') + 2
		src = src[tag : len(src)-tag]
	} else {
		src = strings.ReplaceAll(src, "''", "'")
		src = src[min(strings.IndexByte(src, '\'')+1, len(src)-1) : len(src)-1]
	}
	inner := scan(strings.NewReplacer("%I", "unknown", "%L", "''", "%s", " ").Replace(src))
	inner.body = false // its words are no parameters
	for _, call := range inner.calls() {
		call.Start, call.End = c.tokens[at].Start, c.tokens[at].End
		all = append(all, call)
	}
	return all
}

// use is what the word at token i does with a table or a view.
func (c code) use(w string, i int) (call Call, ok bool) {
	at := i + 1
	switch before := c.word(i - 1); {
	case w == "insert" && c.word(at) == "into":
		call.How, at = Inserts, at+1
	case w == "update" && !slices.Contains(notUpdated, before):
		call.How = Updates
	case w == "delete" && c.word(at) == "from":
		call.How, at = Deletes, at+1
	case w == "truncate":
		call.How = Truncates
	case (w == "from" || w == "join") && before != "delete":
		call.How = Reads
	default:
		return call, false
	}
	if c.word(at) == "only" || c.word(at) == "table" {
		at++
	}
	var next int
	call.Schema, call.Name, next = c.qualified(at)
	if next == at || call.How == Reads && c.word(next) == "(" {
		return call, false
	}
	call.Start, call.End = c.tokens[i].Start, c.tokens[next-1].End
	switch {
	case call.How == Inserts && c.word(next) == "(":
		for j := next + 1; j < c.close(next); j++ {
			if name := c.name(j); name != "" {
				call.Columns = append(call.Columns, name)
			}
		}
	case call.How == Inserts && c.word(next) == "default":
		call.Columns = noColumns
	case call.How == Updates:
		call.Columns = c.assigned(next)
	}
	return call, true
}

// assigned are the columns that an UPDATE sets, whose table's name ends before
// token i.
func (c code) assigned(i int) (columns []string) {
	for ; i < len(c.tokens); i++ {
		switch c.word(i) {
		case ";", "where", "from", "returning":
			return columns
		case "(":
			i = c.close(i)
		case "=":
			if name := c.name(i - 1); name != "" {
				columns = append(columns, name)
			}
		}
	}
	return columns
}

// mayChange reports whether the code may do something to the session: most has
// an UPDATE … SET, and nothing of it.
func (c code) mayChange() bool {
	for i := range c.tokens {
		switch word := c.word(i); word {
		case "begin", "start", "notify", "declare", "cursor": // a cursor ends with the transaction
		case "hold": // but WITH HOLD
			return true
		case "set":
			if i == 0 || slices.Contains([]string{";", "begin", "then", "else", "loop"}, c.word(i-1)) {
				return true
			}
		default:
			if keyword.Of(strings.Trim(word, `"`)) != keyword.None {
				return true
			}
		}
	}
	return false
}
