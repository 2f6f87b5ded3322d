// Package changed says which lines of files differ from a revision of git.
package changed

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Lines are the lines that changed, by the full name of their file. Nil are those
// since no revision.
type Lines map[string]*fileLines

// fileLines are those of one file.
type fileLines struct {
	all    bool // git does not know it
	ranges [][2]int
}

func (c *fileLines) any(from, to int) bool {
	return c != nil && (c.all || slices.ContainsFunc(c.ranges, func(r [2]int) bool { return r[0] <= to && from <= r[1] }))
}

// since asks git what changed in the repository of a folder since the
// branch there and a revision parted. nil stands for no revision.
func since(revision, dir string) (Lines, error) {
	if revision == "" {
		return nil, nil
	}
	root, err := git(dir, "rev-parse", "--show-toplevel")
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, errors.New("-since needs git, which is not installed")
	case err != nil:
		return nil, fmt.Errorf("-since: %s is in no git repository: %w", cmp.Or(dir, "this folder"), err)
	}
	root = strings.TrimSuffix(root, "\n")
	if _, err := git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}"); err != nil {
		return nil, fmt.Errorf("-since: git knows no revision %q here; where the clone is shallow, fetch it first", revision)
	}
	base, err := git(root, "merge-base", "HEAD", revision)
	if err != nil {
		return nil, fmt.Errorf("-since: git sees no common ancestor of HEAD and %s; where the clone is shallow, fetch more of its history", revision)
	}
	c := Lines{}
	diff, err := git(root, "-c", "core.quotepath=off", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/",
		"--unified=0", "--find-renames", strings.TrimSpace(base), "--")
	if err != nil {
		return nil, fmt.Errorf("-since: %w", err)
	}
	c.read(root, diff)
	untracked, err := git(root, "ls-files", "--others", "--exclude-standard", "-z")
	if err != nil {
		return nil, fmt.Errorf("-since: %w", err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(untracked, "\x00"), "\x00") {
		if name != "" {
			c[filepath.Join(root, filepath.FromSlash(name))] = &fileLines{all: true}
		}
	}
	return c, nil
}

// git runs a command of git, of which the error is what it says in a line.
func git(dir string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = dir, outside(os.Environ())
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if said, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n"); err != nil && said != "" {
		err = fmt.Errorf("git: %s", strings.TrimPrefix(said, "fatal: "))
	}
	return string(out), err
}

// outside are variables without those by which git names a repository, as it does
// to its hooks: the folder decides.
func outside(env []string) []string {
	return slices.DeleteFunc(env, func(v string) bool {
		for _, name := range []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"} {
			if strings.HasPrefix(v, name+"=") {
				return true
			}
		}
		return false
	})
}

// hunk is how one begins: what was there before, and what is there now.
var hunk = regexp.MustCompile(`^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@`)

// read reads a diff without context.
func (c Lines) read(root, diff string) {
	var file *fileLines
	left := 0 // lines of the hunk, in which a line may look like a header
	for line := range strings.Lines(diff) {
		line = strings.TrimRight(line, "\r\n")
		switch m := hunk.FindStringSubmatch(line); {
		case left > 0 && strings.HasPrefix(line, "+"):
			left--
		case m != nil && file != nil:
			first, _ := strconv.Atoi(m[1])
			n := 1
			if m[2] != "" {
				n, _ = strconv.Atoi(m[2])
			}
			if left = n; n > 0 {
				file.ranges = append(file.ranges, [2]int{first, first + n - 1})
			}
		case strings.HasPrefix(line, "+++ "):
			file = new(fileLines)
			c[filepath.Join(root, filepath.FromSlash(newName(line[len("+++ "):])))] = file
		case strings.HasPrefix(line, "diff --git "):
			file = nil
		}
	}
}

// newName is the name behind +++, which git quotes as C does where it has to.
func newName(s string) string {
	s = strings.TrimSuffix(s, "\t")
	if unquoted, err := strconv.Unquote(s); err == nil {
		s = unquoted
	}
	return strings.TrimPrefix(s, "b/")
}

// Touches reports whether something stands on a line that changed.
func (c Lines) Touches(file string, from, to int) bool {
	abs, err := filepath.Abs(file)
	if err != nil {
		return true
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil && c[abs] == nil {
		abs = real // as git names it
	}
	return c[abs].any(from, max(from, to))
}

// In are those in the repositories of several folders, since the branch there and
// the revision parted, in commits or in the working tree; nil for the revision "".
// The error says why git does not tell, and names the flag.
func In(revision string, dirs []string) (Lines, error) {
	var all Lines
	for _, dir := range dirs {
		if dir != "" {
			if info, err := os.Stat(dir); err == nil && !info.IsDir() {
				dir = filepath.Dir(dir)
			}
		}
		c, err := since(revision, dir)
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = c
		}
		for file, lines := range c {
			all[file] = lines
		}
	}
	return all, nil
}
