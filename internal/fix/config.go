package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/physical"
)

// modeFix is how queries are sent safely behind every pooler: by a key of
// the connection string.
//
// Not included: simple_protocol, which changes how values are encoded and has
// had injections (CVE-2024-27289); describe_exec, which splits a statement.
type modeFix struct{ value, title string }

func (x *Fixer) modeFix(key string) (modeFix, bool) {
	switch key {
	case "default_query_exec_mode":
		mode := x.ExecMode
		if mode == "" {
			mode = "cache_describe"
		}
		return modeFix{mode, "Set default_query_exec_mode=" + mode}, true
	case "statement_cache_mode":
		return modeFix{"describe", "Set statement_cache_mode=describe"}, true
	case "binary_parameters":
		return modeFix{"yes", "Set binary_parameters=yes"}, true
	}
	return modeFix{}, false
}

// OfSite is the edit that sets what a site leaves unsafe, or nil.
func (x *Fixer) OfSite(s driver.Site) *analysis.SuggestedFix {
	set := s.Setting
	if set == nil {
		return nil
	}
	c := &siteChange{Fixer: x, site: s, set: set}
	f, isMode := x.modeFix(set.Key)
	switch {
	case set.Key == "PollOnly":
		f.title = "Poll only"
		isMode = x.PollOnly && c.ownsLiteral() && c.putInto(set.Literal, "PollOnly: true")
	case s.Effect.Object == "PrepareStmt":
		f.title, isMode = c.withoutPrepareStmt(f)
	case isMode:
		isMode = (set.Plain || !f.recodes()) && c.setMode(f.value)
	}
	if !isMode || slices.ContainsFunc(c.edits, func(e analysis.TextEdit) bool { return !c.inFile(e) }) {
		return nil
	}
	return &analysis.SuggestedFix{Message: f.title, TextEdits: c.edits}
}

// recodes reports whether a mode sends values in another way than the drivers'
// defaults do: bytes fail for jsonb then, and more.
func (f modeFix) recodes() bool { return f.value == "yes" || f.value == "exec" }

// siteChange is the edits for one site.
type siteChange struct {
	*Fixer
	site  driver.Site
	set   *driver.Setting
	edits []analysis.TextEdit
}

// inFile reports whether an edit is in the file of the site, and that nobody
// generates it.
func (c *siteChange) inFile(e analysis.TextEdit) bool {
	file := c.file(c.site.Pos)
	return file != nil && !ast.IsGenerated(file) && file.FileStart <= e.Pos && e.End <= file.FileEnd
}

func (c *siteChange) add(pos, end token.Pos, text string) bool {
	c.edits = append(c.edits, analysis.TextEdit{Pos: pos, End: end, NewText: []byte(text)})
	return true
}

// setMode sets the mode where the code says it now, else in the connection
// string, else in the configuration: never over a string that is not known.
func (c *siteChange) setMode(value string) bool {
	if c.set.Value != nil {
		return !c.isConditional(c.set.Value) && c.inGo(value)
	}
	if lit := c.set.Literal; lit != nil && c.set.Key == "binary_parameters" {
		return c.ownsLiteral() && c.putInto(lit, "BinaryParameters: true")
	}
	return c.knowsString() && c.knowsDriver() && (c.inString(value) || c.behindParse(value))
}

// knowsString reports whether all keys of the connection string are known: no
// part of it, nor a file that it names, is the operator's.
func (c *siteChange) knowsString() bool {
	_, service := c.set.DSN.Get("service")
	return c.set.DSN.Whole && c.set.Text.Value != "" && !service
}

// isConditional reports whether code that sets a mode runs in some cases only:
// its author may mean a connection that bypasses the pooler.
func (c *siteChange) isConditional(x ast.Expr) bool {
	for _, n := range c.SQL.Flow.PathTo(x) {
		switch n.(type) {
		case *ast.IfStmt, *ast.CaseClause, *ast.CommClause, *ast.ForStmt, *ast.RangeStmt:
			return true
		case *ast.FuncDecl, *ast.FuncLit:
			return false
		}
	}
	return false
}

// ownsLiteral reports whether the literal of a configuration is for its call
// alone.
func (c *siteChange) ownsLiteral() bool {
	return c.set.Literal != nil && c.set.Call != nil && c.SQL.ExprServesOnly(c.set.Literal, c.set.Call)
}

// goModes are the constants of pgx v5 for the modes.
var goModes = map[string]string{"cache_describe": "QueryExecModeCacheDescribe", "exec": "QueryExecModeExec"}

// inGo replaces the value that a field is set to.
func (c *siteChange) inGo(value string) bool {
	x := c.set.Value
	switch c.set.Key {
	case "default_query_exec_mode":
		sel, ok := ast.Unparen(x).(*ast.SelectorExpr)
		if !ok || !strings.HasPrefix(sel.Sel.Name, "QueryExecMode") {
			return false
		}
		return c.add(sel.Sel.Pos(), sel.Sel.End(), goModes[value])
	case "binary_parameters":
		return types.ExprString(x) == "false" && c.add(x.Pos(), x.End(), "true")
	}
	return false
}

// putInto adds a field to a composite literal.
func (c *siteChange) putInto(lit *ast.CompositeLit, field string) bool {
	if lit == nil || len(lit.Elts) == 0 {
		return lit != nil && c.add(lit.Rbrace, lit.Rbrace, field)
	}
	last := lit.Elts[len(lit.Elts)-1]
	if _, keyed := last.(*ast.KeyValueExpr); !keyed {
		return false
	}
	line := func(p token.Pos) int { return physical.Position(c.Pass.Fset, p).Line }
	if line(last.End()) == line(lit.Rbrace) {
		return c.add(last.End(), last.End(), ", "+field)
	}
	indent := strings.Repeat("\t", physical.Position(c.Pass.Fset, last.Pos()).Column-1)
	return c.add(last.Pos(), last.Pos(), field+",\n"+indent)
}

// removeField removes the field of the site from its literal.
func (c *siteChange) removeField() bool {
	lit := c.set.Literal
	if lit == nil {
		return false
	}
	i := slices.IndexFunc(lit.Elts, func(x ast.Expr) bool { return x.Pos() <= c.site.Pos && c.site.End <= x.End() })
	if i < 0 {
		return false
	}
	elt, line := lit.Elts[i], func(p token.Pos) int { return physical.Position(c.Pass.Fset, p).Line }
	from, to := elt.Pos(), elt.End()
	switch {
	case len(lit.Elts) == 1:
		from, to = lit.Lbrace+1, lit.Rbrace
	case i+1 < len(lit.Elts):
		to = lit.Elts[i+1].Pos()
	default:
		from = lit.Elts[i-1].End()
	}
	// A comment on its line goes with it; another would go astray.
	astray := slices.ContainsFunc(c.file(lit.Pos()).Comments, func(g *ast.CommentGroup) bool {
		return from <= g.Pos() && g.Pos() < to && line(g.Pos()) != line(elt.End())
	})
	return !astray && c.add(from, to, "")
}
