package output

import (
	"bytes"
	"strings"
	"testing"
)

// A finding of the words between ⟦ and ⟧ in a source.
func framed(source string, f Finding) string {
	start := strings.Index(source, "⟦")
	source = strings.Replace(source, "⟦", "", 1)
	end := strings.Index(source, "⟧")
	source = strings.Replace(source, "⟧", "", 1)
	f.File, f.Level, f.Message = "a.go", Warning, "SET x: pins (set-parameter)"
	f.Line, f.Column = placeOf(source, start)
	f.EndLine, f.EndColumn = placeOf(source, end)
	var src Sources
	src.Put("a.go", source)
	var b bytes.Buffer
	if err := WriteText(&b, &Report{Findings: []Finding{f}}, &src, false); err != nil {
		return err.Error()
	}
	_, frame, _ := strings.Cut(b.String(), "\n")
	return frame
}

func placeOf(source string, offset int) (line, column int) {
	before := source[:offset]
	return 1 + strings.Count(before, "\n"), offset - strings.LastIndexByte(before, '\n')
}

func TestFrames(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"plain", `db.Exec("⟦SET x⟧ = 1")`, `
  1 | db.Exec("SET x = 1")
    |          ^^^^^
`},
		{"tabs before and within", "\n\tdb.Exec(\"⟦SET\tx⟧\")", `
  2 |     db.Exec("SET    x")
    |              ^^^^^^^^
`},
		{"wide runes before and within", `db.Exec("日本 ⟦SET 日⟧")`, `
  1 | db.Exec("日本 SET 日")
    |               ^^^^^^
`},
		{"combining marks take no column", "e\u0301 ⟦SET⟧", "\n  1 | e\u0301 SET\n    |   ^^^\n"},
		{"line ends of Windows", "one\r\n⟦SET\r\n  x⟧ = 1\r\n", `
  2 | SET
    | ^^^
  3 |   x = 1
    |   ^
`},
		{"several lines", "db.Exec(`⟦SET\n\tx\n\n\ty\n\tz⟧`)", `
  1 | db.Exec(` + "`" + `SET
    |          ^^^
  2 |     x
    |     ^
  3 |
  . | …
`},
		{"an empty range", "a⟦⟧b", `
  1 | ab
    |  ^
`},
		{"the end of a line", "ab⟦⟧", `
  1 | ab
    |   ^
`},
		{"what a terminal would act on", "\x1b[2J⟦SET\u202e⟧", `
  1 | ·[2JSET·
    |     ^^^^
`},
		{"not UTF-8", "\xff⟦SET⟧", "\n  1 | \ufffdSET\n    |  ^^^\n"},
		{"line 10", strings.Repeat("\n", 9) + "⟦SET⟧", `
  10 | SET
     | ^^^
`},
	} {
		if got := framed(test.source, Finding{}); got != test.want[1:] {
			t.Errorf("%s:\n%swant\n%s", test.name, got, test.want[1:])
		}
	}
}

func TestLongLinesAreCut(t *testing.T) {
	got := framed(strings.Repeat("x", 5000)+"⟦SET⟧"+strings.Repeat("y", 5000), Finding{})
	lines := strings.Split(got, "\n")
	for _, l := range lines {
		if n := len([]rune(l)); n > maxWidth+10 {
			t.Errorf("a line of %d columns", n)
		}
	}
	at := strings.Index(lines[1], "^^^")
	if marked := []rune(lines[0])[at : at+3]; string(marked) != "SET" {
		t.Errorf("%q is marked in\n%s", string(marked), got)
	}
	// The marks of a range that goes on past the cut end with it.
	got = framed("⟦SET"+strings.Repeat("y", 5000)+"⟧", Finding{})
	if n := strings.Count(got, "^"); n != maxWidth {
		t.Errorf("%d marks", n)
	}
}

func TestNotesBelowTheSource(t *testing.T) {
	got := framed("⟦SET⟧", Finding{Remedy: "do without", Reference: "https://example.com"})
	want := "  1 | SET\n    | ^^^\n    = do without\n    = see https://example.com\n"
	if got != want {
		t.Errorf("got\n%s", got)
	}
	got = framed("⟦SET⟧", Finding{Remedy: "pins"}) // the message says it
	if want := "  1 | SET\n    | ^^^\n"; got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestFindingsWithoutSource(t *testing.T) {
	var b bytes.Buffer
	found := []Finding{
		{Level: Error, File: "nowhere.go", Line: 3, Column: 1, EndLine: 3, EndColumn: 2, Message: "one\ntwo"},
		{Level: Note, File: "nowhere.go", Message: "no place"},
	}
	if err := WriteText(&b, &Report{Findings: found}, new(Sources), false); err != nil {
		t.Fatal(err)
	}
	want := "nowhere.go:3:1: error: one two\n\nnowhere.go: note: no place\n"
	if b.String() != want {
		t.Errorf("got\n%s", &b)
	}
}

func TestColor(t *testing.T) {
	var plainText, colored bytes.Buffer
	var src Sources
	src.Put("a.go", "SET x")
	at := Finding{File: "a.go", Line: 1, Column: 1, EndLine: 1, EndColumn: 6, Message: "SET x: pins", Reference: "r"}
	f := &Report{}
	for _, at.Level = range []Level{Error, Warning, Note} {
		f.Findings = append(f.Findings, at)
		at.Message += "."
	}
	WriteText(&plainText, f, &src, false)
	WriteText(&colored, f, &src, true)
	for _, want := range []string{red + "^^^^^" + plain, red + "error:" + plain, yellow + "warning:" + plain, cyan + "note:" + plain} {
		if !strings.Contains(colored.String(), want) {
			t.Errorf("%q is not in %q", want, &colored)
		}
	}
	if strings.Contains(plainText.String(), "\x1b") {
		t.Errorf("plain %q, coloured %q", &plainText, &colored)
	}
	stripped := strings.NewReplacer(bold, "", red, "", yellow, "", cyan, "", dim, "", plain, "").Replace(colored.String())
	if stripped != plainText.String() {
		t.Errorf("coloured text differs: %q", stripped)
	}
}
