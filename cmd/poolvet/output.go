package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/term"
)

// A format writes what a run has to say.
type format func(w io.Writer, r *report, src *sources, color bool) error

var formats = map[string]format{
	"text":   writeText,
	"json":   writeJSON,
	"sarif":  writeSARIF,
	"github": writeGitHub,
}

// output is how the findings are to be written.
type output struct {
	format, color string
}

func outputFlags(flags *flag.FlagSet) *output {
	o := new(output)
	flags.StringVar(&o.format, "format", "text", "the output's `format`: "+formatNames())
	flags.StringVar(&o.color, "color", "auto", "`when` to colour text: auto (on a terminal, unless NO_COLOR is set), always or never")
	return o
}

func formatNames() string {
	return strings.Join(slices.Sorted(maps.Keys(formats)), ", ")
}

// printer writes reports in one format.
type printer struct {
	w     *os.File
	write format
	color bool
	src   sources
}

// printer is the one that the flags ask for.
func (o *output) printer(w *os.File) (*printer, error) {
	p := &printer{w: w, write: formats[o.format]}
	if p.write == nil {
		return nil, fmt.Errorf("-format: %q is not known; known are %s", o.format, formatNames())
	}
	switch o.color {
	case "auto":
		p.color = os.Getenv("NO_COLOR") == "" && isTerminal(w)
	case "always":
		p.color = true
	case "never":
	default:
		return nil, fmt.Errorf("-color: %q is not known; known are auto, always, never", o.color)
	}
	return p, nil
}

func (p *printer) print(r *report) error {
	b := bufio.NewWriter(p.w)
	if err := p.write(b, r, &p.src, p.color); err != nil {
		return err
	}
	return b.Flush()
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// writeJSON writes a line for each finding, for each notice, and for the
// summary. File names have forward slashes everywhere.
func writeJSON(w io.Writer, r *report, _ *sources, _ bool) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, f := range r.findings {
		f.File = filepath.ToSlash(f.File)
		if err := enc.Encode(f); err != nil {
			return err
		}
	}
	for _, n := range r.notices() {
		if err := enc.Encode(n.slashed()); err != nil {
			return err
		}
	}
	return enc.Encode(map[string]*summary{"summary": &r.summary})
}

// show tells a report's notices, writes it, and says in a line how the run
// ended. It returns the exit status.
func (r *report) show(p *printer, std stdio) int {
	std.tell(r.notices())
	if err := p.print(r); err != nil {
		return std.complain(err)
	}
	fmt.Fprintln(std.err, &r.summary)
	return r.summary.Status
}
