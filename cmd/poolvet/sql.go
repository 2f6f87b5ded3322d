package main

import (
	"cmp"
	"flag"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/changed"
	"github.com/poolvet/poolvet/internal/output"
)

const sqlUsage = `usage: poolvet sql [flags] [files, folders or -]

Analyses SQL texts: files, the .sql files in folders, and standard input for -
or where nothing is named. What they define, their statements can call, and
what -schema names defines more. The exit status is 0 where nothing was found,
1 where something was, and 2 where a flag was bad or a text could not be read
or analysed.
`

// runSQL analyses SQL texts.
func runSQL(args []string, std stdio) int {
	flags := flag.NewFlagSet(program+" sql", flag.ContinueOnError)
	var opts analyzer.Options
	opts.AddFlags(flags)
	out := outputFlags(flags)
	base := baselineFlags(flags)
	fix := fixFlags(flags)
	since := sinceFlag(flags)
	all := allFlag(flags)
	fromFile(flags)
	if status, ok := parse(flags, args, std, sqlUsage); !ok {
		return status
	}
	if err := flagError(opts.Validate()); err != nil {
		return std.complain(err)
	}
	printer, err := out.printer(std.out)
	if err != nil {
		return std.complain(err)
	}
	old, err := base.read()
	if err != nil {
		return std.complain(err)
	}
	lines, err := changed.In(*since, flags.Args())
	if err := cmp.Or(err, base.without("since", lines == nil)); err != nil {
		return std.complain(err)
	}
	named := namedTexts{args: flags.Args(), stdin: std.in}
	r, err := named.analyze(opts, *all)
	if err != nil {
		return std.complain(err)
	}
	r.fixes.keepChanged(lines)
	if fix.diff {
		return r.showDiff(std)
	}
	if fix.apply && len(r.fixes) > 0 {
		unfixed := r.applyFixes(out.remarks(std), std)
		if r, err = named.analyze(opts, *all); err != nil { // what is left, and where it is now
			return std.complain(err)
		}
		r.Unread = append(r.Unread, unfixed...)
		if lines, err = changed.In(*since, flags.Args()); err != nil {
			return std.complain(err)
		}
	}
	shown := r.takeShown()
	if err := r.baseline(base, old, opts, std); err != nil {
		return std.complain(err)
	}
	r.keepChanged(lines)
	r.End(out.failOn...) // what is ok is shown, and not counted
	next := r.next(!fix.apply, base.file == "" && lines == nil, "sql", args)
	r.Findings = output.InOrder(append(r.Findings, shown...))
	if named.read != nil {
		printer.src.Put(stdinName, *named.read)
	}
	return r.show(printer, next, std)
}

func allFlag(flags *flag.FlagSet) *bool {
	return flags.Bool("all", false, "show also what is ok behind the pooler, or reported with -strict only")
}

// namedTexts are the texts that the arguments name. Standard input is read once.
type namedTexts struct {
	args  []string
	stdin io.Reader
	read  *string
}

// analyze judges the texts.
func (n *namedTexts) analyze(opts analyzer.Options, all bool) (*report, error) {
	for _, arg := range n.args {
		if _, err := os.Stat(arg); arg != "-" && err == nil {
			opts.Schema = append(slices.Clip(opts.Schema), arg)
		}
	}
	checker, err := analyzer.NewSQLChecker(opts)
	if err != nil {
		return nil, err
	}
	r := &report{paths: map[string]string{}, modules: map[string]string{}}
	texts := map[string]string{}
	r.unchanged = func(file string, content []byte) bool { return texts[file] == string(content) }
	r.Summary.SQL = true
	r.forPooler(opts)
	for _, arg := range n.args {
		r.modules[strings.TrimSuffix(filepath.ToSlash(arg), "/")] = arg
	}
	for t := range n.texts() {
		texts[t.file] = t.text
		r.addText(t, checker, all)
	}
	r.Findings = output.InOrder(r.Findings)
	return r, nil
}

// takeShown takes out of the findings those that -all shows as well.
func (r *report) takeShown() (shown []output.Finding) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f output.Finding) bool {
		also := r.alsoShown[f.Place()+f.Message]
		if also {
			f.Level = output.Note
			shown = append(shown, f)
		}
		return also
	})
	return shown
}

// stdinName stands for standard input in what is reported.
const stdinName = "<stdin>"

// text is one SQL text, or why it could not be read.
type text struct {
	file, text string
	err        error
}

