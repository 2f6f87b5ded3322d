package output

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// hostile is text that no format may take for its own.
const hostile = "a\x00\x1b[31m\x0b]]>&<x y=\"1\">' \xff\u2028\ufffe |` \n::error::"

// ciReport has what the reports of CI systems must tell apart.
func ciReport() *Report {
	r := &Report{
		Findings: []Finding{
			{Rule: "set-role", Outcome: "leaks", Evidence: "measured", Package: "example.com/a", Function: "Use", File: filepath.Join("a", "a.go"), Line: 3, Column: 2, EndLine: 3, EndColumn: 7, Text: "SET ROLE", Message: "SET ROLE: leaks (set-role)", Remedy: "do that"},
			{Rule: "set-role", Outcome: "pins", Evidence: "measured", Package: "example.com/a", Function: "Use", File: filepath.Join("a", "a.go"), Line: 9, Column: 2, EndLine: 9, EndColumn: 7, Text: "SET ROLE", Message: "SET ROLE: pins (set-role)"},
			{Rule: "listen", Outcome: "ok", File: "b.sql", Line: 1, Text: "LISTEN", Message: "LISTEN: ok (listen)"},
			{Rule: "listen", Outcome: "lost", Evidence: "inferred", Package: "example.com/" + hostile, Function: hostile, File: hostile, Text: hostile, Message: hostile, Remedy: hostile},
		},
		Unread: []Notice{
			{Kind: TextNotice, File: "a.go", Line: 7, Column: 3, Package: "example.com/broken", Message: "not read: " + hostile},
			{Kind: PackageNotice, Package: "example.com/broken", Message: "not listed"},
			{Kind: PackageNotice, Message: "nothing is listed"},
		},
		Read: []string{"b.sql", "example.com/a", "example.com/broken", "example.com/clean"},
	}
	r.Summary = Summary{Poolers: []string{"RDS Proxy"}, Pooler: "rdsproxy", Packages: 3}
	r.End()
	return r
}

func TestGitLabReport(t *testing.T) {
	var b bytes.Buffer
	if err := WriteGitLab(&b, ciReport(), new(Sources), false); err != nil {
		t.Fatal(err)
	}
	// What GitLab's schema and documentation ask of each:
	// https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/validators/json_schemas/codeclimate.json
	var all []struct {
		Description, Fingerprint, Severity *string
		CheckName                          *string `json:"check_name"`
		Location                           *struct {
			Path  *string
			Lines *struct{ Begin *int }
		}
	}
	dec := json.NewDecoder(&b)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&all); err != nil {
		t.Fatal(err)
	}
	prints := map[string]bool{}
	var got []string
	for i, f := range all {
		if f.Description == nil || f.Fingerprint == nil || f.Severity == nil || f.CheckName == nil || f.Location == nil ||
			f.Location.Path == nil || f.Location.Lines == nil || f.Location.Lines.Begin == nil {
			t.Fatalf("entry %d lacks something: %+v", i, f)
		}
		if strings.ContainsFunc(*f.Description, func(r rune) bool { return r < ' ' }) {
			t.Errorf("control characters in %q", *f.Description)
		}
		prints[*f.Fingerprint] = true
		got = append(got, strings.Join([]string{*f.Severity, *f.CheckName, *f.Location.Path}, " "))
		if *f.Location.Lines.Begin < 1 {
			t.Errorf("%s stands at line %d", got[i], *f.Location.Lines.Begin)
		}
	}
	want := []string{
		"blocker not-read a.go", "blocker not-read .", "blocker not-read .",
		"critical set-role a/a.go", "major set-role a/a.go", "info listen b.sql",
	}
	if len(got) != 7 || !slices.Equal(got[:6], want) {
		t.Errorf("got %q", got)
	}
	if len(prints) != len(all) {
		t.Errorf("%d fingerprints of %d findings", len(prints), len(all))
	}
}

// An empty report is an empty list, which GitLab can read.
func TestGitLabReportOfNothing(t *testing.T) {
	var b bytes.Buffer
	if err := WriteGitLab(&b, &Report{}, new(Sources), false); err != nil || b.String() != "[]\n" {
		t.Errorf("%q, %v", &b, err)
	}
}

// A finding is known by the same fingerprint when its line moves, and by the
// one that SARIF has.
func TestFingerprintsStayWhenLinesMove(t *testing.T) {
	report := func(line int) *Report {
		r := ciReport()
		r.Unread = nil
		for i := range r.Findings {
			r.Findings[i].Line += line
			r.Findings[i].EndLine += line
		}
		return r
	}
	of := func(r *Report) (all []string) {
		var b bytes.Buffer
		if err := WriteGitLab(&b, r, new(Sources), false); err != nil {
			t.Fatal(err)
		}
		var found []struct{ Fingerprint string }
		if err := json.Unmarshal(b.Bytes(), &found); err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			all = append(all, f.Fingerprint)
		}
		return all
	}
	if here, there := of(report(0)), of(report(100)); !slices.Equal(here, there) {
		t.Errorf("%q became %q", here, there)
	}
	var b bytes.Buffer
	if err := WriteSARIF(&b, report(0), new(Sources), false); err != nil {
		t.Fatal(err)
	}
	for _, print := range of(report(0)) {
		if !strings.Contains(b.String(), print) {
			t.Errorf("%s is not in SARIF", print)
		}
	}
}

