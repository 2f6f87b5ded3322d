package output

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// edit replaces the first old in a source by text.
func edit(source, old, text string) TextEdit {
	start := strings.Index(source, old)
	e := TextEdit{File: "a.go", NewText: text}
	e.Line, e.Column = placeOf(source, start)
	e.EndLine, e.EndColumn = placeOf(source, start+len(old))
	return e
}

// shownFix is what is shown of a fix, below the notes.
func shownFix(source string, edits ...TextEdit) string {
	f := Finding{Fix: &SuggestedFix{Title: "Do it", Edits: edits}}
	_, fix, _ := strings.Cut(framed("⟦"+source[:1]+"⟧"+source[1:], f), "fix: Do it\n")
	return fix
}

func TestFixesAreShownAsDiffs(t *testing.T) {
	const source = "SET a = 1\nSET b = 2\nSET c = 3\nSET d = 4"
	for _, test := range []struct {
		name, source string
		edits        []TextEdit
		want         string
	}{
		{"a word", source, []TextEdit{edit(source, "SET b", "SET LOCAL b")}, `
  2 - SET b = 2
  2 + SET LOCAL b = 2
`},
		{"two in a line, in any order", source, []TextEdit{edit(source, "2", "7"), edit(source, "b", "x")}, `
  2 - SET b = 2
  2 + SET x = 7
`},
		{"lines apart", source, []TextEdit{edit(source, "4", "5"), edit(source, "1", "0")}, `
  1 - SET a = 1
  1 + SET a = 0
  4 - SET d = 4
  4 + SET d = 5
`},
		{"a line that comes moves those below", source, []TextEdit{edit(source, "SET b", "BEGIN;\nSET b"), edit(source, "SET d = 4", "COMMIT")}, `
  2 + BEGIN;
  4 - SET d = 4
  5 + COMMIT
`},
		{"a line that goes", source, []TextEdit{edit(source, "SET b = 2\n", "")}, `
  2 - SET b = 2
`},
		{"over lines", source, []TextEdit{edit(source, "b = 2\nSET c", "x")}, `
  2 - SET b = 2
  3 - SET c = 3
  2 + SET x = 3
`},
		{"passwords stay hidden", "x\nOpen(\"postgres://u:s3cret@h/db\")", []TextEdit{{"a.go", 2, 31, 2, 31, "?jit=off"}}, `
  2 - Open("postgres://u:******@h/db")
  2 + Open("postgres://u:******@h/db?jit=off")
`},
		{"what a terminal would act on", "x\na\x1b[2Jb", []TextEdit{{"a.go", 2, 1, 2, 2, "\u202ec"}}, `
  2 - a·[2Jb
  2 + ·c·[2Jb
`},
		{"many lines", source, []TextEdit{edit(source, "SET a", strings.Repeat("x\n", 20)+"SET a")}, `
  1 + x
  2 + x
  3 + x
  4 + x
  5 + x
  6 + x
  7 + x
  8 + x
  . | …
`},
		{"a file that is another by now", source, []TextEdit{{"a.go", 9, 1, 9, 2, ""}}, ""},
		{"a column that is not there", source, []TextEdit{{"a.go", 4, 70, 4, 71, ""}}, ""},
		{"no place", source, []TextEdit{{File: "a.go"}}, ""},
		{"an end before the beginning", source, []TextEdit{{"a.go", 3, 1, 2, 1, ""}}, ""},
		{"a column of no line", source, []TextEdit{{"a.go", 1, 0, 1, 0, ""}}, ""},
		{"edits over each other", source, []TextEdit{{"a.go", 1, 1, 1, 5, ""}, {"a.go", 1, 3, 1, 7, ""}}, ""},
	} {
		got := shownFix(test.source, test.edits...)
		want := strings.TrimPrefix(test.want, "\n")
		if test.name == "many lines" {
			got, want = strings.ReplaceAll(got, "   ", "  "), strings.ReplaceAll(want, "   ", "  ") // a gutter for line 20
		}
		if got != want {
			t.Errorf("%s:\n%swant\n%s", test.name, got, want)
		}
	}
}

func TestLongLinesOfFixesAreCutAroundTheChange(t *testing.T) {
	source := "x\n" + strings.Repeat("y", 5000) + "SET a" + strings.Repeat("z", 5000)
	got := shownFix(source, edit(source, "SET a", "SET LOCAL a"))
	lines := strings.Split(got, "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], "ySET az") || !strings.Contains(lines[1], "ySET LOCAL az") {
		t.Fatalf("got\n%s", got)
	}
	for _, l := range lines {
		if n := len([]rune(l)); n > maxWidth+10 {
			t.Errorf("a line of %d columns", n)
		}
	}
}

// A fix that edits another file too says so.
func TestFixesOfAnotherFile(t *testing.T) {
	var src Sources
	src.Put("a.go", "SET a")
	src.Put("b.go", "1\nold")
	f := Finding{Level: Error, File: "a.go", Line: 1, Column: 1, EndLine: 1, EndColumn: 4, Message: "m", Fix: &SuggestedFix{
		Title: "Do it", Edits: []TextEdit{{"b.go", 2, 1, 2, 4, "new"}, {"a.go", 1, 4, 1, 4, " LOCAL"}}}}
	for color, want := range map[bool]string{
		false: "a.go:1:1: error: m\n  1 | SET a\n    | ^^^\n    = fix: Do it\n  1 - SET a\n  1 + SET LOCAL a\n    = in b.go\n  2 - old\n  2 + new\n",
		true: fmt.Sprintf("%[1]sa.go:1:1:%[4]s %[2]serror:%[4]s m\n%[3]s  1 |%[4]s SET a\n%[3]s    |%[4]s %[2]s^^^%[4]s\n%[3]s    =%[4]s fix: Do it\n"+
			"%[3]s  1 -%[4]s %[2]sSET a%[4]s\n%[3]s  1 +%[4]s %[5]sSET LOCAL a%[4]s\n%[3]s    =%[4]s in b.go\n%[3]s  2 -%[4]s %[2]sold%[4]s\n%[3]s  2 +%[4]s %[5]snew%[4]s\n", bold, red, dim, plain, green),
	} {
		var b bytes.Buffer
		if err := WriteText(&b, &Report{Findings: []Finding{f}}, &src, color); err != nil || b.String() != want {
			t.Errorf("%v\n%swant\n%s", err, &b, want)
		}
	}
}
