package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/terminal"
	"github.com/poolvet/poolvet/internal/unknown"
)

// A format writes what a run has to say.
type format func(w io.Writer, r *output.Report, src *output.Sources, color bool) error

var formats = map[string]format{
	"text":   output.WriteText,
	"json":   output.WriteJSON,
	"sarif":  output.WriteSARIF,
	"github": output.WriteGitHub,
	"gitlab": output.WriteGitLab,
	"junit":  output.WriteJUnit,
}

// outputOptions are how the findings are to be written.
type outputOptions struct {
	format, color string
	failOn        []string
}

func outputFlags(flags *flag.FlagSet) *outputOptions {
	o := new(outputOptions)
	flags.StringVar(&o.format, "format", "text", "the output's `format`: "+strings.Join(formatNames(), ", "))
	flags.StringVar(&o.color, "color", "auto", "`when` to colour text: auto (on a terminal, unless NO_COLOR is set or TERM is dumb), always or never")
	flags.Func("fail-on", "the only `outcomes` that make the exit status 1: "+strings.Join(output.Outcomes(), ", "), o.failsOn)
	return o
}

// failsOn takes one value of -fail-on.
func (o *outputOptions) failsOn(value string) error {
	for outcome := range strings.SplitSeq(value, ",") {
		outcome = strings.TrimSpace(outcome)
		switch {
		case outcome == "":
		case slices.Contains(output.Outcomes(), outcome):
			o.failOn = append(o.failOn, outcome)
		default:
			return unknown.Name(outcome, output.Outcomes())
		}
	}
	return nil
}

func formatNames() []string { return slices.Sorted(maps.Keys(formats)) }

// printer writes reports in one format.
type printer struct {
	w         *os.File
	write     format
	forPeople bool // text, which no program reads
	color     bool
	src       output.Sources
}

// printer is the one that the flags ask for.
func (o *outputOptions) printer(w *os.File) (*printer, error) {
	p := &printer{w: w, write: formats[o.format], forPeople: o.format == "text"}
	if p.write == nil {
		return nil, fmt.Errorf("-format: %w", unknown.Name(o.format, formatNames()))
	}
	switch o.color {
	case "auto":
		p.color = terminal.Colors(w)
	case "always":
		p.color = true
	case "never":
	default:
		return nil, fmt.Errorf("-color: %w", unknown.Name(o.color, []string{"auto", "always", "never"}))
	}
	return p, nil
}

func (p *printer) print(r *output.Report) error {
	b := bufio.NewWriter(p.w)
	return errors.Join(p.write(b, r, &p.src, p.color), b.Flush())
}