func TestEachPackageIsLeftOutOnce(t *testing.T) {
	r := &Report{Unread: []Notice{{Kind: PackageNotice, Package: "a", Message: "no types"}, {Kind: PackageNotice, Package: "a", Message: "no syntax"}, {Kind: PackageNotice, Package: "b"}}}
	r.End()
	if r.Summary.LeftOut.Packages != 2 || r.Summary.Status != Failed {
		t.Errorf("%+v", r.Summary)
	}
}

// What works behind the pooler is a result that passes.
func TestSARIFOfWhatWorks(t *testing.T) {
	var b bytes.Buffer
	if err := WriteSARIF(&b, ciReport(), new(Sources), false); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct{ RuleID, Kind, Level string }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	passes := 0
	for _, r := range log.Runs[0].Results {
		if r.Kind == "pass" {
			passes++
		}
		if (r.Kind == "pass") != (r.Level == "none") {
			t.Errorf("%+v", r)
		}
	}
	if passes != 1 {
		t.Errorf("%d results pass", passes)
	}
}

func TestJUnitReport(t *testing.T) {
	var b bytes.Buffer
	if err := WriteJUnit(&b, ciReport(), new(Sources), false); err != nil {
		t.Fatal(err)
	}
	type detail struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	var report struct {
		XMLName  xml.Name `xml:"testsuites"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Errors   int      `xml:"errors,attr"`
		Suites   []struct {
			Name  string `xml:"name,attr"`
			Tests int    `xml:"tests,attr"`
			Cases []struct {
				Class   string  `xml:"classname,attr"`
				Name    string  `xml:"name,attr"`
				File    string  `xml:"file,attr"`
				Failure *detail `xml:"failure"`
				Error   *detail `xml:"error"`
				Output  string  `xml:"system-out"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	dec := xml.NewDecoder(bytes.NewReader(b.Bytes()))
	dec.Strict = true
	if err := dec.Decode(&report); err != nil {
		t.Fatalf("%v in\n%s", err, &b)
	}
	var got []string
	for _, s := range report.Suites {
		if s.Tests != len(s.Cases) {
			t.Errorf("%s counts %d of %d cases", s.Name, s.Tests, len(s.Cases))
		}
		for _, c := range s.Cases {
			if c.Class != s.Name {
				t.Errorf("class %q in suite %q", c.Class, s.Name)
			}
			how := "passes"
			if c.Failure != nil {
				how = "fails"
			}
			if c.Error != nil {
				how = "errs"
			}
			got = append(got, c.Class+" | "+c.Name+" | "+c.File+" | "+how)
		}
	}
	want := []string{
		"b.sql | listen: LISTEN | b.sql | passes",
		"example.com/a | set-role: SET ROLE in Use | a/a.go | fails",
		"example.com/a | set-role: SET ROLE in Use (2) | a/a.go | fails",
		// hostile, looked at below
		"example.com/broken | read in full | a.go | errs",
		"example.com/broken | read in full (2) |  | errs",
		"example.com/clean | nothing found |  | passes",
		"poolvet | read in full |  | errs",
	}
	i := slices.IndexFunc(got, func(s string) bool { return strings.Contains(s, "]]>&<x y=\"1\">'") })
	if i < 0 || !slices.Equal(slices.Delete(slices.Clone(got), i, i+1), want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if report.Tests != 8 || report.Failures != 3 || report.Errors != 3 {
		t.Errorf("%d tests, %d failures, %d errors", report.Tests, report.Failures, report.Errors)
	}
	if text := report.Suites[1].Cases[0].Failure.Text; text != filepath.Join("a", "a.go")+":3:2: SET ROLE: leaks (set-role)\ndo that" {
		t.Errorf("the failure says %q", text)
	}
	if said := report.Suites[0].Cases[0].Output; said != "b.sql:1: LISTEN: ok (listen)" {
		t.Errorf("what is ok says %q", said)
	}
	// What XML 1.0 cannot have, not even as an entity.
	for _, r := range b.String() {
		if r < ' ' && r != '\n' || r == '\ufffe' {
			t.Errorf("%q in the report", r)
		}
	}
	if strings.Contains(b.String(), "&#x0;") || strings.Contains(b.String(), "&#x1B;") {
		t.Error("an entity for a control character")
	}
}
