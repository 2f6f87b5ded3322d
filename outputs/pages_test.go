package outputs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/modfile"
	modzip "golang.org/x/mod/zip"

	"golang.org/x/mod/module"
)

// readerModule is where the commands of a page run that stand in no clone.
const readerModule = `
-- go.mod --
module example.com/app
go 1.26
-- app.go --
package app

import (
	"context"
	"database/sql"
)

func Use(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, "SET search_path TO app"); err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_lock(1)"); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_unlock(1)"); err != nil {
		return err
	}
	return tx.Commit()
}
-- .poolvetflags --
# the pooler that runs
-pooler=pgbouncer@1.18
-- analytics/a.go --
package analytics

import "database/sql"

func Listen() {
	db, _ := sql.Open("postgres", "postgres://app@db-direct.internal/app")
	db.Exec("LISTEN reports")
}
-- migrations/m.go --
package migrations
-- deploy/pgbouncer.ini --
[pgbouncer]
pool_mode = transaction
-- migrations/1.sql --
SET statement_timeout = 0;
-- postgresql.log --
2026-03-12 09:00:01.101 UTC [2110] LOG:  statement: SET search_path TO app
`

// run are the pages whose commands are run here. Those of docs/adopt.md are
// steps, see TestStepsOfAdopt.
var run = []string{"README.md", "docs/usage.md", "docs/compare.md", "docs/trace.md", "docs/incident.md", "docs/poolers.md", "docs/editors.md", "CONTRIBUTING.md"}

// elsewhere are the pages and the commands that others run.
var elsewhere = map[string]string{
	"docs/adopt.md":               "TestStepsOfAdopt",
	"docs/frontends.md":           "TestDocumentedCommands",
	"go test ./...":               ".ci/run",
	"CGO_ENABLED=0 go test ./...": ".ci/run",
	".ci/run":                     "itself",

	// Long ones, of which .ci/run does a part.
	"go -C mutation run .":                                                      ".ci/run",
	"go -C mutation run . -run internal/session":                                ".ci/run",
	"go -C mutation run . -run '…' -sample 8":                                   ".ci/run",
	"go -C frontends test -run TestGolangciOnPoolvetItself .":                   ".ci/run",
	"go -C frontends test -run TestEveryRunSaysTheSame -timeout 1h . -runs=100": ".ci/run",
	"go test ./internal/stress -run '^$' -fuzz '^FuzzBroken$' -fuzztime 10m":    ".ci/run",
	"go -C conformance test ./connstring -run '^$' -fuzz Fuzz -fuzztime 10m":    ".ci/run",
}

// ownModule is what README.md tells to install.
const ownModule = "github.com/poolvet/poolvet"

// Every command of every page, as it stands there and in that order.
func TestCommandsOfPages(t *testing.T) {
	clone, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	env := publish(t, clone)
	readers := map[string]string{}
	for _, page := range run {
		readers[page] = files(t, readerModule)
		t.Run(page, func(t *testing.T) {
			if n := runPage(t, page, clone, readers[page], env); n == 0 {
				t.Error("no commands were found")
			}
		})
	}
	for _, file := range []string{"poolvet.sarif", "poolvet.baseline"} {
		if b, err := os.ReadFile(filepath.Join(readers["docs/usage.md"], file)); err != nil || len(b) == 0 {
			t.Errorf("%s is not written: %v", file, err)
		}
	}
	if b, _ := os.ReadFile(filepath.Join(readers["docs/usage.md"], "app.go")); !bytes.Contains(b, []byte("pg_advisory_xact_lock(1)")) {
		t.Errorf("-fix changed nothing:\n%s", b)
	}
	for page, file := range map[string]string{"docs/compare.md": "poolers.html", "docs/trace.md": "trace.html"} {
		if b, err := os.ReadFile(filepath.Join(readers[page], file)); err != nil || len(b) == 0 {
			t.Errorf("the page of %s is not written: %v", page, err)
		}
	}
}

// runPage runs the commands of a page, and returns how many there are.
func runPage(t *testing.T, page, clone, reader string, env []string) (ran int) {
	t.Helper()
	for _, b := range commandBlocks(t, page) {
		dir := reader
		if b.console || page == "CONTRIBUTING.md" || strings.HasPrefix(b.text, "# in a clone of this repository\n") {
			dir = clone
		}
		if b.console {
			for _, c := range consoles(b.text) {
				shows(t, c.command, shell(t, dir, env, c.command), c.shows)
				ran++
			}
			continue
		}
		for _, command := range commandsIn(b.text) {
			ran++
			if elsewhere[command] == "" {
				shell(t, dir, env, strings.ReplaceAll(command, "/path/to/a/module", filepath.Join(clone, "testdata")))
			}
		}
	}
	return ran
}

// commandBlock is a block of a page with commands.
type commandBlock struct {
	console bool // with what they show
	text    string
}

func commandBlocks(t *testing.T, page string) (all []commandBlock) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(page)))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?ms)^ *```(sh|bash|shell|console)\n(.*?)^ *```$").FindAllStringSubmatch(string(text), -1) {
		all = append(all, commandBlock{m[1] == "console", m[2]})
	}
	return all
}

