// Package embedded reads the files behind //go:embed, of a package and of those
// that it names variables of.
package embedded

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

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/physical"
	"github.com/poolvet/poolvet/internal/text"
)

// MaxFile is how many bytes of an embedded file are read.
const MaxFile = 4 << 20

// Files are the embedded files of a package, each read when it is asked for.
type Files struct {
	Pass     *analysis.Pass
	patterns map[*types.Var]*Var  // nil for those that embed nothing
	Own      []*types.Var         // those of this package
	Read     map[string]text.Text // by file path
	Cuts     []flow.Cut           // files over the limit
}

// Var is a variable that embeds files.
type Var struct {
	Name     *ast.Ident
	Dir      string
	patterns []string
	names    []string // the files, once listed
}

// pos is where the variable is declared, if that is in this package.
func (e *Var) pos() token.Pos {
	if e.Name == nil {
		return token.NoPos
	}
	return e.Name.Pos()
}

// New are the embedded files of a package.
func New(pass *analysis.Pass) *Files {
	m := &Files{Pass: pass, patterns: map[*types.Var]*Var{}, Read: map[string]text.Text{}}
	for _, file := range pass.Files {
		dir := filepath.Dir(physical.Position(pass.Fset, file.FileStart).Filename)
		for name, e := range embedVars(file, dir) {
			if v, ok := pass.TypesInfo.Defs[name].(*types.Var); ok {
				m.patterns[v] = e
				m.Own = append(m.Own, v)
			}
		}
	}
	slices.SortFunc(m.Own, func(v, w *types.Var) int { return cmp.Compare(v.Pos(), w.Pos()) })
	return m
}

