// Command bench measures poolvet beside other analyzers, on the checkouts that
// it is given, and how its cost grows, on modules that it writes:
//
//	go -C bench run . [-n 5] [-quick] [-golangci-lint FILE] CHECKOUT…
//	go -C bench run . -grow [-plot ../docs/growth.svg]
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
)

func main() {
	runs := flag.Int("n", 5, "how many `runs` of each tool")
	golangci := flag.String("golangci-lint", "golangci-lint", "a golangci-lint v2 `binary`")
	quick := flag.Bool("quick", false, "run poolvet and the no-op analyzer alone")
	grow := flag.Bool("grow", false, "measure how the cost grows")
	plot := flag.String("plot", "", "draw the growth as SVG into this `file`")
	flag.Parse()
	if err := run(*runs, *quick, *golangci, *grow, *plot, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(runs int, quick bool, golangci string, grow bool, plot string, checkouts []string) error {
	if runs < 1 || grow == (len(checkouts) > 0) {
		return fmt.Errorf("name checkouts, or -grow")
	}
	dir, err := os.MkdirTemp("", "poolvet-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	build := exec.Command("go", "build", "-o", dir+string(filepath.Separator),
		"github.com/poolvet/poolvet/cmd/poolvet", "./cmd/noop", "./cmd/single", "honnef.co/go/tools/cmd/staticcheck")
	build.Stderr = os.Stderr
	build.Env = append(os.Environ(), "GOWORK=off") // a workspace that is set is for the checkouts
	if err := build.Run(); err != nil {
		return fmt.Errorf("go build: %w", err)
	}
	if grow {
		return growth(dir, runs, plot)
	}
	for _, checkout := range checkouts {
		ts := tools(dir, golangci)
		if quick {
			ts = ts[:2]
		}
		if err := compare(ts, runs, checkout); err != nil {
			return err
		}
	}
	return nil
}
