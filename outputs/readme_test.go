package outputs

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/modfile"
	modzip "golang.org/x/mod/zip"

	"golang.org/x/mod/module"
)

// readerModule is where the commands of README.md run that stand in no clone.
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
-- migrations/1.sql --
SET statement_timeout = 0;
`

// elsewhere are the commands of README.md that other tests run.
var elsewhere = map[string]string{
	"go test ./...": "the tests themselves, by .ci/run",
}

// ownModule is what README.md tells to install.
const ownModule = "github.com/poolvet/poolvet"

// Every command of README.md, as it stands there and in that order.
func TestCommandsOfREADME(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	clone, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	reader, env := files(t, readerModule), publish(t, clone)
	ran := 0
	for _, m := range regexp.MustCompile("(?ms)^```(sh|console)\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
		dir := reader
		if m[1] == "console" || strings.HasPrefix(m[2], "# in a clone of this repository\n") {
			dir = clone
		}
		var command string
		var want []string
		for line := range strings.Lines(m[2]) {
			line = strings.TrimSuffix(line, "\n")
			if rest, ok := strings.CutPrefix(line, "$ "); ok {
				command = rest
			} else if m[1] == "console" {
				want = append(want, line)
			} else if line != "" && line[0] != '#' && elsewhere[line] == "" {
				shell(t, dir, env, line)
				ran++
			}
		}
		if m[1] == "console" {
			shows(t, command, shell(t, dir, env, command), want)
			ran++
		}
	}
	if ran < 15 {
		t.Errorf("only %d commands were found", ran)
	}
	for _, file := range []string{"poolvet.sarif", "poolvet.baseline", "poolers.html"} {
		if b, err := os.ReadFile(filepath.Join(reader, file)); err != nil || len(b) == 0 {
			t.Errorf("%s is not written: %v", file, err)
		}
	}
	if b, _ := os.ReadFile(filepath.Join(reader, "app.go")); !bytes.Contains(b, []byte("pg_advisory_xact_lock(1)")) {
		t.Errorf("-fix changed nothing:\n%s", b)
	}
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