// Of is what v embeds, or nil. For a variable of another package, the file
// that declares it is read: its type knows the file, and no fact is needed.
func (m *Files) Of(v *types.Var) *Var {
	e, ok := m.patterns[v]
	if ok || v.Pkg() == nil || v.Pkg() == m.Pass.Pkg || v.IsField() || !Embeddable(v.Type()) {
		return e
	}
	m.patterns[v] = nil
	name := physical.Position(m.Pass.Fset, v.Pos()).Filename
	if !filepath.IsAbs(name) || !strings.HasSuffix(name, ".go") {
		return nil // -trimpath, or no position
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	for ident, e := range embedVars(file, filepath.Dir(name)) {
		if ident.Name == v.Name() {
			e.Name = nil // it stands in another package
			m.patterns[v] = e
			return e
		}
	}
	return nil
}

// embeddable reports whether a variable of type t can embed files.
func Embeddable(t types.Type) bool {
	if IsFS(t) || flow.IsString(t) {
		return true
	}
	s, ok := t.Underlying().(*types.Slice)
	return ok && types.Identical(s.Elem().Underlying(), types.Typ[types.Byte])
}

// embedVars yields the variables of a file that embed files.
func embedVars(file *ast.File, dir string) iter.Seq2[*ast.Ident, *Var] {
	return func(yield func(*ast.Ident, *Var) bool) {
		if !importsEmbed(file) {
			return
		}
		for _, decl := range file.Decls {
			g, ok := decl.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, spec := range g.Specs {
				if e := newVar(g, spec.(*ast.ValueSpec), dir); e != nil && !yield(e.Name, e) {
					return
				}
			}
		}
	}
}

func importsEmbed(file *ast.File) bool {
	return slices.ContainsFunc(file.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"embed"` })
}

func newVar(g *ast.GenDecl, spec *ast.ValueSpec, dir string) *Var {
	doc := spec.Doc
	if doc == nil && len(g.Specs) == 1 {
		doc = g.Doc
	}
	if doc == nil || len(spec.Names) != 1 {
		return nil
	}
	e := &Var{Name: spec.Names[0], Dir: dir}
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
func (m *Files) Names(v *types.Var) []string {
	e := m.Of(v)
	if e == nil {
		return nil
	}
	if e.names != nil {
		return e.names
	}
	for _, p := range e.patterns {
		e.names = append(e.names, By(e.Dir, p)...)
	}
	if IsFS(v.Type()) {
		e.names = slices.DeleteFunc(e.names, func(name string) bool { return !isSQL(name) })
	}
	slices.Sort(e.names)
	e.names = slices.Compact(e.names)
	return e.names
}

// By are the files that the go command embeds for a pattern, named
// from dir: what the pattern matches and, of folders, what is below them but
// for other modules, and but for names that begin with a dot or an underscore
// unless the pattern begins with all:.
//
// https://pkg.go.dev/embed#hdr-Directives
func By(dir, pattern string) (names []string) {
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

func IsFS(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "embed"
}

// content is the text that the embedded string or []byte v holds.
func (m *Files) Content(v *types.Var) []text.Text {
	e := m.Of(v)
	if e == nil || IsFS(v.Type()) {
		return nil
	}
	names := m.Names(v)
	if len(names) != 1 {
		return nil
	}
	return m.Text(e, names[0])
}

// Matter reports whether the package embeds a text that matters, or SQL files.
func (m *Files) Matter(matters func(string) bool) bool {
	return slices.ContainsFunc(m.Own, func(v *types.Var) bool {
		if IsFS(v.Type()) {
			return len(m.Names(v)) > 0
		}
		return slices.ContainsFunc(m.Content(v), func(t text.Text) bool { return matters(t.Value) })
	})
}

// MayMatter is Matter for a package that is parsed, but not type-checked: what
// embeds more than one file is a file system.
func MayMatter(pass *analysis.Pass, matters func(string) bool) bool {
	for _, file := range pass.Files {
		dir := filepath.Dir(physical.Position(pass.Fset, file.FileStart).Filename)
		for _, e := range embedVars(file, dir) {
			var names []string
			for _, p := range e.patterns {
				names = append(names, By(e.Dir, p)...)
			}
			if slices.ContainsFunc(names, isSQL) || len(names) == 1 && textMatters(filepath.Join(e.Dir, names[0]), matters) {
				return true
			}
		}
	}
	return false
}

// textMatters reports whether a file holds a text that matters, or cannot be read.
func textMatters(name string, matters func(string) bool) bool {
	content, err := os.ReadFile(name)
	return err != nil || matters(string(content))
}

func isSQL(name string) bool { return strings.HasSuffix(strings.ToLower(name), ".sql") }

// Under are the texts of the .sql files that v embeds in dir, or in all of it.
func (m *Files) Under(v *types.Var, dir string) []text.Text {
	var ts []text.Text
	dir = path.Clean(dir)
	for _, name := range m.Names(v) {
		if !isSQL(name) {
			continue
		}
		if dir == "." || name == dir || strings.HasPrefix(name, dir+"/") {
			ts = append(ts, m.Text(m.Of(v), name)...)
		}
	}
	return ts
}

// Text is an embedded file, added to the file set as a file of its own, as
// x/tools' asmdecl does with assembly.
func (m *Files) Text(e *Var, name string) []text.Text {
	full := filepath.Join(e.Dir, filepath.FromSlash(name))
	t, ok := m.Read[full]
	if !ok {
		t = m.load(e, name, full)
		m.Read[full] = t
	}
	if t.Value == "" {
		return nil
	}
	return []text.Text{t}
}

func (m *Files) load(e *Var, name, full string) text.Text {
	info, err := os.Stat(full)
	if err != nil || !info.Mode().IsRegular() {
		return text.Text{}
	}
	if info.Size() > MaxFile {
		m.Cuts = append(m.Cuts, flow.Cut{Pos: e.pos(), Reason: fmt.Sprintf("%s is larger than %d MB", name, MaxFile>>20)})
		return text.Text{}
	}
	// Pass.ReadFile refuses what is neither Go nor assembly.
	content, err := os.ReadFile(full)
	if err != nil || len(content) == 0 {
		return text.Text{}
	}
	file := m.Pass.Fset.AddFile(full, -1, len(content))
	file.SetLinesForContent(content)
	p := text.Piece{File: &text.File{Name: name, Pattern: e.Name, Source: file}}
	if e.Name != nil {
		p.Node = e.Name
	}
	// A byte order mark is no part of the SQL.
	value, marked := strings.CutPrefix(string(content), "\ufeff")
	if marked {
		p.Lo = len(content) - len(value)
	}
	p.End = len(value)
	return text.Text{Value: value, Pieces: []text.Piece{p}}
}
