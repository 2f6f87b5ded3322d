package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/session"
)

// A modeFix is how queries are sent safely behind every pooler: by a key of
// the connection string.
//
// Not included: simple_protocol, which changes how values are encoded and has
// had injections (CVE-2024-27289); describe_exec, which splits a statement.
type modeFix struct{ value, title string }

func (r *report) modeFix(key string) (modeFix, bool) {
	switch key {
	case "default_query_exec_mode":
		mode := r.ExecMode
		if mode == "" {
			mode = "cache_describe"
		}
		return modeFix{mode, "Set default_query_exec_mode=" + mode}, true
	case "statement_cache_mode":
		return modeFix{"describe", "Set statement_cache_mode=describe"}, true
	case "binary_parameters":
		return modeFix{"yes", "Set binary_parameters=yes: []byte arguments then travel in binary, and jsonb wants a string"}, true
	}
	return modeFix{}, false
}

// siteFix is the edit that sets what a site leaves unsafe, or nil.
func (r *report) siteFix(s driver.Site) *analysis.SuggestedFix {
	set := s.Setting
	if set == nil {
		return nil
	}
	c := &siteChange{report: r, site: s, set: set}
	title := ""
	switch f, isMode := r.modeFix(set.Key); {
	case set.Key == "PollOnly":
		if !r.FixListener || !c.putInto(set.Literal, "PollOnly: true") {
			return nil
		}
		title = "Poll only"
	case s.Effect.Object == "PrepareStmt":
		if !c.removeField() {
			return nil
		}
		// Without PrepareStmt the driver's own mode counts.
		if n := len(c.edits); c.inString(f.value) && !c.inFile(c.edits[n]) {
			c.edits = c.edits[:n]
		}
		title = "Remove PrepareStmt"
	case !isMode || set.Key == "binary_parameters" && r.bindsBytes():
		return nil
	case !c.setMode(f.value):
		return nil
	default:
		title = f.title
	}
	if slices.ContainsFunc(c.edits, func(e analysis.TextEdit) bool { return !c.inFile(e) }) {
		return nil
	}
	return &analysis.SuggestedFix{Message: title, TextEdits: c.edits}
}

