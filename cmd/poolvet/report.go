package main

import (
	"errors"
	"flag"
	"fmt"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/physical"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/schema"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// sourceTree is where packages are looked for.
type sourceTree struct {
	dir, tags string
}

func sourceFlags(flags *flag.FlagSet) *sourceTree {
	s := new(sourceTree)
	flags.StringVar(&s.dir, "C", "", "the `folder` to run in")
	flags.StringVar(&s.tags, "tags", "", "build `tags`, with commas between them")
	return s
}

// root is the folder of the module that the command runs in, "" for none.
func (s *sourceTree) root() string {
	dir, err := filepath.Abs(s.dir)
	if err != nil {
		return ""
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// ofModule makes a pattern of folders, which a user writes from where the command
// runs, one from the module's root.
func (s *sourceTree) ofModule() func(pattern string) string {
	root := s.root()
	dir, err := filepath.Abs(s.dir)
	below, err2 := filepath.Rel(root, dir)
	return func(p string) string {
		if root != "" && err == nil && err2 == nil && (p == "." || strings.HasPrefix(p, "./") || strings.HasPrefix(p, "../")) {
			return "./" + path.Join(filepath.ToSlash(below), p)
		}
		return p
	}
}

// schema are the paths that -schema names, else the module: what its SQL files
// define is what its code calls.
func (s *sourceTree) schema(paths []string) []string {
	root := s.root()
	if len(paths) > 0 || root == "" {
		return paths
	}
	if here, err := os.Getwd(); err == nil {
		if below, err := filepath.Rel(here, root); err == nil {
			root = below
		}
	}
	return []string{root}
}

// validate says what is wrong with the folder.
func (s *sourceTree) validate() error {
	if s.dir == "" {
		return nil
	}
	info, err := os.Stat(s.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("-C: there is no folder %q", s.dir)
	case err != nil:
		return fmt.Errorf("-C: %w", err)
	case !info.IsDir():
		return fmt.Errorf("-C: %q is no folder", s.dir)
	}
	return nil
}

// report is what there is to say about packages, and which they are.
type report struct {
	output.Report

	paths   map[string]string // of the packages that were analysed, with those of their modules
	modules map[string]string // their modules, and the folders of those
	fixes   fixes
	// alsoShown are findings, by place and message, that poolvet sql -all shows
	// and nobody minds.
	alsoShown map[string]bool
	// unchanged reports whether a file still has what was analysed.
	unchanged func(file string, content []byte) bool
}

// newAnalyzer is analyzer.New, but in a test of what becomes of a panic.
var newAnalyzer = analyzer.New

// analyze runs the analyzer over the packages that patterns name. Where none
// could be listed, the report says why.
func analyze(where sourceTree, patterns []string, opts analyzer.Options, std stdio) *report {
	r := where.run(newAnalyzer(opts), patterns, opts.Tests, std, func(placed, *analyzer.Result) {})
	r.forPooler(opts)
	return r
}

// placed places findings of a package in their files.
type placed func(analyzer.Finding) output.Finding

// run makes a report of what a finds, and gives each result besides.
func (where sourceTree) run(a *analysis.Analyzer, patterns []string, tests bool, std stdio, each func(placed, *analyzer.Result)) *report {
	if len(patterns) == 0 {
		patterns = []string{"."}
	}
	var line *progress
	if isTerminal(std.err) {
		line = startProgress(std.err, 2*time.Second, 200*time.Millisecond)
		defer line.end()
	}
	cfg := load.Config{Dir: where.dir, Tests: tests, FromSource: sqlflow.MayWrap}
	if where.tags != "" {
		cfg.Flags = []string{"-tags=" + where.tags}
	}
	p, err := load.Load(cfg, patterns...)
	cwd, _ := os.Getwd()
	r := &report{paths: map[string]string{}, modules: map[string]string{}}
	if p != nil {
		r.unchanged = p.Unchanged
	}
	if err != nil {
		r.Unread = []output.Notice{errorNotice(cwd, err)}
		r.Unread[0].Kind = output.PackageNotice
		return r
	}
	done := 0
	p.Run([]*analysis.Analyzer{a}, func(res *load.Result) {
		r.add(p.Fset, cwd, a, res)
		if found, _ := res.Values[a].(*analyzer.Result); found != nil && res.Report {
			each(func(f analyzer.Finding) output.Finding {
				placed := goFinding(p.Fset, cwd, f)
				placed.Package = res.Path
				return placed
			}, found)
		}
		if done++; line != nil {
			line.say("analysed %d of %s", done, output.Count(p.Len(), "package"))
		}
	})
	r.Findings = output.InOrder(r.Findings)
	slices.SortFunc(r.Unread, inOrderOf)
	r.Unread = slices.Compact(r.Unread) // the variants of a package repeat them
	return r
}

// add takes up what was found in one package.
func (r *report) add(fset *token.FileSet, cwd string, a *analysis.Analyzer, res *load.Result) {
	r.Unread = append(r.Unread, packageNotices(res.Path, cwd, res.Errors)...)
	found, _ := res.Values[a].(*analyzer.Result)
	if !res.Report || found == nil {
		return
	}
	r.Summary.Packages++
	leaveOut(&r.Summary.LeftOut, res, found)
	r.paths[res.Path] = ""
	if res.Module != nil {
		r.paths[res.Path] = res.Module.Path
		r.modules[res.Module.Path] = res.Module.Dir
	}
	for _, f := range found.Findings {
		g := goFinding(fset, cwd, f)
		g.Package = res.Path
		r.Findings = append(r.Findings, g)
		r.fixes.add(fset, cwd, f)
	}
	for _, s := range found.Skipped {
		r.Unread = append(r.Unread, textNotice(fset, cwd, res.Path, s))
	}
}

// leaveOut counts what was left out of one package.
func leaveOut(l *output.LeftOut, res *load.Result, found *analyzer.Result) {
	l.Files += res.OtherFiles
	l.Ignored += found.Left.Ignored
	l.Direct += found.Left.Direct
	l.Strict += found.Left.Strict
}

// forPooler says for which pooler the report is, and which flags of it mean
// nothing.
func (r *report) forPooler(opts analyzer.Options, poolers ...string) {
	if len(poolers) == 0 {
		poolers = opts.Poolers()
	}
	for _, name := range poolers {
		if p, err := pooler.Lookup(name); err == nil {
			r.Summary.Poolers = append(r.Summary.Poolers, p.Title)
		}
	}
	r.Summary.Pooler = opts.JudgedFor()
	for _, why := range opts.InVain(poolers...) {
		r.Vain = append(r.Vain, output.Notice{Kind: output.FlagNotice, Message: "-" + why})
	}
	if r.unchanged == nil || r.Summary.Packages == 0 {
		return
	}
	for _, flag := range opts.PatternsInVain(r.paths) {
		r.Vain = append(r.Vain, output.Notice{Kind: output.FlagNotice, Message: fmt.Sprintf(
			"-%s: none of the packages that were read matches; patterns are import paths, such as %s/..., or folders of the module, such as ./migrations/...", flag, slices.Min(slices.Collect(maps.Keys(r.paths))))})
	}
}

// schemaInVain says which paths of -schema have no SQL.
func (r *report) schemaInVain(paths []string) {
	for _, path := range paths {
		if len(schema.Files([]string{path})) == 0 {
			r.Vain = append(r.Vain, output.Notice{Kind: output.FlagNotice, Message: fmt.Sprintf("-schema=%s: there is no SQL; it names .sql files, and folders that have some", path)})
		}
	}
}

// goFinding places a finding in its file, named from the working directory.
func goFinding(fset *token.FileSet, cwd string, f analyzer.Finding) output.Finding {
	pos, end := physical.Position(fset, f.Pos), physical.Position(fset, f.End)
	if !f.End.IsValid() || end.Filename != pos.Filename {
		end = pos
	}
	var related []output.Related
	for _, r := range f.Related {
		at := physical.Position(fset, r.Pos)
		related = append(related, output.Related{File: relative(cwd, at.Filename), Line: at.Line, Column: at.Column, Message: r.Message})
	}
	return output.Finding{
		Related: related,
		Rule:    f.Rule, Outcome: f.Outcome, Evidence: f.Evidence, Pooler: f.Pooler,
		File: relative(cwd, pos.Filename), Line: pos.Line, Column: pos.Column,
		EndLine: end.Line, EndColumn: end.Column,
		Message: f.Message, Remedy: f.Remedy, Reference: f.Reference,
		Function: f.Func, Fix: goFix(fset, cwd, f.Fix), Text: f.Text,
	}
}

func goFix(fset *token.FileSet, cwd string, fix *analysis.SuggestedFix) *output.SuggestedFix {
	if fix == nil {
		return nil
	}
	s := &output.SuggestedFix{Title: fix.Message}
	for _, e := range fix.TextEdits {
		if !e.End.IsValid() {
			e.End = e.Pos
		}
		pos, end := physical.Position(fset, e.Pos), physical.Position(fset, e.End)
		s.Edits = append(s.Edits, output.TextEdit{
			File: filepath.ToSlash(relative(cwd, pos.Filename)), Line: pos.Line, Column: pos.Column,
			EndLine: end.Line, EndColumn: end.Column, NewText: string(e.NewText),
		})
	}
	return s
}

// relative is a file's shortest plain name.
func relative(cwd, file string) string {
	if rel, err := filepath.Rel(cwd, file); err == nil && len(rel) <= len(file) {
		return rel
	}
	return file
}
