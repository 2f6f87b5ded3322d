package main

import (
	"cmp"
	"flag"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
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

// report is what there is to say about packages.
type report struct {
	findings []finding
	skipped  []string // texts that could not be analysed
	packages int      // how many have findings
	analysed int
	known    int // findings that a baseline holds
	errors   []error

	paths   map[string]bool   // of the packages that were analysed
	modules map[string]string // their modules, and the folders of those
	fixes   fixes
	program *load.Program
}

// analyze runs the analyzer over the packages that patterns name. Its error
// says why there are none.
func analyze(where sourceTree, patterns []string, opts analyzer.Options, std stdio) (*report, error) {
	return where.run(analyzer.New(opts), patterns, opts.Tests, std, func(placed, *analyzer.Result) {})
}

// placed places findings of a package in their files.
type placed func(analyzer.Finding) finding

// run makes a report of what a finds, and gives each result besides.
func (where sourceTree) run(a *analysis.Analyzer, patterns []string, tests bool, std stdio, each func(placed, *analyzer.Result)) (*report, error) {
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
	if err != nil {
		return nil, err
	}
	cwd, _ := os.Getwd()
	r := &report{program: p, paths: map[string]bool{}, modules: map[string]string{}}
	done := 0
	p.Run([]*analysis.Analyzer{a}, func(res *load.Result) {
		r.add(p.Fset, cwd, a, res)
		if found, _ := res.Values[a].(*analyzer.Result); found != nil && res.Report {
			each(func(f analyzer.Finding) finding {
				placed := goFinding(p.Fset, cwd, f)
				placed.Package = res.Path
				return placed
			}, found)
		}
		if done++; line != nil {
			line.say("analysed %d of %s", done, count(p.Len(), "package"))
		}
	})
	r.findings = inOrder(r.findings)
	slices.Sort(r.skipped)
	slices.SortFunc(r.errors, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	return r, nil
}

// add takes up what was found in one package.
func (r *report) add(fset *token.FileSet, cwd string, a *analysis.Analyzer, res *load.Result) {
	if n := len(res.Errors); n > 0 {
		// The first is told: the rest mostly follows from it.
		first := strings.ReplaceAll(res.Errors[0].Error(), cwd+string(filepath.Separator), "")
		more := ""
		if n > 1 {
			more = fmt.Sprintf(" (and %d more)", n-1)
		}
		r.errors = append(r.errors, fmt.Errorf("package %s: %s%s", res.Path, first, more))
	}
	found, _ := res.Values[a].(*analyzer.Result)
	if !res.Report || found == nil {
		return
	}
	r.analysed++
	r.paths[res.Path] = true
	if res.Module != nil {
		r.modules[res.Module.Path] = res.Module.Dir
	}
	if len(found.Findings) > 0 {
		r.packages++
	}
	for _, f := range found.Findings {
		g := goFinding(fset, cwd, f)
		g.Package = res.Path
		r.findings = append(r.findings, g)
		r.fixes.add(fset, cwd, f)
	}
	for _, s := range found.Skipped {
		place := goFinding(fset, cwd, analyzer.Finding{Pos: s.Pos}).place()
		r.skipped = append(r.skipped, fmt.Sprintf("%s: not analysed: %s", place, s.Reason))
	}
}

func (r *report) summary() string {
	switch {
	case len(r.findings) == 0 && r.known > 0:
		return fmt.Sprintf("nothing new found in %s", count(r.analysed, "package"))
	case len(r.findings) == 0:
		return fmt.Sprintf("nothing found in %s", count(r.analysed, "package"))
	}
	return fmt.Sprintf("%s in %s", count(len(r.findings), "finding"), count(r.packages, "package"))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// goFinding places a finding in its file, named from the working directory.
func goFinding(fset *token.FileSet, cwd string, f analyzer.Finding) finding {
	pos, end := fset.Position(f.Pos), fset.Position(f.End)
	if !f.End.IsValid() || end.Filename != pos.Filename {
		end = pos
	}
	return finding{
		Rule: f.Rule, Outcome: f.Outcome, Evidence: f.Evidence, Pooler: f.Pooler,
		File: relative(cwd, pos.Filename), Line: pos.Line, Column: pos.Column,
		EndLine: end.Line, EndColumn: end.Column,
		Message: f.Message, Remedy: f.Remedy, Reference: f.Reference,
		Function: f.Func, Fix: goFix(fset, cwd, f.Fix), text: f.Text,
	}
}

func goFix(fset *token.FileSet, cwd string, fix *analysis.SuggestedFix) *suggestedFix {
	if fix == nil {
		return nil
	}
	s := &suggestedFix{Title: fix.Message}
	for _, e := range fix.TextEdits {
		if !e.End.IsValid() {
			e.End = e.Pos
		}
		// Of the file as it lies there, whatever a //line comment says.
		pos, end := fset.PositionFor(e.Pos, false), fset.PositionFor(e.End, false)
		s.Edits = append(s.Edits, textEdit{
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
