package schema

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/keyword"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/session"
)

// body is the code of a routine, by its tokens: a parser would take its time for
// each expression.
type body struct {
	text   string
	tokens []pgquery.Token
}

func scan(text string) body { return body{text, pgquery.Scan(text)} }

// word is token i in small letters, "" where there is none.
func (b body) word(i int) string {
	if i < 0 || i >= len(b.tokens) {
		return ""
	}
	return strings.ToLower(b.text[b.tokens[i].Start:b.tokens[i].End])
}

// name is the name that token i is, as PostgreSQL folds it, "" for none.
func (b body) name(i int) string {
	if i < 0 || i >= len(b.tokens) {
		return ""
	}
	switch src := b.text[b.tokens[i].Start:b.tokens[i].End]; b.tokens[i].Kind {
	case pgquery.Word:
		return strings.ToLower(src)
	case pgquery.Quoted:
		return strings.ReplaceAll(strings.Trim(src, `"`), `""`, `"`)
	}
	return ""
}

// notCalled are words before a name with a bracket behind it that is no call.
var notCalled = []string{"table", "into", "index", "view", "exists", "references", "on", "function", "procedure"}

// calls are what stands before a bracket, in one pass, however deep they stand
// in each other. What no routine is called like is none.
func (b body) calls() (all []session.Call) {
	type bracket struct{ call, commas, from int } // call is -1 for none
	var open []bracket
	for i := range b.tokens {
		switch b.word(i) {
		case "(", "[":
			at := bracket{call: -1, from: i}
			if name := b.name(i - 1); b.word(i) == "(" && name != "" && !slices.Contains(notCalled, b.word(i-2)) {
				c := session.Call{Name: name}
				if b.word(i-2) == "." {
					c.Schema = b.name(i - 3)
				}
				at.call = len(all)
				all = append(all, c)
			}
			open = append(open, at)
		case ",":
			if len(open) > 0 {
				open[len(open)-1].commas++
			}
		case ")", "]":
			if len(open) == 0 {
				continue
			}
			at := open[len(open)-1]
			open = open[:len(open)-1]
			if at.call >= 0 && i > at.from+1 {
				all[at.call].Args = at.commas + 1
			}
		}
	}
	return all
}

// mayChange reports whether the code may do something to the session: most has
// an UPDATE … SET, and nothing of it.
func (b body) mayChange() bool {
	for i := range b.tokens {
		switch word := b.word(i); word {
		case "begin", "start", "notify":
		case "set":
			if i == 0 || slices.Contains([]string{";", "begin", "then", "else", "loop"}, b.word(i-1)) {
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
