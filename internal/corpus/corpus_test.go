package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const labels = `
{"repo":"a/b","file":"x.go","line":1,"kind":"set-session","expected":"report","effect":"breaks","in_test_file":false}
{"repo":"a/b","file":"x.go","line":2,"sink_line":9,"kind":"listen","expected":"report","effect":"breaks"}
{"repo":"a/b","file":"x.go","line":3,"kind":"seq-nextval","expected":"report","effect":"pins-only"}
{"repo":"a/b","file":"x.go","line":4,"kind":"english","expected":"no-report","effect":"none"}
{"repo":"a/b","file":"x.go","line":5,"kind":"set-session","expected":"debatable","effect":"depends"}
{"repo":"a/b","file":"x.go","line":6,"kind":"cfg-driver","expected":"report","effect":"breaks"}
{"repo":"a/b","file":"x_test.go","line":7,"kind":"listen","expected":"report","effect":"breaks","in_test_file":true}
`

func TestScore(t *testing.T) {
	ls, err := Read(strings.NewReader(labels))
	if err != nil {
		t.Fatal(err)
	}
	findings := []Finding{{File: "x.go", Line: 9}, {File: "x.go", Line: 4}, {File: "x.go", Line: 5}, {File: "y.go", Line: 1}}
	s := Of(ls, findings, func(l Label) bool { return Scored(l, false, true) })
	if s.Wanted != 3 || s.Found != 1 || len(s.Missed) != 2 || s.Unwanted != 1 || len(s.FalseAlarms) != 1 || len(s.Unlabelled) != 1 {
		t.Errorf("%+v", s)
	}
	if s := Of(ls, []Finding{{File: "x.go", Line: 8, EndLine: 9}}, func(l Label) bool { return Scored(l, false, true) }); s.Found != 1 {
		t.Errorf("a statement of two lines finds %d, want 1", s.Found)
	}
	if s := Of(ls, nil, func(l Label) bool { return Scored(l, false, false) }); s.Wanted != 2 {
		t.Errorf("where nothing pins %d count, want 2", s.Wanted)
	}
	if s := Of(ls, nil, func(l Label) bool { return Scored(l, true, true) }); s.Wanted != 1 {
		t.Errorf("%d labels of configuration count, want 1", s.Wanted)
	}
}

func TestReadNamesTheLine(t *testing.T) {
	if _, err := Read(strings.NewReader("{}\n{")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
}

func TestReadFile(t *testing.T) {
	if ls, err := ReadFile(""); len(ls) != 0 || err != nil {
		t.Errorf("no file has %v, %v", ls, err)
	}
	name := filepath.Join(t.TempDir(), "labels.jsonl")
	if err := os.WriteFile(name, []byte(labels), 0o666); err != nil {
		t.Fatal(err)
	}
	if ls, err := ReadFile(name); len(ls) != 7 || err != nil {
		t.Errorf("%d labels, %v, want 7", len(ls), err)
	}
	if _, err := ReadFile(name + "x"); err == nil {
		t.Error("a file that is not there is no error")
	}
}

// What is no finding, what could not be read and the summary, is left out.
func TestReadFindings(t *testing.T) {
	fs, err := ReadFindings([]byte(`{"rule":"listen","file":"x.go","line":3,"message":"lost"}
{"kind":"text","error":"x.go:9: not analysed"}
{"summary":{"findings":1}}
`))
	if want := []Finding{{File: "x.go", Line: 3, Rule: "listen", Message: "lost"}}; err != nil || !slices.Equal(fs, want) {
		t.Errorf("%v, %v, want %v", fs, err, want)
	}
	if _, err := ReadFindings([]byte("no JSON")); err == nil {
		t.Error("what is no JSON is no error")
	}
}

// The module of a file is the nearest above it.
func TestModules(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{".", "sub"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, d, "go.mod"), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got := Modules(dir, []Label{{File: "sub/db/x.go"}, {File: "y.go"}, {File: "db/z.go"}})
	if want := []string{filepath.Join(dir, "sub"), dir}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
