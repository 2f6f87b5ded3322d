package patch

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/patch/patchtest"
)

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
		for _, command := range patchtest.Appliers(t) {
			dir := t.TempDir()
			file := filepath.Join(dir, "f.txt")
			if err := os.WriteFile(file, []byte(old), 0o666); err != nil {
				t.Fatal(err)
			}
			patchtest.Apply(t, dir, diff, command...)
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
