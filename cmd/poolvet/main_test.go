package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/txtar"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/testmod"
)

// TestMain lets the test binary be the command itself, so that the tests run
// what users run, without a build. What git tells the programs that it runs, as
// a hook or by rebase --exec, is taken from it: the tests' own repositories would
// be that one.
func TestMain(m *testing.M) {
	for _, name := range []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"} {
		os.Unsetenv(name)
	}
	if os.Getenv("POOLVET_TEST_AS_COMMAND") != "" {
		if pkg := os.Getenv("POOLVET_TEST_PANIC"); pkg != "" {
			newAnalyzer = panicking(pkg)
		}
		main()
		return
	}
	testmod.Main(m, "../../testdata")
}

// panicking makes analyzers that panic over one package.
func panicking(pkg string) func(analyzer.Options) *analysis.Analyzer {
	return func(opts analyzer.Options) *analysis.Analyzer {
		a := analyzer.New(opts)
		run := a.Run
		a.Run = func(pass *analysis.Pass) (any, error) {
			if pass.Pkg.Path() == pkg {
				panic("told so")
			}
			return run(pass)
		}
		return a
	}
}

// ran is how a command ended. The summary is the last line of stderr, if that
// is one, without the time; the rules are the lines above it.
type ran struct {
	stdout, stderr, rules, summary string
	status                         int
}

// took is the time in a summary.
var took = regexp.MustCompile(`; took (\d+\.\ds|\d+m\d+s)\n$`)

// poolvet runs the command in a folder.
func poolvet(t *testing.T, dir, stdin string, args ...string) ran {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return execute(t, dir, stdin, exe, args...)
}

// vet runs go vet with the command as its tool.
func vet(t *testing.T, dir string, args ...string) ran {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return execute(t, dir, "", "go", append([]string{"vet", "-vettool=" + exe}, args...)...)
}

func execute(t *testing.T, dir, stdin, name string, args ...string) ran {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "POOLVET_TEST_AS_COMMAND=1", "NO_COLOR=", "CI=")
	cmd.Stdin = strings.NewReader(stdin)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	r := ran{stdout: stdout.String(), stderr: stderr.String(), status: cmd.ProcessState.ExitCode()}
	last := 1 + strings.LastIndexByte(strings.TrimSuffix(r.stderr, "\n"), '\n')
	if strings.Contains(r.stderr[last:], "; exit status ") {
		r.stderr, r.summary = r.stderr[:last], took.ReplaceAllString(r.stderr[last:], "\n")
		if at := strings.Index(r.stderr, "\nrule "); at >= 0 {
			r.stderr, r.rules = r.stderr[:at], r.stderr[at+1:]
		}
	}
	return r
}

// module writes a txtar archive to a folder.
func module(t *testing.T, archive string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// decode reads JSON lines, but for the summary.
func decode(t *testing.T, lines string) (all []map[string]any) {
	t.Helper()
	for line := range strings.Lines(lines) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if m["summary"] == nil {
			all = append(all, m)
		}
	}
	return all
}

// want checks a status, and that the streams hold some words. An empty string
// wants an empty stream.
func (r ran) want(t *testing.T, status int, stdout, stderr string) {
	t.Helper()
	holds := func(text, words string) bool {
		return words == "" && text == "" || words != "" && strings.Contains(text, words)
	}
	if r.status != status || !holds(r.stdout, stdout) || !holds(r.stderr, stderr) {
		t.Errorf("status %d, want %d\nstdout, want %q:\n%s\nstderr, want %q:\n%s", r.status, status, stdout, r.stdout, stderr, r.stderr)
	}
}
