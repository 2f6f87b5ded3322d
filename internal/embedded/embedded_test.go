package embedded

import (
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/text"
)

// The go command embeds no hidden file below a folder unless it is told to, and
// takes the characters of a pattern in the folder that it stands in literally.
func TestBy(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "v[1]*")
	for _, name := range []string{"m/1.sql", "m/_draft.sql", "m/.old.sql", "m/_x/2.sql", "m/sub/3.sql", "m/other/go.mod", "m/other/4.sql", "m/.git/5.sql", "_top.sql"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte("SELECT 1"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for pattern, want := range map[string]string{
		"m":            "m/1.sql m/sub/3.sql",
		"all:m":        "m/.old.sql m/1.sql m/_draft.sql m/_x/2.sql m/sub/3.sql",
		"m/*.sql":      "m/.old.sql m/1.sql m/_draft.sql", // what a pattern names itself
		"m/_draft.sql": "m/_draft.sql",
		"m/_x":         "m/_x/2.sql",
		"*.sql":        "_top.sql",
		"nothing":      "",
	} {
		got := By(dir, pattern)
		if slices.Sort(got); strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %s", pattern, got, want)
		}
	}
}

// A byte order mark is no part of the text, and its bytes count for the place.
func TestByteOrderMark(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "1.sql"), []byte("\ufeffSET a.b = 1"), 0o666); err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	m := &Files{Pass: &analysis.Pass{Fset: fset}, Read: map[string]text.Text{}}
	text := m.Text(&Var{Dir: dir}, "1.sql")[0]
	pos, _, ok := text.Range(0, 3)
	if p := fset.Position(pos); text.Value != "SET a.b = 1" || !ok || p.Line != 1 || p.Column != 4 {
		t.Errorf("%q at %v", text.Value, p)
	}
}

// A raw literal has no \r, wherever they stand in the file.
func TestRawOffsets(t *testing.T) {
	for _, test := range []struct{ src, words string }{
		{"`a\nb\r\nSET x`", "SET"}, {"`a\r\n\r\nSET x`", "SET"}, {"`a\r\rSET x`", "SET"}, {"`\rSET\r`", "SET"}, {"`SET`", "SET"}, {"`S\rE\rT x`", "S\rE\rT"},
	} {
		value := strings.ReplaceAll(test.src[1:len(test.src)-1], "\r", "")
		at := strings.Index(value, "SET")
		if from, to := text.RawOffsets(test.src, at, at+3); test.src[from:to] != test.words {
			t.Errorf("%q: %q", test.src, test.src[from:to])
		}
	}
}
