package trace

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/client"
)

// A pattern is a statement that someone can send. What is not known of it can be
// several tokens, or none.
type pattern struct {
	Normal
	known int // words: the more, the better it fits
}

// patternOf is of a text with holes; a fragment stands anywhere in a statement.
func patternOf(sql string, fragment bool, param func(name string) (string, bool)) pattern {
	p := pattern{Normal: Of(sql, param)}
	for _, t := range p.tokens {
		if t.src != "" {
			p.known++
		}
	}
	if fragment {
		p.tokens = slices.Concat([]token{{any: true}}, p.tokens, []token{{any: true}})
	}
	return p
}

// fits reports whether a statement can be an instance of p. Where it changes the
// session, p must have the very words: SELECT … FROM … is no sender of a
// set_config.
func (p *pattern) fits(r *statement) bool {
	for _, word := range r.words() {
		if !slices.ContainsFunc(p.tokens, func(t token) bool { return strings.EqualFold(t.src, word) || strings.HasPrefix(t.src, "$$") }) {
			return false
		}
	}
	return p.known > 0 && matches(p.tokens, r.tokens)
}

// matches is the usual match with stars, which takes time in the product of the
// lengths at most.
func matches(pattern, tokens []token) bool {
	star, from := -1, 0
	i, k := 0, 0
	for k < len(tokens) {
		switch {
		case i < len(pattern) && pattern[i].any:
			star, from = i, k
			i++
		case i < len(pattern) && pattern[i].is(tokens[k]):
			i, k = i+1, k+1
		case star >= 0:
			from++
			i, k = star+1, from
		default:
			return false
		}
	}
	for i < len(pattern) && pattern[i].any {
		i++
	}
	return i == len(pattern)
}

// is reports whether a token of a pattern can be one of a statement: a value is
// any value, and one that was kept can be one that is not known.
func (t token) is(of token) bool {
	switch {
	case of.any:
		return true
	case t.src == "":
		return of.src == "" || of.kept
	case of.src == "":
		return t.kept && !client.IsKey(t.src) // which would have been kept
	case strings.Contains(t.src, hole):
		return t.kept == of.kept && like(strings.ToLower(t.src), strings.ToLower(of.src)) // DEALLOCATE ALL is of no name
	}
	return strings.EqualFold(unquoted(t.src), unquoted(of.src))
}

// like reports whether a name with holes can be name.
func like(holed, name string) bool {
	parts := strings.Split(holed, hole)
	name, ok := strings.CutPrefix(name, parts[0])
	if !ok || !strings.HasSuffix(name, parts[len(parts)-1]) {
		return false
	}
	for _, part := range parts[1:] {
		i := strings.Index(name, part)
		if i < 0 {
			return false
		}
		name = name[i+len(part):]
	}
	return true
}

// unquoted is a name without quotes that it does not need.
func unquoted(src string) string {
	if len(src) > 2 && src[0] == '"' && src == strings.ToLower(src) {
		return src[1 : len(src)-1]
	}
	return src
}

// words are those by which a statement changes the session, in small letters:
// "set", "set_config", the name of a function that does.
func (r *statement) words() (words []string) {
	for _, e := range r.effects {
		words = append(words, firstWord(r.Text[e.Start:e.End]))
	}
	for _, call := range r.calls {
		words = append(words, firstWord(call))
	}
	return words
}

func firstWord(text string) string {
	text = strings.ToLower(text)
	if i := strings.IndexFunc(text, func(r rune) bool { return r != '_' && (r < 'a' || 'z' < r) && (r < '0' || '9' < r) }); i > 0 {
		return text[:i]
	}
	return text
}
