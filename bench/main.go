// Command bench measures poolvet beside other analyzers, on the checkouts that
// it is given, what it and tools for other ends find there, how its cost grows, on
// modules that it writes, and poolvet trace beside pgBadger, on logs that it writes:
//
//	go -C bench run . [-n 5] [-quick] [-golangci-lint FILE] CHECKOUT…
//	go -C bench run . -beside [-labels FILE] [-golangci-lint FILE] OWNER--NAME…
//	go -C bench run . -grow [-plot ../docs/growth.svg]
//	go -C bench run . -log [-log-size 10000] [-pgbadger FILE]
//
// All tools run in turn, again and again, so that what else the machine does
// falls on each of them alike. Shown are medians: wall time, processor time of
// the tool and of all that it starts, and the resident memory of the largest
// of these processes. Results that a tool keeps from run to run are thrown
// away before each run, unless its row says cached; the go command's build
// cache is warm for all of them.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/poolvet/poolvet/internal/corpus"
)

// wanted is what is measured, and with what.
type wanted struct {
	runs      int
	golangci  string
	quick     bool
	beside    bool
	labels    string
	grow      bool
	plot      string
	log       bool
	logSize   int64
	pgbadger  string
	checkouts []string
}

func main() {
	var m wanted
	flag.IntVar(&m.runs, "n", 5, "how many `runs` of each tool")
	flag.StringVar(&m.golangci, "golangci-lint", "golangci-lint", "a golangci-lint v2 `binary`")
	flag.BoolVar(&m.quick, "quick", false, "run poolvet and the no-op analyzer alone")
	flag.BoolVar(&m.beside, "beside", false, "say what poolvet and tools for other ends find, a single run of each")
	flag.StringVar(&m.labels, "labels", "", "a `file` of labelled places to find, see internal/corpus")
	flag.BoolVar(&m.grow, "grow", false, "measure how the cost grows")
	flag.StringVar(&m.plot, "plot", "", "draw the growth as SVG into this `file`")
	flag.BoolVar(&m.log, "log", false, "measure how logs are read")
	flag.Int64Var(&m.logSize, "log-size", 1000, "the size in `MB` of the largest log that is read by standard input")
	flag.StringVar(&m.pgbadger, "pgbadger", "pgbadger", "a pgBadger `binary`")
	flag.Parse()
	m.checkouts = flag.Args()
	if err := m.run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (m wanted) run() error {
	modes := 0
	for _, asked := range []bool{m.grow, m.log, len(m.checkouts) > 0} {
		if asked {
			modes++
		}
	}
	if m.runs < 1 || m.logSize < 1 || modes != 1 {
		return fmt.Errorf("name checkouts, or -grow, or -log")
	}
	dir, err := os.MkdirTemp("", "poolvet-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	build := exec.Command("go", "build", "-o", dir+string(filepath.Separator),
		"github.com/poolvet/poolvet/cmd/poolvet", "./cmd/noop", "./cmd/single", "./cmd/texts", "honnef.co/go/tools/cmd/staticcheck")
	build.Stderr = os.Stderr
	build.Env = append(os.Environ(), "GOWORK=off") // a workspace that is set is for the checkouts
	if err := build.Run(); err != nil {
		return fmt.Errorf("go build: %w", err)
	}
	switch {
	case m.grow:
		return growth(dir, m.runs, m.plot)
	case m.log:
		return readLogs(dir, m.pgbadger, m.runs, m.logSize)
	case m.beside:
		labels, err := corpus.ReadFile(m.labels)
		if err != nil {
			return err
		}
		tools, err := others(dir, m.golangci)
		if err != nil {
			return err
		}
		return beside(tools, labels, m.checkouts)
	}
	for _, checkout := range m.checkouts {
		ts := tools(dir, m.golangci)
		if m.quick {
			ts = ts[:2]
		}
		if err := compare(ts, m.runs, checkout); err != nil {
			return err
		}
	}
	return nil
}