// commandsIn are the lines of a block that a reader types, without what is said
// of them.
func commandsIn(block string) (all []string) {
	for line := range strings.Lines(block) {
		line = strings.TrimSpace(line)
		if before, _, said := strings.Cut(line, "   #"); said {
			line = strings.TrimSpace(before)
		}
		if line != "" && line[0] != '#' {
			all = append(all, line)
		}
	}
	return all
}

// No page has a command that no test runs.
func TestEveryCommandOfDocsIsRun(t *testing.T) {
	pages := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".md" || strings.Contains(path, "node_modules") {
			return err
		}
		page := strings.TrimPrefix(filepath.ToSlash(path), "../")
		if len(commandBlocks(t, page)) == 0 || slices.Contains(run, page) {
			return nil
		}
		pages++
		if test := elsewhere[page]; test == "" || !hasTest(t, test) {
			t.Errorf("%s has commands, which are run nowhere: name it in run, or the test that runs it", page)
		}
		return nil
	})
	if err != nil || pages != 2 {
		t.Errorf("%d pages are run elsewhere, %v", pages, err)
	}
}

// hasTest reports whether there is a test of a name in a module that the gate runs.
func hasTest(t *testing.T, name string) bool {
	t.Helper()
	for _, dir := range []string{".", "../frontends"} {
		files, _ := filepath.Glob(filepath.Join(dir, "*_test.go"))
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(text, []byte("func "+name+"(t *testing.T)")) {
				return true
			}
		}
	}
	return false
}

// shell runs a command as a reader would. Status 1 says that something was
// found, unless there is a complaint.
func shell(t *testing.T, dir string, env []string, command string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir, cmd.Env = dir, env
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	complaint := regexp.MustCompile(`(?m)^(poolvet|go): |not found|panic`).MatchString(stderr.String())
	if code := cmd.ProcessState.ExitCode(); code > 1 || code < 0 || code == 1 && complaint {
		t.Fatalf("$ %s\nstatus %d\n%s%s", command, code, &stdout, &stderr)
	}
	return stdout.String()
}

// shows checks that output has lines, in order; … stands for the rest of a
// line, or for lines.
func shows(t *testing.T, command, output string, want []string) {
	t.Helper()
	lines := strings.Split(output, "\n")
	for _, w := range want {
		if w == "…" {
			continue
		}
		found := -1
		for i, line := range lines {
			if start, ok := strings.CutSuffix(w, " …"); line == w || ok && strings.HasPrefix(line, start) {
				found = i
				break
			}
		}
		if found < 0 {
			t.Errorf("$ %s\ndoes not show %q any more:\n%s", command, w, output)
			return
		}
		lines = lines[found+1:]
	}
}

// publish makes a module proxy that has the checkout as its latest version, in
// front of the proxy in use, and returns the environment of a reader with an
// empty GOBIN on its path.
func publish(t *testing.T, clone string) []string {
	t.Helper()
	v := module.Version{Path: ownModule, Version: fmt.Sprintf("v0.0.1-test.%d", time.Now().UnixNano())}
	proxy := t.TempDir()
	dir := filepath.Join(proxy, filepath.FromSlash(v.Path), "@v")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	put := func(name string, write func(io.Writer) error) {
		t.Helper()
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := write(f); err != nil {
			t.Fatal(err)
		}
	}
	gomod, err := os.ReadFile(filepath.Join(clone, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if modfile.ModulePath(gomod) != v.Path {
		t.Fatalf("README.md installs %s, which is not this module", v.Path)
	}
	put("list", func(w io.Writer) error { _, err := fmt.Fprintln(w, v.Version); return err })
	put(v.Version+".info", func(w io.Writer) error {
		_, err := fmt.Fprintf(w, `{"Version":%q,"Time":"2026-01-01T00:00:00Z"}`, v.Version)
		return err
	})
	put(v.Version+".mod", func(w io.Writer) error { _, err := w.Write(gomod); return err })
	put(v.Version+".zip", func(w io.Writer) error { return modzip.CreateFromDir(w, v, clone) })

	goenv := func(name string) string {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(out))
	}
	cache := goenv("GOMODCACHE")
	t.Cleanup(func() { // the module cache is the machine's, so that nothing is compiled anew
		os.RemoveAll(filepath.Join(cache, filepath.FromSlash(v.Path)+"@"+v.Version))
		own, _ := filepath.Glob(filepath.Join(cache, "cache", "download", filepath.FromSlash(v.Path), "@v", v.Version+".*"))
		for _, file := range own {
			os.Remove(file)
		}
	})
	bin := t.TempDir()
	return append(os.Environ(), "GOBIN="+bin, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"),
		"GOPROXY=file://"+filepath.ToSlash(proxy)+","+goenv("GOPROXY"), "GONOSUMDB="+ownModule, "GOFLAGS=-modcacherw", "GOWORK=off", "NO_COLOR=1")
}
