// Package patchtest hands diffs to the commands that they are for.
package patchtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Appliers are the commands that a diff is for, as far as they are there.
func Appliers(t *testing.T) [][]string {
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

// Apply gives a diff to a command in a folder.
func Apply(t *testing.T, dir, diff string, command ...string) {
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
