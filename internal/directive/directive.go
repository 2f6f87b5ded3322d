// Package directive reads the comments that tell poolvet something, in Go and in
// SQL:
//
//	//poolvet:ignore rule[,rule] -- reason
//	-- poolvet:direct -- reason
package directive

import (
	"slices"
	"strings"
	"unicode"
)

// Directive is such a comment.
type Directive struct {
	Verb    string   // ignore, direct
	Rules   []string // of ignore
	Problem string   // what is wrong with it
	As      string   // how it begins in the code

	prefix string // as it is to be written
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
	words, reason, dash := cutReason(rest)
	verb, words, _ := strings.Cut(strings.TrimSpace(words), " ")
	d.Verb, d.Rules = strings.ToLower(verb), ruleNames(words)
	d.As += verb
	switch {
	case d.Verb != "ignore" && d.Verb != "direct":
		d.Problem = "there is no directive " + quoted(verb) + "; there are ignore and direct"
	case d.Verb != verb:
		d.Problem = "is written in lower case: " + d.spelling(reason, known)
	case d.Verb == "ignore" && len(d.Rules) == 0:
		d.Problem = "ignore needs the rules that it silences: " + prefix + "ignore set-role -- reason"
	case dash != "" && dash != "--":
		d.Problem = "needs two dashes before its reason: " + d.spelling(reason, known)
	case d.Verb == "direct" && len(d.Rules) > 0:
		d.Problem = "direct takes no rules: " + prefix + "direct -- reason"
	case strings.TrimSpace(reason) == "":
		d.Problem = d.Verb + " needs a reason: " + d.spelling(reason, known)
	}
	for _, rule := range d.Rules {
		if d.Problem == "" && !known(rule) {
			d.Problem = "there is no rule " + quoted(rule)
		}
	}
	return d
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
	d := &Directive{Verb: strings.ToLower(rest[:n]), Rules: ruleNames(words), prefix: prefix}
	d.As = strings.TrimSuffix(text, rest[n:])
	isVerb := d.Verb == "ignore" || d.Verb == "direct"
	isTight := len(body) > 1 && body[0] == ':' && unicode.IsLetter(rune(body[1]))
	isWhole := isVerb && (dash != "" || len(d.Rules) > 0) && !slices.ContainsFunc(d.Rules, func(r string) bool { return !known(r) })
	switch {
	case isVerb && (isTight || isWhole):
		d.Problem = "is no directive as it is written: " + d.spelling(reason, known)
	case isTight:
		d.Problem = "is no directive; there are " + prefix + "ignore and " + prefix + "direct"
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

func ruleNames(words string) (names []string) {
	for rule := range strings.FieldsFuncSeq(words, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		names = append(names, rule)
	}
	return names
}

// spelling is how the directive is to be written. What stands behind its rules
// without a dash is its reason.
func (d *Directive) spelling(reason string, known Known) string {
	reason = strings.TrimSpace(strings.TrimSuffix(reason, "*/"))
	text := d.prefix + d.Verb
	if d.Verb == "ignore" {
		n := 0
		for n < len(d.Rules) && known(strings.TrimSuffix(d.Rules[n], ":")) {
			n++
		}
		if n == 0 {
			n = len(d.Rules)
		}
		if rules := strings.Join(d.Rules[:n], ","); rules != "" {
			text += " " + strings.ReplaceAll(rules, ":", "")
		} else {
			text += " set-role"
		}
		reason = strings.TrimSpace(strings.Join(d.Rules[n:], " ") + " " + reason)
	} else if len(d.Rules) > 0 {
		reason = strings.TrimSpace(strings.Join(d.Rules, " ") + " " + reason)
	}
	if reason == "" {
		reason = "reason"
	}
	return text + " -- " + reason
}

func quoted(s string) string { return "“" + s + "”" }
