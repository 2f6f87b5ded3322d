package main

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/poolvet/poolvet/internal/output"
)

func sinceFlag(flags *flag.FlagSet) *string {
	return flags.String("since", "", "a `revision`: report only what stands on lines that changed since this branch left it, in commits or in the working tree")
}

// changes are the lines that changed, by the full name of their file.
type changes map[string]*changedLines

// changedLines are those of one file.
type changedLines struct {
	all    bool // git does not know it
	ranges [][2]int
}

func (c *changedLines) any(from, to int) bool {
	return c != nil && (c.all || slices.ContainsFunc(c.ranges, func(r [2]int) bool { return r[0] <= to && from <= r[1] }))
}

// changesSince asks git what changed in the repository of a folder since the
// branch there and a revision parted. nil stands for no revision.
func changesSince(revision, dir string) (changes, error) {
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
	c := changes{}
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
			c[filepath.Join(root, filepath.FromSlash(name))] = &changedLines{all: true}
		}
	}
	return c, nil
}

// git runs a command of git, of which the error is what it says in a line.
func git(dir string, args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if said, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n"); err != nil && said != "" {
		err = fmt.Errorf("git: %s", strings.TrimPrefix(said, "fatal: "))
	}
	return string(out), err
}

// hunk is how one begins: what was there before, and what is there now.
var hunk = regexp.MustCompile(`^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@`)

// read reads a diff without context.
func (c changes) read(root, diff string) {
	var file *changedLines
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
			file = new(changedLines)
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

// touches reports whether something stands on a line that changed.
func (c changes) touches(file string, from, to int) bool {
	abs, err := filepath.Abs(file)
	if err != nil {
		return true
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil && c[abs] == nil {
		abs = real // as git names it
	}
	return c[abs].any(from, max(from, to))
}

// keep leaves in a report what stands on lines that changed, or leads to one: a
// call of a function that is new.
func (c changes) keep(r *report) {
	if c == nil {
		return
	}
	before := len(r.Findings)
	r.Findings = slices.DeleteFunc(r.Findings, c.isOld)
	r.Summary.LeftOut.Unchanged += before - len(r.Findings)
	r.Unread = slices.DeleteFunc(r.Unread, func(n output.Notice) bool {
		return n.Kind == output.TextNotice && n.Line > 0 && !c.touches(n.File, n.Line, n.Line)
	})
}

func (c changes) isOld(f output.Finding) bool {
	return !c.touches(f.File, f.Line, f.EndLine) && !slices.ContainsFunc(f.Related, func(r output.Related) bool { return c.touches(r.File, r.Line, r.Line) })
}

// keepFixes leaves the fixes of what keep leaves.
func (c changes) keepFixes(all fixes) {
	if c == nil {
		return
	}
	for file, fixes := range all {
		all[file] = slices.DeleteFunc(fixes, func(f fix) bool { return c.isOld(f.finding) })
		if len(all[file]) == 0 {
			delete(all, file)
		}
	}
}

// changesIn are those in the repositories of several folders.
func changesIn(revision string, dirs []string) (changes, error) {
	var all changes
	for _, dir := range dirs {
		if dir != "" {
			if info, err := os.Stat(dir); err == nil && !info.IsDir() {
				dir = filepath.Dir(dir)
			}
		}
		c, err := changesSince(revision, dir)
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
