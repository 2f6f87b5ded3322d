package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A place leads to its line on the web where the remote has the commit, and the
// commit the file as it is.
func TestPageLeadsToSource(t *testing.T) {
	dir := module(t, mover)
	git := func(args ...string) string {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	page := func(when string, links int, args ...string) string {
		t.Helper()
		r := poolvet(t, dir, "", append([]string{"compare", "-format=html", "-pooler=rdsproxy"}, args...)...)
		if got := strings.Count(r.stdout, `<a href="https://github.com/acme/`); got != links || r.status != 0 || r.stderr != "" {
			t.Errorf("%s: %d links, want %d; status %d, stderr %q", when, got, links, r.status, r.stderr)
		}
		return r.stdout
	}
	page("no repository", 0, "./...")
	git("init", "-q", "-b", "main")
	page("no commit", 0, "./...")
	git("add", ".")
	git("commit", "-q", "-m", "all")
	git("remote", "add", "origin", "https://someone:secret@github.com/acme/mover.git")
	page("not pushed", 0, "./...")
	git("update-ref", "refs/remotes/origin/main", "HEAD")
	want := `<a href="https://github.com/acme/mover/blob/` + git("rev-parse", "HEAD") + `/lock/lock.go#L5" rel="noreferrer">lock/lock.go:5:40</a>`
	for when, got := range map[string]string{"pushed": page("pushed", 3, "./..."), "in a folder": page("in a folder", 1, "-C", "lock", ".")} {
		if !strings.Contains(got, want) || strings.Contains(got, "secret") {
			t.Errorf("%s: %s is missing among %q, or there is a secret", when, want, regexp.MustCompile(`<p class="place">.*`).FindAllString(got, -1))
		}
	}
	write("pg.log", "2026-03-12 10:00:00.001 UTC [101] LOG:  statement: SELECT pg_advisory_lock(1)\n")
	if r := poolvet(t, dir, "", "trace", "-format=html", "-log=pg.log", "./..."); strings.Count(r.stdout, strings.TrimSuffix(want, "40</a>")) != 1 {
		t.Errorf("the page of trace does not lead to %s: %s", want, r.stdout)
	}
	write("lock/lock.go", "package lock\n\nimport \"database/sql\"\n\n\nfunc Use(db *sql.DB) { db.Exec(\"SELECT pg_advisory_lock(1)\") }\n")
	page("a changed file", 2, "./...")
	write("new/new.go", "package new\n\nimport \"database/sql\"\n\nfunc Use(db *sql.DB) { db.Exec(\"SET ROLE c\") }\n")
	page("a new file", 2, "./...")
	git("add", ".")
	git("commit", "-q", "-m", "not pushed")
	page("a commit ahead", 0, "./...")
}
