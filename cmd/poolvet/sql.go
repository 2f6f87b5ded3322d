package main

import (
	"errors"
	"flag"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/output"
)

const sqlUsage = `usage: poolvet sql [flags] [files, folders or -]

Analyses SQL texts: files, the .sql files in folders, and standard input for -
or where nothing is named. The exit status is 0 where nothing was found, 1
where something was, and 2 where a flag was bad or a text could not be read or
analysed.
`

// runSQL analyses SQL texts.
func runSQL(args []string, std stdio) int {
	flags := flag.NewFlagSet(program+" sql", flag.ContinueOnError)
	var opts analyzer.Options
	opts.AddFlags(flags)
	out := outputFlags(flags)
	all := flags.Bool("all", false, "show also what is ok behind the pooler, or reported with -strict only")
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
	r := new(report)
	r.Summary.SQL = true
	r.forPooler(opts)
	var shown []output.Finding
	for t := range texts(flags.Args(), std.in) {
		r.addText(t, opts, func(f output.Finding, reported bool) {
			if reported || *all {
				shown = append(shown, f)
			}
		})
		if t.file == stdinName {
			printer.src.Put(t.file, t.text)
		}
	}
	r.End() // what is ok is shown, and not counted
	r.Findings = output.InOrder(shown)
	return r.show(printer, std)
}

// stdinName stands for standard input in what is reported.
const stdinName = "<stdin>"

// text is one SQL text, or why it could not be read.
type text struct {
	file, text string
	err        error
}

// texts reads what the arguments of poolvet sql name, in order.
func texts(args []string, stdin io.Reader) iter.Seq[text] {
	if len(args) == 0 {
		args = []string{"-"}
	}
	return func(yield func(text) bool) {
		for _, arg := range args {
			if arg == "-" {
				b, err := io.ReadAll(stdin)
				if !yield(text{stdinName, string(b), err}) {
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

// addText finds what a text does behind the pooler, and gives all of it.
func (r *report) addText(t text, opts analyzer.Options, each func(f output.Finding, reported bool)) {
	if t.err != nil {
		n := errorNotice("", t.err)
		n.File = t.file
		r.Unread = append(r.Unread, n)
		return
	}
	r.Summary.Texts++
	effects, err := analyzer.CheckSQL(t.text, opts)
	if err != nil {
		r.Unread = append(r.Unread, sqlNotice(t, err))
	}
	for _, e := range effects {
		f := output.Finding{
			Rule: e.Rule, Outcome: e.Outcome, Evidence: e.Evidence, Pooler: e.Pooler,
			File: t.file, Message: e.Message, Remedy: e.Remedy, Reference: e.Reference,
			Subject: &output.Subject{Object: e.Object, Scope: e.Scope}, Text: e.Text,
		}
		f.Line, f.Column = place(t.text, e.Start)
		f.EndLine, f.EndColumn = place(t.text, e.End)
		each(f, e.Reported)
		switch {
		case e.Reported:
			r.Findings = append(r.Findings, f)
		case e.Strict:
			r.Summary.LeftOut.Strict++
		}
	}
}

// sqlNotice places what could not be read of a text.
func sqlNotice(t text, err error) output.Notice {
	n := output.Notice{Kind: output.TextNotice, File: t.file, Message: "not analysed: " + err.Error()}
	var at *analyzer.SQLError
	if errors.As(err, &at) {
		n.Line, n.Column = place(t.text, at.Offset)
	}
	return n
}

// place is the line and the column of an offset in a text.
func place(text string, offset int) (line, column int) {
	before := text[:min(max(offset, 0), len(text))]
	return 1 + strings.Count(before, "\n"), len(before) - strings.LastIndexByte(before, '\n')
}
