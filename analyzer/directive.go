package analyzer

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/physical"
)

// A directive is a comment that tells poolvet something:
//
//	//poolvet:ignore rule[,rule] -- reason
//	//poolvet:direct -- reason
//
// It holds for its line and the next, for the declaration that it documents,
// for its file where it stands above the package clause, and for the package
// where it documents the package clause.
type directive struct {
	pos, end token.Pos
	verb     string   // ignore, direct
	rules    []string // of ignore
	problem  string   // what is wrong with it
	as       string   // how it begins in the code

	from, to token.Pos // what it holds for; all of the package if neither is valid
	used     bool
}

const directivePrefix = "//poolvet:"

// directives reads those of a package, and what is meant as one.
func directives(pass *analysis.Pass) []*directive {
	var ds []*directive
	for _, file := range pass.Files {
		for _, group := range file.Comments {
			for _, c := range group.List {
				if d := parseDirective(c); d != nil {
					d.from, d.to = extent(pass.Fset, file, group, c)
					ds = append(ds, d)
				}
			}
		}
	}
	return ds
}

// parseDirective reads a comment, nil where it is no directive nor meant as one.
func parseDirective(c *ast.Comment) *directive {
	// analysistest's expectations stand in the same comment.
	text, _, _ := strings.Cut(c.Text, " // want ")
	rest, exact := strings.CutPrefix(text, directivePrefix)
	if !exact {
		return parseAlmost(c, text)
	}
	d := &directive{pos: c.Pos(), end: c.End(), as: directivePrefix}
	words, reason, dash := cutReason(rest)
	verb, words, _ := strings.Cut(strings.TrimSpace(words), " ")
	d.verb, d.rules = strings.ToLower(verb), ruleNames(words)
	d.as += verb
	switch {
	case d.verb != "ignore" && d.verb != "direct":
		d.problem = "there is no directive " + quoted(verb) + "; there are ignore and direct"
	case d.verb != verb:
		d.problem = "is written in lower case: " + d.spelling(reason)
	case d.verb == "ignore" && len(d.rules) == 0:
		d.problem = "ignore needs the rules that it silences: //poolvet:ignore set-role -- reason"
	case dash != "" && dash != "--":
		d.problem = "needs two dashes before its reason: " + d.spelling(reason)
	case d.verb == "direct" && len(d.rules) > 0:
		d.problem = "direct takes no rules: //poolvet:direct -- reason"
	case strings.TrimSpace(reason) == "":
		d.problem = d.verb + " needs a reason: " + d.spelling(reason)
	}
	for _, rule := range d.rules {
		if d.problem == "" && LookupRule(rule) == nil {
			d.problem = "there is no rule " + quoted(rule)
		}
	}
	return d
}

// parseAlmost reads a comment that may be meant as a directive: one that
// begins with poolvet, a colon and a word, or with all the parts of a directive
// however they are put together. Prose that begins with the name is neither.
func parseAlmost(c *ast.Comment, text string) *directive {
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
	d := &directive{pos: c.Pos(), end: c.End(), verb: strings.ToLower(rest[:n]), rules: ruleNames(words)}
	d.as = strings.TrimSuffix(text, rest[n:])
	isVerb := d.verb == "ignore" || d.verb == "direct"
	isTight := len(body) > 1 && body[0] == ':' && unicode.IsLetter(rune(body[1]))
	isWhole := isVerb && (dash != "" || len(d.rules) > 0) && !slices.ContainsFunc(d.rules, func(r string) bool { return LookupRule(r) == nil })
	switch {
	case isVerb && (isTight || isWhole):
		d.problem = "is no directive as it is written: " + d.spelling(reason)
	case isTight:
		d.problem = "is no directive; there are //poolvet:ignore and //poolvet:direct"
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
func (d *directive) spelling(reason string) string {
	reason = strings.TrimSpace(strings.TrimSuffix(reason, "*/"))
	text := directivePrefix + d.verb
	if d.verb == "ignore" {
		n := 0
		for n < len(d.rules) && LookupRule(strings.TrimSuffix(d.rules[n], ":")) != nil {
			n++
		}
		if n == 0 {
			n = len(d.rules)
		}
		if rules := strings.Join(d.rules[:n], ","); rules != "" {
			text += " " + strings.ReplaceAll(rules, ":", "")
		} else {
			text += " set-role"
		}
		reason = strings.TrimSpace(strings.Join(d.rules[n:], " ") + " " + reason)
	} else if len(d.rules) > 0 {
		reason = strings.TrimSpace(strings.Join(d.rules, " ") + " " + reason)
	}
	if reason == "" {
		reason = "reason"
	}
	return text + " -- " + reason
}

func quoted(s string) string { return "“" + s + "”" }

// extent is what a comment holds for.
func extent(fset *token.FileSet, file *ast.File, group *ast.CommentGroup, c *ast.Comment) (from, to token.Pos) {
	switch {
	case group == file.Doc:
		return token.NoPos, token.NoPos
	case c.End() < file.Package:
		return file.FileStart, file.FileEnd
	}
	for _, decl := range file.Decls {
		if decl.End() < c.Pos() {
			continue
		}
		if node := documented(decl, group); node != nil {
			return group.Pos(), node.End()
		}
		break
	}
	tf := fset.File(c.Pos())
	from = tf.LineStart(physical.Line(tf, c.Pos()))
	// A directive above the line may be followed by further comments.
	next := min(physical.Line(tf, group.End())+1, tf.LineCount())
	if next == tf.LineCount() {
		return from, token.Pos(tf.Base() + tf.Size())
	}
	return from, tf.LineStart(next+1) - 1
}

// documented is the declaration that a comment group documents, or nil.
func documented(decl ast.Decl, group *ast.CommentGroup) ast.Node {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		if decl.Doc == group {
			return decl
		}
	case *ast.GenDecl:
		if decl.Doc == group {
			return decl
		}
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				if spec.Doc == group {
					return spec
				}
			case *ast.TypeSpec:
				if spec.Doc == group {
					return spec
				}
			}
		}
	}
	return nil
}

// covers reports whether d holds at any of the positions.
func (d *directive) covers(at ...token.Pos) bool {
	if !d.from.IsValid() {
		return true
	}
	return slices.ContainsFunc(at, func(p token.Pos) bool { return d.from <= p && p <= d.to })
}
