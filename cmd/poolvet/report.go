package main

import (
	"fmt"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/behind"
	"github.com/poolvet/poolvet/internal/dsn"
	"github.com/poolvet/poolvet/internal/load"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/physical"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/schema"
	"github.com/poolvet/poolvet/internal/sqlflow"
	"github.com/poolvet/poolvet/internal/terminal"
)

// report is what there is to say about packages, and which they are.
type report struct {
	output.Report

	paths   map[string]string // of the packages that were analysed, with those of their modules
	modules map[string]string // their modules, and the folders of those
	fixes   fixes
	// alsoShown are findings, by place and message, that poolvet sql -all shows
	// and nobody minds.
	alsoShown map[string]bool
	patterns  matched
	// unchanged reports whether a file still has what was analysed.
	unchanged func(file string, content []byte) bool
}

// newAnalyzer is analyzer.New, but in a test of what becomes of a panic.
var newAnalyzer = analyzer.New

// newReport is one of nothing yet.
func newReport() *report {
	return &report{paths: map[string]string{}, modules: map[string]string{}, unchanged: func(string, []byte) bool { return false }}
}

// analyze runs the analyzer over the packages that patterns name, in each of the
// folders. Where none could be listed, the report says why.
func analyze(where *sourceTrees, patterns []string, opts analyzer.Options, std stdio) *report {
	r := newReport()
	line := terminal.Start(std.err, program)
	defer line.End()
	one := func(o analyzer.Options) (*analysis.Analyzer, error) { return newAnalyzer(o), nil }
	for _, tree := range where.each() {
		here := tree.options(opts)
		read, _ := tree.run(r, here, one, patterns, line, func(placed, *analyzer.Result) {})
		r.patterns.note(here, read)
	}
	r.settle()
	r.forPooler(opts)
	return r
}

// placed places findings of a package in their files.
type placed func(analyzer.Finding) output.Finding

// seen is what was read in one folder.
type seen struct {
	packages map[string]string // with the paths of their modules
	servers  []dsn.Server      // that connection strings name
}

// maxRounds bounds how often a program is analysed to learn which pools its
// packages give each other: one round for each package on the way.
const maxRounds = 6

// made makes the analyzer for options.
type made func(analyzer.Options) (*analysis.Analyzer, error)

// run adds to a report what the analyzer finds in one folder, and gives each
// result besides. Where packages say something of pools that they give to others,
// it analyses again with what was said.
func (where sourceTree) run(r *report, opts analyzer.Options, analyzerFor made, patterns []string, line *terminal.Progress, each func(placed, *analyzer.Result)) (*seen, error) {
	line.Say("loading packages")
	p, err := where.load(patterns, opts.Tests)
	if err != nil {
		r.addUnlisted(err)
		return new(seen), nil
	}
	given := behind.Given{}
	for round := 1; ; round++ {
		a, err := analyzerFor(opts.Giving(given))
		if err != nil {
			return nil, err
		}
		if p.Bodies, err = analyzer.Bodies(opts.Giving(given)); err != nil {
			return nil, err
		}
		results, gives := resultsOf(p, a, line)
		if round == maxRounds || !given.Add(gives.Said()) {
			return r.addAll(p, a, results, each), nil
		}
		p = p.Again()
	}
}

func (where sourceTree) load(patterns []string, tests bool) (*load.Program, error) {
	if len(patterns) == 0 {
		patterns = []string{"."}
	}
	cfg := load.Config{Dir: where.dir, Tests: tests, FromSource: sqlflow.MayWrap}
	if where.tags != "" {
		cfg.Flags = []string{"-tags=" + where.tags}
	}
	return load.Load(cfg, patterns...)
}

// resultsOf are the results of the packages, without their syntax, and the pools
// that they give each other.
func resultsOf(p *load.Program, a *analysis.Analyzer, line *terminal.Progress) (all []*load.Result, gives behind.Given) {
	gives = behind.Given{}
	p.Run([]*analysis.Analyzer{a}, func(res *load.Result) {
		if found, _ := res.Values[a].(*analyzer.Result); found != nil {
			gives.Add(found.Gives)
		}
		res.Values = map[*analysis.Analyzer]any{a: res.Values[a]}
		all = append(all, res)
		line.Say("analysed %d of %s", len(all), output.Count(p.Len(), "package"))
	})
	return all, gives
}

// addUnlisted says why no package of a folder could be listed.
func (r *report) addUnlisted(err error) {
	cwd, _ := os.Getwd()
	n := errorNotice(cwd, err)
	n.Kind = output.PackageNotice
	r.Unread = append(r.Unread, n)
}

// addAll takes up the results of one folder.
func (r *report) addAll(p *load.Program, a *analysis.Analyzer, results []*load.Result, each func(placed, *analyzer.Result)) *seen {
	before := r.unchanged
	r.unchanged = func(file string, content []byte) bool { return p.Unchanged(file, content) || before(file, content) }
	cwd, _ := os.Getwd()
	here := &seen{packages: map[string]string{}}
	for _, res := range results {
		if r.add(p.Fset, cwd, a, res) {
			here.packages[res.Path] = r.paths[res.Path]
		}
		if found, _ := res.Values[a].(*analyzer.Result); found != nil && res.Report {
			here.servers = append(here.servers, found.Servers...)
			each(func(f analyzer.Finding) output.Finding {
				placed := goFinding(p.Fset, cwd, f)
				placed.Package = res.Path
				return placed
			}, found)
		}
	}
	return here
}

// settle puts what the folders came to in order.
func (r *report) settle() {
	r.Findings = output.InOrder(r.Findings)
	slices.SortFunc(r.Unread, inOrderOf)
	r.Unread = slices.Compact(r.Unread) // the variants of a package repeat them
}

// add takes up what was found in one package, and reports whether it was one that
// was asked for.
func (r *report) add(fset *token.FileSet, cwd string, a *analysis.Analyzer, res *load.Result) bool {
	r.Unread = append(r.Unread, packageNotices(res.Path, cwd, res.Errors)...)
	found, _ := res.Values[a].(*analyzer.Result)
	if !res.Report || found == nil {
		return false
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
	return true
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
		poolers = opts.Behind().Poolers()
		// What bypasses the pooler is counted as left out.
		poolers = append(poolers[:1], slices.DeleteFunc(poolers[1:], func(name string) bool { return name == behind.Direct })...)
	}
	for _, name := range poolers {
		if p, err := pooler.Lookup(name); err == nil {
			r.Summary.Poolers = append(r.Summary.Poolers, p.Title)
		}
	}
	r.Summary.Pooler = opts.Behind().String()
	for _, why := range opts.InVain(poolers...) {
		r.Vain = append(r.Vain, output.Notice{Kind: output.FlagNotice, Message: "-" + why})
	}
	if r.Summary.Packages == 0 {
		return
	}
	for _, flag := range r.patterns.vain(opts) {
		why := fmt.Sprintf("none of the packages that were read matches; patterns are import paths, such as %s/..., or folders of the module, such as ./migrations/...", slices.Min(slices.Collect(maps.Keys(r.paths))))
		if _, pattern, _ := strings.Cut(flag, "="); strings.HasPrefix(pattern, "host:") || strings.HasPrefix(pattern, "port:") {
			why = "nothing was found on such a server: it is known where the connection string stands in the code"
		}
		r.Vain = append(r.Vain, output.Notice{Kind: output.FlagNotice, Message: fmt.Sprintf("-%s: %s", flag, why)})
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
		Message: f.Message, Conditional: f.Conditional, Remedy: f.Remedy, Reference: f.Reference,
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
