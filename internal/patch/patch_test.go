package patch

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// appliers are the commands that a diff is for, as far as they are there.
func appliers(t *testing.T) [][]string {
	t.Helper()
	var found [][]string
	for _, command := range [][]string{{"patch", "-p1", "-i"}, {"git", "apply"}} {
		if _, err := exec.LookPath(command[0]); err == nil {
			found = append(found, command)
		}
	}
	if len(found) == 0 {
		t.Fatal("neither patch nor git is there to take a diff")
	}
	return found
}

// apply gives a diff to a command in a folder.
func apply(t *testing.T, dir, diff string, command ...string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "diff")
	if err := os.WriteFile(file, []byte(diff), 0o666); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(command[0], append(command[1:], file)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil || strings.Contains(string(out), "offset") || strings.Contains(string(out), "fuzz") {
		t.Fatalf("%v: %v %s\n%s", command, err, out, diff)
	}
}

// A diff between any two texts makes the one of the other.
func TestUnified(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	text := func(lines []string) string {
		return strings.Join(lines, "\n") + []string{"", "\n", "\r\n"}[rnd.IntN(3)]
	}
	for range 40 {
		before := make([]string, 1+rnd.IntN(40))
		for i := range before {
			before[i] = string(rune('a'+rnd.IntN(4))) + strings.Repeat("\r", rnd.IntN(2))
		}
		after := slices.Clone(before)
		for range 1 + rnd.IntN(5) {
			switch at := rnd.IntN(len(after)); rnd.IntN(3) {
			case 0:
				after = slices.Insert(after, at, "new", "lines")
			case 1:
				after[at] += "!"
			default:
				after = append(slices.Delete(after, at, at+1), "end")
			}
		}
		old, now := text(before), text(after)
		diff := Unified("f.txt", old, now)
		checkHeaders(t, diff)
		for _, command := range appliers(t) {
			dir := t.TempDir()
			file := filepath.Join(dir, "f.txt")
			if err := os.WriteFile(file, []byte(old), 0o666); err != nil {
				t.Fatal(err)
			}
			apply(t, dir, diff, command...)
			if got, err := os.ReadFile(file); err != nil || string(got) != now {
				t.Fatalf("%v: %v, %q is no %q\n%s", command, err, got, now, diff)
			}
		}
	}
}

// checkHeaders checks that each hunk has the lines that it says, and that the
// places before and after differ by what the hunks before it add: patch does
// not look at the place after.
func checkHeaders(t *testing.T, diff string) {
	t.Helper()
	if first, others, ok := strings.Cut(diff, "\n--- "); ok {
		checkHeaders(t, others)
		diff = first + "\n"
	}
	grown := 0
	for _, hunk := range strings.Split(diff, "\n@@ -")[1:] {
		header, body, _ := strings.Cut(hunk, " @@\n")
		old, now, _ := strings.Cut(header, " +")
		from, n := linesOf(old)
		to, m := linesOf(now)
		both := strings.Count("\n"+body, "\n ")
		removed, added := strings.Count("\n"+body, "\n-"), strings.Count("\n"+body, "\n+")
		if n != both+removed || m != both+added || to != from+grown {
			t.Fatalf("%s: %d lines and %d, %d more: %s", header, n, m, grown, diff)
		}
		grown += added - removed
	}
}

// linesOf reads "7,3" of a header, and "7", which is one line.
func linesOf(s string) (line, n int) {
	n = 1
	fmt.Sscanf(s, "%d,%d", &line, &n)
	return line, n
}
