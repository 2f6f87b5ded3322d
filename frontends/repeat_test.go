package frontends

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var runs = flag.Int("runs", 20, "how often TestEveryRunSaysTheSame runs each front end")

// Each front end writes the same bytes each time, and they all find the same: with
// C and without, on one core and on two, with one package at a time and several.
// Before each run every file changes, so that what a front end keeps is of no use.
func TestEveryRunSaysTheSame(t *testing.T) {
	want := byPoolvet(t, poolvet(t), repeatedModule(t), repeatedFlags("")...)
	if len(want) < 20 {
		t.Fatalf("only %d findings", len(want))
	}
	for name, f := range map[string]frontEnd{
		"poolvet":       {run: runPoolvet, status: 1, read: func(t *testing.T, _, said string) []finding { return poolvetFindings(t, said) }},
		"go vet":        {run: runVet(poolvet), status: 1, read: vetFindings},
		"unitchecker":   {run: runVet(multichecker), status: 1, read: vetFindings},
		"multichecker":  {run: runMultichecker, read: multicheckerFindings},
		"golangci-lint": {run: runGolangciAgain, status: 1, read: golangciFindings},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, first := repeatedModule(t), ""
			for i := range *runs {
				c := circumstancesOf(i)
				change(t, dir, i)
				r := f.run(t, command{dir: dir, env: c.env()}, c)
				if r.status != f.status {
					t.Fatalf("%+v: status %d, want %d: %s", c, r.status, f.status, r.stderr)
				}
				if i == 0 {
					first = r.stdout
				} else if r.stdout != first {
					t.Fatalf("%+v: it says\n%s\nand said first\n%s", c, r.stdout, first)
				}
			}
			same(t, f.read(t, dir, first), want)
		})
	}
}

// frontEnd is how one is run, the status when it finds something, and how what it
// writes, on stdout, is read.
type frontEnd struct {
	run    func(*testing.T, command, circumstances) ran
	status int
	read   func(t *testing.T, dir, said string) []finding
}

// circumstances differ from run to run.
type circumstances struct {
	cgo, procs int
	oneByOne   bool // one package at a time
}

// circumstancesOf has all eight in any eight runs.
func circumstancesOf(run int) circumstances {
	return circumstances{cgo: run & 1, procs: 1 + (run>>1^run)&1, oneByOne: (run>>2^run)&1 == 1}
}

func (c circumstances) env() []string {
	flags := os.Getenv("GOFLAGS")
	if c.oneByOne {
		flags += " -p=1"
	}
	return []string{fmt.Sprint("CGO_ENABLED=", c.cgo), fmt.Sprint("GOMAXPROCS=", c.procs), "GOFLAGS=" + flags}
}

// repeatedModule is a copy of the module in a folder of its own.
func repeatedModule(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(module(t, repeated))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// change gives each Go file another last line.
func change(t *testing.T, dir string, run int) {
	t.Helper()
	const mark = "\n// Changed for run "
	err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		code, _, _ := strings.Cut(read(t, name), mark)
		write(t, name, fmt.Sprint(code, mark, run, " of ", time.Now(), "\n"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// repeatedPoolers also judge one package by another pooler.
const repeatedPoolers = "pgbouncer@1.18,./reports/...=rdsproxy"

// repeatedFlags are the flags, of which golangci-lint's plugin always has the last.
func repeatedFlags(prefix string) []string {
	return []string{"-" + prefix + "pooler=" + repeatedPoolers, "-" + prefix + "tests", "-" + prefix + "at-embed"}
}

func runPoolvet(t *testing.T, where command, _ circumstances) ran {
	return where.run(t, poolvet(t), append(repeatedFlags(""), "-format=json", "./...")...)
}

// runVet runs go vet with a tool. Go vet shows first what is ready first, so that
// the packages are put in order here.
func runVet(tool func(*testing.T) string) func(*testing.T, command, circumstances) ran {
	return func(t *testing.T, where command, _ circumstances) ran {
		args := append([]string{"vet", "-vettool=" + tool(t)}, repeatedFlags("poolvet.")...)
		r := where.run(t, "go", append(args, "./...")...)
		var findings []string
		for line := range strings.Lines(r.stderr) {
			if n := len(findings); n > 0 && strings.Contains(line, ": \t") { // a place that the finding leads to
				findings[n-1] += line
				continue
			}
			findings = append(findings, line)
		}
		folder := func(finding string) string {
			file, _, _ := strings.Cut(finding, ":")
			return filepath.Dir(file)
		}
		slices.SortStableFunc(findings, func(a, b string) int { return cmp.Compare(folder(a), folder(b)) })
		r.stdout = strings.Join(findings, "")
		return r
	}
}

func runMultichecker(t *testing.T, where command, c circumstances) ran {
	args := append(repeatedFlags("poolvet."), "-json", "./...")
	if c.oneByOne {
		args = append([]string{"-debug=p"}, args...)
	}
	return where.run(t, multichecker(t), args...)
}

func runGolangciAgain(t *testing.T, where command, c circumstances) ran {
	settings := config(t, "pooler: '"+repeatedPoolers+"'\ntests: true")
	return where.golangci(t, settings, fmt.Sprint("--concurrency=", c.procs), "--output.json.path=stdout")
}
