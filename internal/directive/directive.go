// Package directive reads the comments that tell poolvet something, in Go and in
// SQL:
//
//	//poolvet:ignore rule[,rule] -- reason
//	//poolvet:pooler pgbouncer@1.21 -- reason
//	-- poolvet:direct -- reason
package directive

import (
	"slices"
	"strings"
	"unicode"

	"github.com/poolvet/poolvet/internal/pooler"
)

// Directive is such a comment.
type Directive struct {
	Verb    string   // ignore, direct, pooler
	Rules   []string // of ignore
	Pooler  string   // of pooler and direct: what the code is behind
	Problem string   // what is wrong with it
	As      string   // how it begins in the code

	prefix string   // as it is to be written
	words  []string // behind the verb
}

// Known reports whether there is a rule of a name.
type Known func(rule string) bool

// How directives are to begin.
const (
	Go  = "//poolvet:"
	SQL = "-- poolvet:"
)

// Parse reads a comment, nil where it is no directive nor meant as one. In SQL
// the space is not needed.
func Parse(comment, prefix string, known Known) *Directive {
	text := comment
	if prefix == SQL && strings.HasPrefix(text, "--poolvet:") {
		text = SQL + strings.TrimPrefix(text, "--poolvet:")
	}
	rest, exact := strings.CutPrefix(text, prefix)
	if !exact {
		return parseAlmost(text, prefix, known)
	}
	d := &Directive{As: prefix, prefix: prefix}
	text, reason, dash := cutReason(rest)
	verb, words, _ := strings.Cut(strings.TrimSpace(text), " ")
	d.Verb = strings.ToLower(verb)
	d.take(words)
	d.As += verb
	switch {
	case !slices.Contains(verbs, d.Verb):
		d.Problem = "there is no directive " + quoted(verb) + "; there are ignore, direct and pooler"
	case d.Verb != verb:
		d.Problem = "is written in lower case: " + d.spelling(reason, known)
	case d.Verb == "ignore" && len(d.words) == 0:
		d.Problem = "ignore needs the rules that it silences: " + prefix + "ignore set-role -- reason"
	case d.Verb == "pooler" && len(d.words) == 0:
		d.Problem = "pooler needs the pooler that the code is behind: " + prefix + "pooler pgbouncer@1.21 -- reason"
	case dash != "" && dash != "--":
		d.Problem = "needs two dashes before its reason: " + d.spelling(reason, known)
	case d.Verb == "direct" && len(d.words) > 0:
		d.Problem = "direct takes no rules: " + prefix + "direct -- reason"
	case d.Verb == "pooler" && len(d.words) > 1 && dash != "":
		d.Problem = "pooler takes one pooler: " + prefix + "pooler " + d.Pooler + " -- reason"
	case strings.TrimSpace(reason) == "":
		d.Problem = d.Verb + " needs a reason: " + d.spelling(reason, known)
	}
	if d.Problem == "" {
		d.Problem = d.unknown(known)
	}
	return d
}

// verbs are the directives that there are.
var verbs = []string{"ignore", "direct", "pooler"}

// take takes the words behind the verb for what they are.
func (d *Directive) take(words string) {
	d.words = fields(words)
	switch {
	case d.Verb == "direct":
		d.Pooler = "none"
	case d.Verb == "pooler" && len(d.words) > 0:
		d.Pooler = strings.TrimSuffix(d.words[0], ":")
	case d.Verb != "pooler":
		d.Rules = d.words
	}
}

// unknown says which of its words names nothing, "" where all do.
func (d *Directive) unknown(known Known) string {
	for _, rule := range d.Rules {
		if !known(rule) {
			return "there is no rule " + quoted(rule)
		}
	}
	if d.Pooler == "" {
		return ""
	}
	if _, err := pooler.Lookup(d.Pooler); err != nil {
		return err.Error()
	}
	return ""
}

// parseAlmost reads a comment that may be meant as a directive: one that
// begins with poolvet, a colon and a word, or with all the parts of a directive
// however they are put together. Prose that begins with the name is neither.
func parseAlmost(text, prefix string, known Known) *Directive {
	text = strings.TrimSuffix(text, "*/")
	body := strings.TrimLeft(text[2:], " ")
	if len(body) < len("poolvet") || !strings.EqualFold(body[:len("poolvet")], "poolvet") {
		return nil
	}
	body = body[len("poolvet"):]
	rest := strings.TrimLeft(body, " :=-")
	if rest == body {
		return nil
	}
	n := strings.IndexFunc(rest+" ", func(r rune) bool { return !unicode.IsLetter(r) })
	words, reason, dash := cutReason(rest[n:])
	d := &Directive{Verb: strings.ToLower(rest[:n]), prefix: prefix}
	d.take(words)
	d.As = strings.TrimSuffix(text, rest[n:])
	isVerb := slices.Contains(verbs, d.Verb)
	isTight := len(body) > 1 && body[0] == ':' && unicode.IsLetter(rune(body[1]))
	isWhole := isVerb && (dash != "" || len(d.Rules) > 0) && (d.Verb != "direct" || len(d.words) == 0) && d.unknown(known) == ""
	switch {
	case isVerb && (isTight || isWhole):
		d.Problem = "is no directive as it is written: " + d.spelling(reason, known)
	case isTight:
		d.Problem = "is no directive; there are " + prefix + "ignore, " + prefix + "direct and " + prefix + "pooler"
	default:
		return nil
	}
	return d
}

// cutReason cuts the words of a directive at what stands before its reason.
func cutReason(text string) (words, reason, dash string) {
	at := len(text)
	for _, d := range []string{"--", "—", "–", " - "} {
		if i := strings.Index(text, d); i >= 0 && i < at {
			at, dash = i, d
		}
	}
	return text[:at], text[at+len(dash):], dash
}

func fields(words string) []string {
	return strings.FieldsFunc(words, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
}

// spelling is how the directive is to be written. What stands behind its rules
// or its pooler without a dash is its reason.
func (d *Directive) spelling(reason string, known Known) string {
	text, n := d.prefix+d.Verb, 0
	switch d.Verb {
	case "ignore":
		for n < len(d.words) && known(strings.TrimSuffix(d.words[n], ":")) {
			n++
		}
		if n == 0 {
			n = len(d.words)
		}
		if n == 0 {
			text += " set-role"
		}
	case "pooler":
		if n = min(len(d.words), 1); n == 0 {
			text += " pgbouncer@1.21"
		}
	}
	if n > 0 {
		text += " " + strings.ReplaceAll(strings.Join(d.words[:n], ","), ":", "")
	}
	reason = strings.TrimSpace(strings.TrimSuffix(reason, "*/"))
	reason = strings.TrimSpace(strings.Join(d.words[n:], " ") + " " + reason)
	if reason == "" {
		reason = "reason"
	}
	return text + " -- " + reason
}

func quoted(s string) string { return "“" + s + "”" }
