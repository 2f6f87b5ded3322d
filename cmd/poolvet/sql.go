package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
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
	if err := opts.Validate(); err != nil {
		return std.complain(err)
	}
	printer, err := out.printer(std.out)
	if err != nil {
		return std.complain(err)
	}
	status := clean
	var findings []finding
	var failures []failure
	for t := range texts(flags.Args(), std.in) {
		effects, reported, err := checkText(t, opts, *all)
		if err != nil {
			failures = append(failures, failure{filepath.ToSlash(t.file), err.Error()})
		}
		if t.file == stdinName {
			printer.src.put(t.file, t.text)
		}
		findings = append(findings, effects...)
		if reported {
			status = found
		}
	}
	if err := printer.print(inOrder(findings)); err != nil {
		return std.complain(err)
	}
	for _, f := range failures {
		status = failed
		if out.format == "json" {
			json.NewEncoder(std.out).Encode(f)
		} else {
			std.complain(fmt.Errorf("%s: %s", f.File, f.Error))
		}
	}
	return status
}

// failure is a text that could not be analysed.
type failure struct {
	File  string `json:"file"`
	Error string `json:"error"`
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

// checkText finds what a text does behind the pooler; with all, also what is
// not reported.
func checkText(t text, opts analyzer.Options, all bool) (findings []finding, reported bool, err error) {
	if t.err != nil {
		return nil, false, t.err
	}
	effects, err := analyzer.CheckSQL(t.text, opts)
	for _, e := range effects {
		if !e.Reported && !all {
			continue
		}
		reported = reported || e.Reported
		f := finding{
			Rule: e.Rule, Outcome: e.Outcome, Evidence: e.Evidence, Pooler: e.Pooler,
			File: t.file, Message: e.Message, Remedy: e.Remedy, Reference: e.Reference,
			effect: &effect{e.Object, e.Scope}, text: e.Text,
		}
		f.Line, f.Column = place(t.text, e.Start)
		f.EndLine, f.EndColumn = place(t.text, e.End)
		findings = append(findings, f)
	}
	return findings, reported, err
}

// place is the line and the column of an offset in a text.
func place(text string, offset int) (line, column int) {
	before := text[:min(max(offset, 0), len(text))]
	return 1 + strings.Count(before, "\n"), len(before) - strings.LastIndexByte(before, '\n')
}
