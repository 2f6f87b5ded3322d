package output

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// The parts of JUnit's XML that its readers share: GitLab takes a case's suite
// from its classname and shows the text of a failure, others the message.
// https://docs.gitlab.com/ci/testing/unit_test_reports/
// https://github.com/testmoapp/junitxml
//
// Times, which some readers want, are zero: the same code gives the same bytes.
type (
	junitReport struct {
		XMLName xml.Name `xml:"testsuites"`
		Name    string   `xml:"name,attr"`
		junitCounts
		Suites []*junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name string `xml:"name,attr"`
		junitCounts
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`

		named map[string]int // cases
	}
	junitCounts struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Time     int `xml:"time,attr"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitCase struct {
		Class   string       `xml:"classname,attr"`
		Name    string       `xml:"name,attr"`
		File    string       `xml:"file,attr,omitempty"`
		Line    int          `xml:"line,attr,omitempty"`
		Time    int          `xml:"time,attr"`
		Failure *junitDetail `xml:"failure"`
		Error   *junitDetail `xml:"error"`
		Output  string       `xml:"system-out,omitempty"`
	}
	junitDetail struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

// WriteJUnit writes a suite for each package, or text of poolvet sql: a finding
// that a run fails for is a failure, what could not be read is an error, and where
// there is nothing, one case passes.
func WriteJUnit(w io.Writer, r *Report, _ *Sources, _ bool) error {
	suites := map[string]*junitSuite{}
	of := func(name string) *junitSuite {
		if suites[name] == nil {
			suites[name] = &junitSuite{
				Name:       OneLine(name),
				Properties: []junitProperty{{"pooler", r.Summary.Pooler}},
				named:      map[string]int{},
			}
		}
		return suites[name]
	}
	for _, n := range r.Unread {
		detail := &junitDetail{n.unplaced(), n.Kind, n.String()}
		of(cmp.Or(n.Package, filepath.ToSlash(n.File), Program)).
			add(junitCase{Name: "read in full", File: n.File, Line: n.Line, Error: detail})
	}
	for _, f := range r.Findings {
		c := junitCase{Name: f.caseName(), File: f.File, Line: f.Line}
		if f.Level == Note {
			c.Output = f.junitText()
		} else {
			c.Failure = &junitDetail{OneLine(f.Message), f.Rule, f.junitText()}
		}
		of(f.owner()).add(c)
	}
	for _, name := range r.Read {
		if s := of(name); len(s.Cases) == 0 {
			s.add(junitCase{Name: "nothing found"})
		}
	}
	report := junitReport{Name: Program}
	for _, s := range suites {
		report.Suites = append(report.Suites, s)
		report.Tests += s.Tests
		report.Failures += s.Failures
		report.Errors += s.Errors
	}
	slices.SortFunc(report.Suites, func(a, b *junitSuite) int { return cmp.Compare(a.Name, b.Name) })
	text, err := xml.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	return err
}

// add counts a case, and makes its name unique: GitLab leaves out what is named
// as another.
func (s *junitSuite) add(c junitCase) {
	c.Class, c.File = s.Name, OneLine(filepath.ToSlash(c.File))
	s.named[c.Name]++
	if n := s.named[c.Name]; n > 1 {
		c.Name += fmt.Sprintf(" (%d)", n)
	}
	s.Tests++
	if c.Failure != nil {
		s.Failures++
	}
	if c.Error != nil {
		s.Errors++
	}
	s.Cases = append(s.Cases, c)
}

// caseName has no line, so that a finding whose line moves is no new one.
func (f Finding) caseName() string {
	name := f.Rule + ": " + cmp.Or(f.Text, f.Message)
	if f.Function != "" {
		name += " in " + f.Function
	}
	return OneLine(name)
}

// junitText is a finding with what text has below it.
func (f Finding) junitText() string {
	lines := append([]string{f.Place() + ": " + f.Message}, notes(f)...)
	for i := range lines {
		lines[i] = OneLine(lines[i])
	}
	return strings.Join(lines, "\n")
}
