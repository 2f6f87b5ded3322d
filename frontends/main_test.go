// Package frontends runs poolvet where people already work, with the real
// tools: go vet, go tool, golangci-lint, pre-commit, reviewdog, and what editors
// are told.
package frontends

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/poolvet/poolvet/internal/testmod"
)

// Where what is tested stands.
var (
	root     = absolute("..")
	testdata = absolute("../testdata")
	example  = absolute("../.golangci.example.yml")
	bin      string // what the tests build
)

func absolute(dir string) string {
	abs, err := filepath.Abs(dir)
	if err != nil {
		panic(err)
	}
	return abs
}

func TestMain(m *testing.M) {
	err := testmod.Fetch(filepath.Join(root, "testdata"))
	if err == nil {
		bin, err = os.MkdirTemp("", "poolvet-frontends")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	os.RemoveAll(bin)
	os.Exit(status)
}

// The programs, each built when a test first asks for it. Go's build cache
// keeps all but the linking.
var (
	poolvet      = program("poolvet", root, "./cmd/poolvet")
	withoutC     = program("poolvet-without-c", root, "./cmd/poolvet", "CGO_ENABLED=0")
	golangciLint = program("golangci-lint", absolute("."), "./golangci-lint")
	multichecker = program("multichecker", absolute("."), "./multichecker")
	reviewdog    = program("reviewdog", absolute("reviewdog"), "github.com/reviewdog/reviewdog/cmd/reviewdog")
)

func program(name, dir, pkg string, env ...string) func(*testing.T) string {
	build := sync.OnceValues(func() (string, error) {
		exe := filepath.Join(bin, name)
		cmd := exec.Command("go", "build", "-o", exe, pkg)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), env...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%v: %v\n%s", cmd, err, out)
		}
		return exe, nil
	})
	return func(t *testing.T) string {
		t.Helper()
		exe, err := build()
		if err != nil {
			t.Fatal(err)
		}
		return exe
	}
}

// ran is how a command ended.
type ran struct {
	stdout, stderr string
	status         int
}

// command is a program to run in a folder.
type command struct {
	dir string
	env []string
}

func (c command) run(t *testing.T, name string, args ...string) ran {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), c.env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return ran{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// want checks the status, and that the output holds some words.
func (r ran) want(t *testing.T, status int, words ...string) {
	t.Helper()
	missing := slices.DeleteFunc(words, func(w string) bool { return strings.Contains(r.stdout+r.stderr, w) })
	if r.status != status || len(missing) > 0 {
		t.Fatalf("status %d, want %d; not said: %q\nstdout:\n%s\nstderr:\n%s", r.status, status, missing, r.stdout, r.stderr)
	}
}

// module writes a txtar archive to a folder of its own.
func module(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		write(t, filepath.Join(dir, filepath.FromSlash(f.Name)), string(f.Data))
	}
	return dir
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
