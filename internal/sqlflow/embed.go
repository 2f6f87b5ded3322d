package sqlflow

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/physical"
	"github.com/poolvet/poolvet/internal/text"
)

// embedded reads the files behind //go:embed, each when it is asked for.
type embedded struct {
	pass     *analysis.Pass
	patterns map[*types.Var]*embedVar // nil for those that embed nothing
	own      []*types.Var             // those of this package
	read     map[string]text.Text     // by file path
	cuts     []Cut                    // files over the limit
}

type embedVar struct {
	name     *ast.Ident
	dir      string
	patterns []string
	names    []string // the files, once listed
}

// pos is where the variable is declared, if that is in this package.
func (e *embedVar) pos() token.Pos {
	if e.name == nil {
		return token.NoPos
	}
	return e.name.Pos()
}

func newEmbedded(pass *analysis.Pass) *embedded {
	m := &embedded{pass: pass, patterns: map[*types.Var]*embedVar{}, read: map[string]text.Text{}}
	for _, file := range pass.Files {
		dir := filepath.Dir(physical.Position(pass.Fset, file.FileStart).Filename)
		for name, e := range embedVars(file, dir) {
			if v, ok := pass.TypesInfo.Defs[name].(*types.Var); ok {
				m.patterns[v] = e
				m.own = append(m.own, v)
			}
		}
	}
	slices.SortFunc(m.own, func(v, w *types.Var) int { return cmp.Compare(v.Pos(), w.Pos()) })
	return m
}