// siteChange is the edits for one site.
type siteChange struct {
	*report
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
// string, else in the configuration.
func (c *siteChange) setMode(value string) bool {
	if c.set.Value != nil {
		return c.inGo(value)
	}
	return c.inString(value) || c.behindParse(value) ||
		c.set.Key == "binary_parameters" && c.putInto(c.set.Literal, "BinaryParameters: true")
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

// behindParse sets the mode of pgx v5 on the configuration, behind the
// handling of the error of ParseConfig.
func (c *siteChange) behindParse(value string) bool {
	call := c.set.Call
	if c.set.Key != "default_query_exec_mode" || call == nil {
		return false
	}
	file := c.file(call.Pos())
	assign, check := handled(file, call)
	if check == nil {
		return false
	}
	config, ok := assign.Lhs[0].(*ast.Ident)
	if !ok || config.Name == "_" {
		return false
	}
	field := ".DefaultQueryExecMode"
	switch typeName(c.pass.TypesInfo.TypeOf(config)) {
	case "github.com/jackc/pgx/v5.ConnConfig":
	case "github.com/jackc/pgx/v5/pgxpool.Config":
		field = ".ConnConfig" + field
	default:
		return false
	}
	name, ok := c.importPgx(file, check.End())
	if !ok {
		return false
	}
	indent := strings.Repeat("\t", c.pass.Fset.Position(assign.Pos()).Column-1)
	return c.add(check.End(), check.End(), "\n"+indent+config.Name+field+" = "+name+"."+goModes[value])
}

// handled is the statement that assigns what a call returns, and the one behind
// it that returns where there is an error.
func handled(file *ast.File, call *ast.CallExpr) (*ast.AssignStmt, *ast.IfStmt) {
	path, _ := astutil.PathEnclosingInterval(file, call.Pos(), call.End())
	for i, n := range path {
		assign, ok := n.(*ast.AssignStmt)
		if !ok {
			continue
		}
		block, ok := path[i+1].(*ast.BlockStmt)
		if !ok || len(assign.Lhs) != 2 || assign.Rhs[0] != call {
			break
		}
		k := slices.Index(block.List, ast.Stmt(assign))
		if k+1 >= len(block.List) {
			break
		}
		check, ok := block.List[k+1].(*ast.IfStmt)
		if ok && check.Init == nil && check.Else == nil && types.ExprString(check.Cond) == types.ExprString(assign.Lhs[1])+" != nil" && leaves(check.Body) {
			return assign, check
		}
		break
	}
	return nil, nil
}

// leaves reports whether a block ends in a return, a panic or an exit.
func leaves(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	switch s := body.List[len(body.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		name := ""
		if ok {
			name = types.ExprString(call.Fun)
		}
		return name == "panic" || name == "os.Exit" || strings.Contains(name, ".Fatal") || strings.Contains(name, ".Panic")
	}
	return false
}

const pgxPath = `"github.com/jackc/pgx/v5"`

// importPgx is the name of pgx at pos, whose import is added where the file has
// none.
func (c *siteChange) importPgx(file *ast.File, pos token.Pos) (name string, ok bool) {
	scope := c.pass.TypesInfo.Scopes[file]
	if scope == nil || scope.Innermost(pos) == nil {
		return "", false
	}
	var beside *ast.ImportSpec
	for _, spec := range file.Imports {
		if spec.Path.Value == pgxPath {
			name = "pgx"
			if spec.Name != nil {
				name = spec.Name.Name
			}
			_, obj := scope.Innermost(pos).LookupParent(name, pos)
			_, isPkg := obj.(*types.PkgName)
			return name, isPkg
		}
		if strings.HasPrefix(spec.Path.Value, strings.TrimSuffix(pgxPath, `"`)) && beside == nil {
			beside = spec
		}
	}
	if _, obj := scope.Innermost(pos).LookupParent("pgx", pos); obj != nil || beside == nil || c.pass.Pkg.Scope().Lookup("pgx") != nil {
		return "", false
	}
	for _, decl := range file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || beside.Pos() < d.Pos() || d.End() < beside.End() {
			continue
		}
		before := "import " + pgxPath + "\n"
		at := d.Pos()
		if d.Lparen.IsValid() {
			before, at = pgxPath+"\n\t", beside.Pos()
		}
		return "pgx", c.add(at, at, before)
	}
	return "", false
}

// bindsBytes reports whether code of the package passes bytes to a query.
func (r *report) bindsBytes() bool {
	for _, q := range r.flow.Queries {
		for _, u := range q.Uses {
			for n := 1; u.BoundExpr(n) != nil; n++ {
				if isBytes(r.pass.TypesInfo.TypeOf(u.BoundExpr(n))) {
					return true
				}
			}
		}
	}
	return false
}

func isBytes(t types.Type) bool {
	if t == nil {
		return false
	}
	s, ok := t.Underlying().(*types.Slice)
	return ok && types.Identical(s.Elem(), types.Typ[types.Byte])
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
	line := func(p token.Pos) int { return c.pass.Fset.PositionFor(p, false).Line }
	if line(last.End()) == line(lit.Rbrace) {
		return c.add(last.End(), last.End(), ", "+field)
	}
	indent := strings.Repeat("\t", c.pass.Fset.PositionFor(last.Pos(), false).Column-1)
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
	elt, line := lit.Elts[i], func(p token.Pos) int { return c.pass.Fset.PositionFor(p, false).Line }
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

// siteRemedy is what to do instead, where the site itself says more than its
// kind: ALTER ROLE with the very value of a startup parameter, and why a fix
// is not offered.
func (r *report) siteRemedy(s driver.Site, remedy string) string {
	name := s.Effect.Object
	switch {
	case s.Effect.Kind == session.StartupParameter && s.Value != "":
		if value, ok := settingValue(name, s.Value); ok {
			return strings.Replace(remedy, alterRole(name), alterRole(name)+" = "+value, 1)
		}
	case s.Setting != nil && s.Setting.Key == "binary_parameters" && r.bindsBytes():
		return "set binary_parameters=yes once no query is passed []byte for jsonb: it would travel in binary, and jsonb wants a string"
	}
	return remedy
}

// settingValue is a parameter's value as ALTER ROLE wants it; none where it
// might be secret or is not plain.
func settingValue(name, value string) (string, bool) {
	if strings.Contains(name, ".") || len(value) > 60 || strings.ContainsAny(value, "'\\\n\r@:;") && name != "search_path" {
		return "", false
	}
	if name == "search_path" {
		plain := strings.Trim(value, `abcdefghijklmnopqrstuvwxyz0123456789_, "$`) == ""
		return value, plain
	}
	return "'" + value + "'", true
}
