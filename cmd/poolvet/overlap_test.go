package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/aymanbagabas/go-udiff"
)

// Of fixes that edit the same the first is made, and the other is said to be left.
func TestFixesThatOverlap(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(file, []byte("package a\n\nvar x = 1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	edit := func(start, end int, with string) fix {
		return fix{edits: []udiff.Edit{{Start: start, End: end, New: with}}}
	}
	c, err := newChange(func(string, []byte) bool { return true }, file, []fix{edit(19, 20, "22"), edit(15, 20, "y = 3"), edit(19, 20, "4")})
	if err != nil {
		t.Fatal(err)
	}
	if string(c.after) != "package a\n\nvar y = 3\n" || len(c.done) != 1 || len(c.dropped) != 2 {
		t.Errorf("%d done, %d dropped: %s", len(c.done), len(c.dropped), c.after)
	}
}
