// Package corpus scores findings against sites in real code that were labelled
// by hand.
package corpus

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Label is one labelled site: a line of a labels file.
type Label struct {
	Repo     string `json:"repo"` // owner/name
	Commit   string `json:"commit"`
	File     string `json:"file"` // in the repository, with slashes
	Line     int    `json:"line"`
	SinkLine int    `json:"sink_line"` // where the text is run, if elsewhere
	Kind     string `json:"kind"`      // "cfg-…" is configuration
	Text     string `json:"sql_or_config"`
	Sink     string `json:"sink"`
	How      string `json:"how_reached"`
	Effect   string `json:"effect"`   // breaks, pins-only, depends, none
	Expected string `json:"expected"` // report, no-report, debatable
	InTest   bool   `json:"in_test_file"`
}

// IsConfig reports whether the label is of driver configuration, not of SQL.
func (l Label) IsConfig() bool { return strings.HasPrefix(l.Kind, "cfg-") }

// Finding is what poolvet, or another tool, reports on a line.
type Finding struct {
	File    string `json:"file"` // in the repository, with slashes
	Line    int    `json:"line"`
	EndLine int    `json:"-"` // the last line of the statement, of a tool that tells no other place; 0 for Line
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// Read reads a labels file: one JSON object a line.
func Read(r io.Reader) ([]Label, error) {
	var labels []Label
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var l Label
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		labels = append(labels, l)
	}
	return labels, lines.Err()
}

// ReadFile reads a labels file; that of no name has no labels.
func ReadFile(name string) ([]Label, error) {
	if name == "" {
		return nil, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	labels, err := Read(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return labels, nil
}

// ReadFindings reads what poolvet writes with -format=json.
func ReadFindings(out []byte) (all []Finding, err error) {
	for line := range bytes.Lines(out) {
		var f Finding
		if err := json.Unmarshal(line, &f); err != nil {
			return nil, fmt.Errorf("%w: %s", err, line)
		}
		if f.Rule != "" { // else it is what could not be read, or the summary
			all = append(all, f)
		}
	}
	return all, nil
}

// Modules are the folders with a go.mod in dir that hold labelled files.
func Modules(dir string, labels []Label) (found []string) {
	for _, l := range labels {
		for d := filepath.Dir(filepath.Join(dir, l.File)); strings.HasPrefix(d, dir); d = filepath.Dir(d) {
			if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
				if !slices.Contains(found, d) {
					found = append(found, d)
				}
				break
			}
		}
	}
	return found
}

// Score is how findings compare with the labels of one repository.
type Score struct {
	Wanted, Found       int // labels that say report
	Unwanted            int // labels that say no-report
	Missed, FalseAlarms []Label
	Unlabelled          []Finding
}

// Scored says which labels count: not those in tests, only configuration or
// only SQL, and behind a pooler that pins nothing not those that only pin.
func Scored(l Label, config, pins bool) bool {
	return !l.InTest && l.IsConfig() == config && (pins || l.Expected != "report" || l.Effect != "pins-only")
}

// Of scores findings. A label is found by a finding on its line, or on the
// line where the text is run.
func Of(labels []Label, findings []Finding, counts func(Label) bool) Score {
	type place struct {
		file string
		line int
	}
	at := map[place][]int{}
	for i, f := range findings {
		for line := f.Line; line <= max(f.Line, f.EndLine); line++ {
			p := place{f.File, line}
			at[p] = append(at[p], i)
		}
	}
	labelled := map[int]bool{}
	var s Score
	for _, l := range labels {
		hits := at[place{l.File, l.Line}]
		if l.SinkLine > 0 {
			hits = append(hits, at[place{l.File, l.SinkLine}]...)
		}
		for _, i := range hits {
			labelled[i] = true
		}
		if !counts(l) {
			continue
		}
		switch found := len(hits) > 0; l.Expected {
		case "report":
			s.Wanted++
			if found {
				s.Found++
			} else {
				s.Missed = append(s.Missed, l)
			}
		case "no-report":
			s.Unwanted++
			if found {
				s.FalseAlarms = append(s.FalseAlarms, l)
			}
		}
	}
	for i, f := range findings {
		if !labelled[i] {
			s.Unlabelled = append(s.Unlabelled, f)
		}
	}
	return s
}