// texts reads what the arguments of poolvet sql name, in order.
func (n *namedTexts) texts() iter.Seq[text] {
	args := n.args
	if len(args) == 0 {
		args = []string{"-"}
	}
	return func(yield func(text) bool) {
		for _, arg := range args {
			if arg == "-" {
				if !yield(n.standardInput()) {
					return
				}
				continue
			}
			// What is named is read whatever its name; in a folder, .sql files are.
			err := filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
				if err == nil && (d.IsDir() || path != arg && !strings.EqualFold(filepath.Ext(path), ".sql")) {
					return nil
				}
				var b []byte
				if err == nil {
					b, err = os.ReadFile(path)
				}
				if !yield(text{path, string(b), err}) {
					return fs.SkipAll
				}
				return nil
			})
			if err != nil {
				return
			}
		}
	}
}

func (n *namedTexts) standardInput() text {
	if n.read == nil {
		b, err := io.ReadAll(n.stdin)
		if err != nil {
			return text{file: stdinName, err: err}
		}
		s := string(b)
		n.read = &s
	}
	return text{file: stdinName, text: *n.read}
}

// addText finds what a text does behind the pooler; with all, also what is not
// reported.
func (r *report) addText(t text, checker *analyzer.SQLChecker, all bool) {
	if t.err != nil {
		n := errorNotice("", t.err)
		n.File = t.file
		r.Unread = append(r.Unread, n)
		return
	}
	r.Summary.Texts++
	r.paths[filepath.ToSlash(t.file)] = ""
	result := checker.Check(t.file, t.text)
	if result.Err != nil {
		r.Unread = append(r.Unread, sqlNotice(t, result.Err))
	}
	r.Summary.LeftOut.Ignored += result.Ignored
	r.Summary.LeftOut.Direct += result.Direct
	for _, e := range result.Findings {
		if e.Strict {
			r.Summary.LeftOut.Strict++
		}
		if !e.Reported && !all {
			continue
		}
		f := sqlFinding(t, e)
		if !e.Reported {
			if r.alsoShown == nil {
				r.alsoShown = map[string]bool{}
			}
			r.alsoShown[f.Place()+f.Message] = true
		}
		r.Findings = append(r.Findings, f)
		if e.Fix != "" && t.file != stdinName {
			added := fix{finding: f, title: e.Fix}
			for _, edit := range e.Edits {
				added.edits = append(added.edits, udiff.Edit{Start: edit.Start, End: edit.End, New: edit.New})
			}
			if r.fixes == nil {
				r.fixes = fixes{}
			}
			r.fixes[t.file] = append(r.fixes[t.file], added)
		}
	}
}

// sqlFinding places a finding in its text.
func sqlFinding(t text, e analyzer.SQLFinding) output.Finding {
	f := output.Finding{
		Rule: e.Rule, Outcome: e.Outcome, Evidence: e.Evidence, Pooler: e.Pooler,
		File: t.file, Message: e.Message, Conditional: e.Conditional, Remedy: e.Remedy, Reference: e.Reference, Assumed: e.Assumed,
		Subject: &output.Subject{Object: e.Object, Scope: e.Scope}, Text: e.Text,
	}
	f.Line, f.Column = place(t.text, e.Start)
	f.EndLine, f.EndColumn = place(t.text, e.End)
	if e.Way != nil {
		for _, step := range e.Way.Steps {
			f.Related = append(f.Related, output.Related{File: step.File, Line: step.Line, Column: max(step.Column, 1), Message: step.Says()})
		}
	}
	if e.Fix != "" {
		f.Fix = &output.SuggestedFix{Title: e.Fix}
		for _, edit := range e.Edits {
			te := output.TextEdit{File: filepath.ToSlash(t.file), NewText: edit.New}
			te.Line, te.Column = place(t.text, edit.Start)
			te.EndLine, te.EndColumn = place(t.text, edit.End)
			f.Fix.Edits = append(f.Fix.Edits, te)
		}
	}
	return f
}

// sqlNotice places what could not be read of a text.
func sqlNotice(t text, err *analyzer.SQLError) output.Notice {
	n := output.Notice{Kind: output.TextNotice, File: t.file, Message: "not analysed: " + err.Error()}
	n.Line, n.Column = place(t.text, err.Offset)
	return n
}

// place is the line and the column of an offset in a text.
func place(text string, offset int) (line, column int) {
	before := text[:min(max(offset, 0), len(text))]
	return 1 + strings.Count(before, "\n"), len(before) - strings.LastIndexByte(before, '\n')
}
