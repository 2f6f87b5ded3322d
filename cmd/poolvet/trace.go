package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/pglog"
	"github.com/poolvet/poolvet/internal/terminal"
	"github.com/poolvet/poolvet/internal/trace"
	"github.com/poolvet/poolvet/internal/unknown"
	"github.com/poolvet/poolvet/internal/web"
)

const traceUsage = `usage: poolvet trace [flags] -log FILE… packages

Reads logs of PostgreSQL and of the pooler, and says of each statement that
leaves something in the session what becomes of it behind the pooler and who
sends it: a line of the packages, a library that they use, or a driver, framework
or tool of another language. Values are not shown, but for those that decide.
-pooler takes several, with commas between them; -format=html is a page, with the
pinned sessions over time. The exit status is 0, and 2 where a flag was bad, or a
log or a package could not be read in full.
`

// traceName names the command among the others.
const traceName = program + " trace"

// traced are what logs are read, and how.
type traced struct {
	logs   []string
	prefix string
	unseen bool
}

func traceFlags(flags *flag.FlagSet) *traced {
	t := new(traced)
	flags.Func("log", "a `file` or folder of logs, - for standard input; several, with -log again or commas", func(names string) error {
		t.logs = append(t.logs, strings.Split(names, ",")...)
		return nil
	})
	flags.StringVar(&t.prefix, "prefix", "", "the server's `log_line_prefix`, where the log does not show it: '%m [%p] %q%u@%d '")
	flags.BoolVar(&t.unseen, "unseen", false, "list the statements of the code that the log does not have")
	return t
}

// runTrace says whose the statements of logs are.
func runTrace(args []string, std stdio) int {
	flags := flag.NewFlagSet(traceName, flag.ContinueOnError)
	var opts analyzer.Options
	opts.AddFlags(flags)
	where := sourceFlags(flags)
	t := traceFlags(flags)
	fromFile(flags)
	format := flags.String("format", "text", "the output's `format`: text, html or json")
	if status, ok := parse(flags, args, std, traceUsage); !ok {
		return status
	}
	write, ok := map[string]func(io.Writer, *trace.Report, bool) error{"text": trace.WriteText, "html": trace.WriteHTML, "json": trace.WriteJSON}[*format]
	if !ok {
		return std.complain(fmt.Errorf("-format: %w", unknown.Name(*format, []string{"html", "json", "text"})))
	}
	if len(t.logs) == 0 {
		return std.complain(fmt.Errorf("-log is missing: it names the logs to read, files or folders, or - for standard input"))
	}
	report, err := t.run(where, flags.Args(), opts, std)
	if err != nil {
		return std.complain(err)
	}
	report.Web = web.Lines(where.dirsOrHere()...)
	std.tell(report.Notices())
	if err := write(std.out, report, t.unseen); err != nil {
		return std.complain(err)
	}
	return report.Summary.Status
}

func (t *traced) run(where *sourceTrees, patterns []string, opts analyzer.Options, std stdio) (*trace.Report, error) {
	names, forSome := toCompare(opts.Pooler)
	opts.Pooler = strings.Join(slices.Concat(names[:1], forSome), ",")
	if err := cmp.Or(flagError(opts.Validate()), where.validate()); err != nil {
		return nil, err
	}
	r := newReport()
	line := terminal.Start(std.err, program)
	defer line.End()
	var sources []*trace.Source
	for _, tree := range where.each() {
		here := tree.options(opts)
		read, err := tree.run(r, here, analyzer.Sent, patterns, line, func(at placed, found *analyzer.Result) {
			for _, s := range found.Sent {
				f := at(analyzer.Finding{Pos: s.Pos})
				sources = append(sources, &trace.Source{Statement: s, File: f.File, Line: f.Line, Column: f.Column, Package: f.Package})
			}
		})
		if err != nil {
			return nil, flagError(err)
		}
		r.patterns.note(here, read)
	}
	opts.Schema = where.schemas(opts.Schema)
	behind, err := trace.BehindEach(opts, names)
	if err != nil {
		return nil, flagError(err)
	}
	line.Say("reading logs")
	far := func(read, of int64) { line.Bytes("reading logs", read, of) }
	log := trace.NewLog(behind)
	counts, err := pglog.Read(t.logs, std.in, pglog.Options{Prefix: t.prefix, Progress: far}, log.Add)
	if err != nil {
		return nil, err
	}
	for _, cut := range counts.Cut {
		r.Unread = append(r.Unread, output.Notice{Kind: output.FileNotice, Message: "not read to its end: " + cut})
	}
	r.Findings, r.Summary.LeftOut = nil, output.LeftOut{Files: r.Summary.LeftOut.Files} // of the code, nothing is reported
	r.settle()
	r.forPooler(opts, names...)
	r.Summary.Pooler, r.Summary.Compared = strings.Join(names, ","), true
	r.Summary.End(r.Unread)
	return log.Report(&r.Report, counts, sources), nil
}
