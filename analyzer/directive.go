package analyzer

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
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

	from, to token.Pos // what it holds for; all of the package if neither is valid
	used     bool
}

const directivePrefix = "//poolvet:"

// directives reads those of a package.
func directives(pass *analysis.Pass) []*directive {
	var ds []*directive
	for _, file := range pass.Files {
		for _, group := range file.Comments {
			for _, c := range group.List {
				if strings.HasPrefix(c.Text, directivePrefix) {
					d := parseDirective(c)
					d.from, d.to = extent(pass.Fset, file, group, c)
					ds = append(ds, d)
				}
			}
		}
	}
	return ds
}

func parseDirective(c *ast.Comment) *directive {
	d := &directive{pos: c.Pos(), end: c.End()}
	text := strings.TrimPrefix(c.Text, directivePrefix)
	// analysistest's expectations stand in the same comment.
	text, _, _ = strings.Cut(text, " // want ")
	words, reason, hasReason := strings.Cut(text, "--")
	d.verb, words, _ = strings.Cut(strings.TrimSpace(words), " ")
	for rule := range strings.FieldsFuncSeq(words, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		d.rules = append(d.rules, rule)
	}
	switch {
	case d.verb != "ignore" && d.verb != "direct":
		d.problem = "there is no directive " + quoted(d.verb) + "; there are ignore and direct"
	case d.verb == "ignore" && len(d.rules) == 0:
		d.problem = "ignore needs the rules that it silences: //poolvet:ignore set-role -- reason"
	case d.verb == "direct" && len(d.rules) > 0:
		d.problem = "direct takes no rules: //poolvet:direct -- reason"
	case !hasReason || strings.TrimSpace(reason) == "":
		d.problem = d.verb + " needs a reason: " + strings.TrimSpace(directivePrefix+d.verb+" "+strings.Join(d.rules, ",")) + " -- reason"
	}
	for _, rule := range d.rules {
		if d.problem == "" && LookupRule(rule) == nil {
			d.problem = "there is no rule " + quoted(rule)
		}
	}
	return d
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
	line := tf.Line(c.Pos())
	from = tf.LineStart(line)
	// A directive above the line may be followed by further comments.
	next := min(tf.Line(group.End())+1, tf.LineCount())
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
