package frontends

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// asAuthor lets git commit, whatever the user's configuration.
var asAuthor = []string{
	"GIT_AUTHOR_NAME=test", "GIT_AUTHOR_EMAIL=test@example.com",
	"GIT_COMMITTER_NAME=test", "GIT_COMMITTER_EMAIL=test@example.com",
	"GIT_CONFIG_GLOBAL=" + os.DevNull,
}

// user is a git repository whose commits run a hook of this checkout.
type user struct {
	command
	t *testing.T
}

func newUser(t *testing.T, hook string) user {
	if _, err := exec.LookPath("pre-commit"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("pre-commit is not installed, and cannot be left out of the gate")
		}
		t.Skip("pre-commit is not installed")
	}
	u := user{command{dir: module(t, app)}, t}
	// The hooks are installed with a GOPATH of their own; the module cache can
	// be anywhere.
	modcache := u.run(t, "go", "env", "GOMODCACHE").stdout
	u.env = append(slices.Clone(asAuthor),
		"GOMODCACHE="+strings.TrimSpace(modcache),
		"PRE_COMMIT_HOME="+filepath.Join(bin, "pre-commit")) // one installation for all tests
	repo := hookRepository(u)
	rev := strings.TrimSpace(command{repo, u.env}.run(t, "git", "rev-parse", "HEAD").stdout)
	write(t, filepath.Join(u.dir, ".pre-commit-config.yaml"),
		"repos:\n  - repo: "+repo+"\n    rev: "+rev+"\n    hooks:\n      - id: "+hook+"\n")
	u.run(t, "git", "init", "-q", "-b", "main").want(t, 0)
	u.run(t, "pre-commit", "install").want(t, 0)
	return u
}

// hookRepository is this checkout as it stands, committed: pre-commit clones it.
func hookRepository(u user) string {
	u.t.Helper()
	repo := filepath.Join(bin, "poolvet.git")
	if _, err := os.Stat(repo); err == nil {
		return repo
	}
	files := command{root, u.env}.run(u.t, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	files.want(u.t, 0)
	for name := range strings.SplitSeq(strings.Trim(files.stdout, "\x00"), "\x00") {
		if text, err := os.ReadFile(filepath.Join(root, name)); err == nil { // else it is deleted
			write(u.t, filepath.Join(repo, name), string(text))
		}
	}
	c := command{repo, u.env}
	c.run(u.t, "git", "init", "-q", "-b", "main").want(u.t, 0)
	c.run(u.t, "git", "add", "-A").want(u.t, 0)
	c.run(u.t, "git", "commit", "-q", "-m", "poolvet").want(u.t, 0)
	return repo
}

func (u user) commit() ran {
	u.t.Helper()
	u.run(u.t, "git", "add", "-A").want(u.t, 0)
	return u.run(u.t, "git", "commit", "-m", "a change")
}

func TestPreCommit(t *testing.T) {
	u := newUser(t, "poolvet")
	u.commit().want(t, 1, "Failed", filepath.Join("store", "store.go")+":7:21: ", ": SET search_path", "(set-parameter)")
	u.run(t, "git", "rev-parse", "HEAD").want(t, 128) // nothing is committed
	write(t, filepath.Join(u.dir, "store", "store.go"), "package store\n")
	u.commit().want(t, 0, "Passed")
	u.run(t, "git", "rev-parse", "HEAD").want(t, 0)
	// Only Go and SQL files concern it.
	write(t, filepath.Join(u.dir, "README.md"), "An app.\n")
	u.commit().want(t, 0, "Skipped")
}

func TestPreCommitFixes(t *testing.T) {
	u := newUser(t, "poolvet-fix")
	file := filepath.Join(u.dir, "store", "store.go")
	write(t, file, `package store

import "database/sql"

func Use(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("SELECT pg_advisory_lock(1)"); err != nil {
		return err
	}
	if _, err := tx.Exec("SELECT pg_advisory_unlock(1)"); err != nil {
		return err
	}
	return tx.Commit()
}
`)
	u.commit().want(t, 1, "Failed", "files were modified by this hook", "fixed: ")
	if text := read(t, file); !strings.Contains(text, `"SELECT pg_advisory_xact_lock(1)"`) {
		t.Fatalf("not fixed:\n%s", text)
	}
	u.commit().want(t, 0, "Passed")
}