// of is what v embeds, or nil. For a variable of another package, the file
// that declares it is read: its type knows the file, and no fact is needed.
func (m *embedded) of(v *types.Var) *embedVar {
	e, ok := m.patterns[v]
	if ok || v.Pkg() == nil || v.Pkg() == m.pass.Pkg || v.IsField() || !embeddable(v.Type()) {
		return e
	}
	m.patterns[v] = nil
	name := physical.Position(m.pass.Fset, v.Pos()).Filename
	if !filepath.IsAbs(name) || !strings.HasSuffix(name, ".go") {
		return nil // -trimpath, or no position
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	for ident, e := range embedVars(file, filepath.Dir(name)) {
		if ident.Name == v.Name() {
			e.name = nil // it stands in another package
			m.patterns[v] = e
			return e
		}
	}
	return nil
}

// embeddable reports whether a variable of type t can embed files.
func embeddable(t types.Type) bool {
	if isEmbedFS(t) || isString(t) {
		return true
	}
	s, ok := t.Underlying().(*types.Slice)
	return ok && types.Identical(s.Elem().Underlying(), types.Typ[types.Byte])
}

// embedVars yields the variables of a file that embed files.
func embedVars(file *ast.File, dir string) iter.Seq2[*ast.Ident, *embedVar] {
	return func(yield func(*ast.Ident, *embedVar) bool) {
		if !importsEmbed(file) {
			return
		}
		for _, decl := range file.Decls {
			g, ok := decl.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, spec := range g.Specs {
				if e := newEmbedVar(g, spec.(*ast.ValueSpec), dir); e != nil && !yield(e.name, e) {
					return
				}
			}
		}
	}
}

func importsEmbed(file *ast.File) bool {
	return slices.ContainsFunc(file.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"embed"` })
}

func newEmbedVar(g *ast.GenDecl, spec *ast.ValueSpec, dir string) *embedVar {
	doc := spec.Doc
	if doc == nil && len(g.Specs) == 1 {
		doc = g.Doc
	}
	if doc == nil || len(spec.Names) != 1 {
		return nil
	}
	e := &embedVar{name: spec.Names[0], dir: dir}
	for _, c := range doc.List {
		if rest, ok := strings.CutPrefix(c.Text, "//go:embed "); ok {
			e.patterns = append(e.patterns, embedPatterns(rest)...)
		}
	}
	if len(e.patterns) == 0 {
		return nil
	}
	return e
}

// embedPatterns splits the arguments of a //go:embed line, some of them quoted.
func embedPatterns(s string) []string {
	var patterns []string
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		var p string
		if q, err := strconv.QuotedPrefix(s); err == nil {
			p, _ = strconv.Unquote(q)
			s = s[len(q):]
		} else {
			p, s, _ = strings.Cut(s, " ")
		}
		patterns = append(patterns, p)
	}
	return patterns
}

// files are the .sql files that v embeds, and, of a string or []byte, its one file.
func (m *embedded) files(v *types.Var) []string {
	e := m.of(v)
	if e == nil {
		return nil
	}
	if e.names != nil {
		return e.names
	}
	for _, p := range e.patterns {
		e.names = append(e.names, embeddedBy(e.dir, p)...)
	}
	if isEmbedFS(v.Type()) {
		e.names = slices.DeleteFunc(e.names, func(name string) bool { return !isSQL(name) })
	}
	slices.Sort(e.names)
	e.names = slices.Compact(e.names)
	return e.names
}

// embeddedBy are the files that the go command embeds for a pattern, named
// from dir: what the pattern matches and, of folders, what is below them but
// for other modules, and but for names that begin with a dot or an underscore
// unless the pattern begins with all:.
//
// https://pkg.go.dev/embed#hdr-Directives
func embeddedBy(dir, pattern string) (names []string) {
	pattern, all := strings.CutPrefix(pattern, "all:")
	fsys := os.DirFS(dir)
	matches, _ := fs.Glob(fsys, path.Clean(pattern))
	for _, match := range matches {
		fs.WalkDir(fsys, match, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil
			case name != match && (isVersionControl(d.Name()) || !all && strings.ContainsAny(d.Name()[:1], "._")):
				if d.IsDir() {
					return fs.SkipDir
				}
			case d.IsDir():
				if _, err := fs.Stat(fsys, path.Join(name, "go.mod")); err == nil && name != "." {
					return fs.SkipDir
				}
			case d.Type().IsRegular():
				names = append(names, name)
			}
			return nil
		})
	}
	return names
}

func isVersionControl(name string) bool {
	return name == ".bzr" || name == ".hg" || name == ".git" || name == ".svn"
}

func isEmbedFS(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "embed"
}

// content is the text that the embedded string or []byte v holds.
func (m *embedded) content(v *types.Var) []text.Text {
	e := m.of(v)
	if e == nil || isEmbedFS(v.Type()) {
		return nil
	}
	names := m.files(v)
	if len(names) != 1 {
		return nil
	}
	return m.text(e, names[0])
}

func isSQL(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".sql") }

// under are the texts of the .sql files that v embeds in dir, or in all of it.
func (m *embedded) under(v *types.Var, dir string) []text.Text {
	var ts []text.Text
	dir = path.Clean(dir)
	for _, name := range m.files(v) {
		if !isSQL(name) {
			continue
		}
		if dir == "." || name == dir || strings.HasPrefix(name, dir+"/") {
			ts = append(ts, m.text(m.of(v), name)...)
		}
	}
	return ts
}

// text is an embedded file, added to the file set as a file of its own, as
// x/tools' asmdecl does with assembly.
func (m *embedded) text(e *embedVar, name string) []text.Text {
	full := filepath.Join(e.dir, filepath.FromSlash(name))
	t, ok := m.read[full]
	if !ok {
		t = m.load(e, name, full)
		m.read[full] = t
	}
	if t.Value == "" {
		return nil
	}
	return []text.Text{t}
}

func (m *embedded) load(e *embedVar, name, full string) text.Text {
	info, err := os.Stat(full)
	if err != nil || !info.Mode().IsRegular() {
		return text.Text{}
	}
	if info.Size() > maxFile {
		m.cuts = append(m.cuts, Cut{Pos: e.pos(), Reason: fmt.Sprintf("%s is larger than %d MB", name, maxFile>>20)})
		return text.Text{}
	}
	// Pass.ReadFile refuses what is neither Go nor assembly.
	content, err := os.ReadFile(full)
	if err != nil || len(content) == 0 {
		return text.Text{}
	}
	file := m.pass.Fset.AddFile(full, -1, len(content))
	file.SetLinesForContent(content)
	p := text.Piece{File: &text.File{Name: name, Pattern: e.name, Source: file}}
	if e.name != nil {
		p.Node = e.name
	}
	// A byte order mark is no part of the SQL.
	value, marked := strings.CutPrefix(string(content), "\ufeff")
	if marked {
		p.Lo = len(content) - len(value)
	}
	p.End = len(value)
	return text.Text{Value: value, Pieces: []text.Piece{p}}
}

// readFile is what fsys.ReadFile(name) can return: the files that fit what is
// known of the name.
func (e *evaluator) readFile(fsys, name ast.Expr) []text.Text {
	var ts []text.Text
	for _, f := range e.fileSystems(fsys) {
		v := e.files.of(f.v)
		for _, t := range e.texts(name) {
			for _, pattern := range e.filled(t) {
				pattern = path.Join(f.dir, pattern)
				for _, file := range e.files.files(f.v) {
					if fits(pattern, file) {
						ts = e.union(ts, e.files.text(v, file))
					}
				}
			}
		}
	}
	return ts
}

// filled puts into the parameters of a text what calls in this package pass.
func (e *evaluator) filled(t text.Text) []string {
	if len(paramsOf(t)) == 0 && !slices.ContainsFunc(t.Pieces, func(p text.Piece) bool { return p.Param != nil }) {
		return []string{t.Value}
	}
	var operands [][]text.Text
	for _, p := range t.Pieces {
		part := []text.Text{t.Slice(p.Start, p.End)}
		if known := e.vars[p.Param]; p.Param != nil && known != nil && known.param >= 0 {
			if passed := e.passedBy(known); len(passed) > 0 {
				part = passed
			}
		}
		operands = append(operands, part)
	}
	var names []string
	for _, t := range e.product(operands) {
		names = append(names, t.Value)
	}
	return names
}

// passedBy are the texts that the calls of a function pass for its parameter.
func (e *evaluator) passedBy(param *variable) []text.Text {
	var key any = param.fn
	if decl, ok := param.fn.(*ast.FuncDecl); ok {
		key = e.info.Defs[decl.Name]
	}
	var ts []text.Text
	e.beside(func() {
		for _, call := range e.calls[key] {
			if param.param < len(call.Args) {
				ts = e.union(ts, e.texts(call.Args[param.param]))
			}
		}
	})
	return ts
}

// fits reports whether a file name can be what a pattern with holes becomes.
func fits(pattern, name string) bool {
	parts := strings.Split(pattern, text.HoleText)
	if len(parts) == 1 {
		return pattern == name
	}
	last := len(parts) - 1
	if !strings.HasPrefix(name, parts[0]) || !strings.HasSuffix(name[len(parts[0]):], parts[last]) {
		return false
	}
	rest := name[len(parts[0]) : len(name)-len(parts[last])]
	for _, part := range parts[1:last] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	return true
}

// fileSystem is a folder of an embed.FS.
type fileSystem struct {
	v   *types.Var
	dir string
}

// fileSystems are the embedded file systems that x can be.
func (e *evaluator) fileSystems(x ast.Expr) []fileSystem {
	var all []fileSystem
	e.beside(func() { all = e.follow(x, ".", map[step]bool{}) })
	return all
}

// step is one expression on the way to a file system, and the folder below it
// that is meant.
type step struct {
	x   ast.Expr
	dir string
}

// follow goes back from x to the file systems whose folder dir it is, through
// fs.Sub(fsys, dir), http.FS(fsys) and conversions, each expression once.
func (e *evaluator) follow(x ast.Expr, dir string, seen map[step]bool) []fileSystem {
	x = ast.Unparen(x)
	if at := (step{x, dir}); seen[at] || len(seen) > maxSteps {
		return nil
	} else {
		seen[at] = true
	}
	switch x := x.(type) {
	case *ast.UnaryExpr:
		return e.follow(x.X, dir, seen)
	case *ast.CallExpr:
		if len(x.Args) == 0 {
			return nil
		}
		if f, ok := e.callee(x).(*types.Func); ok && f.Name() == "Sub" && len(x.Args) == 2 {
			if sub, known := e.one(x.Args[1]); known {
				dir = path.Join(sub, dir)
			}
		}
		return e.follow(x.Args[0], dir, seen)
	case *ast.Ident, *ast.SelectorExpr:
		v, _ := e.object(x).(*types.Var)
		if v == nil {
			return nil
		}
		if isEmbedFS(v.Type()) && e.files.of(v) != nil {
			return []fileSystem{{v, dir}}
		}
		var all []fileSystem
		for _, d := range e.fsVars()[v.Origin()] {
			all = append(all, e.follow(d, dir, seen)...)
		}
		return all
	}
	return nil
}

// fsVars are the definitions of the variables, parameters and fields that hold
// a file system; few packages have any.
func (e *evaluator) fsVars() map[*types.Var][]ast.Expr {
	if e.fsDefs != nil {
		return e.fsDefs
	}
	e.fsDefs = map[*types.Var][]ast.Expr{}
	note := func(lhs, rhs ast.Expr) {
		if v := e.variable(lhs); v != nil && holdsFiles(v.Type()) {
			e.fsDefs[v] = append(e.fsDefs[v], rhs)
		}
	}
	for _, file := range e.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, lhs := range n.Lhs {
					if i == 0 || len(n.Lhs) == len(n.Rhs) {
						note(lhs, n.Rhs[min(i, len(n.Rhs)-1)])
					}
				}
			case *ast.ValueSpec:
				for i, name := range n.Names {
					if i < len(n.Values) {
						note(name, n.Values[i])
					}
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok {
					note(key, n.Value)
				}
			case *ast.CallExpr:
				for i, arg := range n.Args {
					if p := parameter(e.callee(n), i); p != nil && p.Pkg() == e.pass.Pkg && holdsFiles(p.Type()) {
						e.fsDefs[p] = append(e.fsDefs[p], arg)
					}
				}
			}
			return true
		})
	}
	return e.fsDefs
}

// holdsFiles reports whether a variable of type t can be a file system.
func holdsFiles(t types.Type) bool {
	if isEmbedFS(t) {
		return true
	}
	iface, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range iface.Methods() {
		if m.Name() == "Open" || m.Name() == "ReadFile" {
			return true
		}
	}
	return false
}
