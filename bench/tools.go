package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// tool is one row of the table.
type tool struct {
	name    string
	args    []string
	fresh   func(cmd *exec.Cmd, cache string) // makes it find no results of another run
	missing string                            // why it is not measured
}

// sqlLinters are those of golangci-lint for database/sql; execinquery is gone since v2.
const sqlLinters = "--enable=rowserrcheck,sqlclosecheck,unqueryvet,noctx"

// tools are the rows, with the binaries in dir.
func tools(dir, golangci string) []tool {
	bin := func(name string) string { return filepath.Join(dir, name) }
	in := func(name string) func(*exec.Cmd, string) {
		return func(cmd *exec.Cmd, cache string) { cmd.Env = append(cmd.Env, name+"="+cache) }
	}
	ts := []tool{
		{name: "poolvet", args: []string{bin("poolvet"), "./..."}},
		{name: "no-op analyzer, same loader", args: []string{bin("noop"), "./..."}},
		{name: "poolvet in singlechecker", args: []string{bin("single"), "./..."}},
		{name: "go vet", args: []string{"go", "vet", "./..."}, fresh: flagged},
		{name: "go vet, cached", args: []string{"go", "vet", "./..."}},
		{name: "staticcheck", args: []string{bin("staticcheck"), "./..."}, fresh: in("STATICCHECK_CACHE")},
	}
	lint := tool{name: "golangci-lint, SQL linters", args: []string{golangci, "run", "--no-config", "--default=none",
		sqlLinters, "./..."}, fresh: in("GOLANGCI_LINT_CACHE")}
	if _, err := exec.LookPath(golangci); err != nil {
		lint.missing = err.Error()
	}
	return append(ts, lint)
}

// flagged makes a run of go vet new to the go command, which keeps results by
// the flags that they were made with.
func flagged(cmd *exec.Cmd, cache string) {
	cmd.Args = slices.Insert(cmd.Args, 2, "-printf.funcs=f"+filepath.Base(cache))
}

// measure runs t once in a checkout.
func (t tool) measure(checkout string) (c cost, err error) {
	err = t.with(checkout, func(cmd *exec.Cmd) error {
		c, err = measure(cmd)
		return err
	})
	return c, err
}

// with has a command of t run, which finds nothing of another run.
func (t tool) with(dir string, run func(*exec.Cmd) error) error {
	cache, err := os.MkdirTemp("", "cache")
	if err != nil {
		return err
	}
	defer os.RemoveAll(cache)
	cmd := exec.Command(t.args[0], t.args[1:]...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "PWD="+dir)
	if t.fresh != nil {
		t.fresh(cmd, cache)
	}
	return run(cmd)
}
