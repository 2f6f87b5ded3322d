package main

import (
	"fmt"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
)

// summary is a run in short. Each format that has room ends with it.
type summary struct {
	Poolers  []string `json:"-"`                  // in words: "RDS Proxy"
	Pooler   string   `json:"pooler"`             // as -pooler takes it
	Packages int      `json:"packages,omitempty"` // that were read
	Texts    int      `json:"texts,omitempty"`    // of poolvet sql, likewise
	Findings int      `json:"findings"`
	LeftOut  leftOut  `json:"leftOut"`
	Status   int      `json:"exitStatus"`
	Reason   string   `json:"reason"`

	in       int  // packages or texts that have findings
	sql      bool // texts are read, not packages
	compared bool // nothing counts as found
}

// leftOut counts what a run did not read, or found and does not report.
type leftOut struct {
	Packages int `json:"packages"` // not read in full
	Texts    int `json:"texts"`    // of SQL that could not be read
	Files    int `json:"files"`    // of other build tags or systems
	Ignored  int `json:"ignored"`  // findings that a directive silences
	Direct   int `json:"direct"`   // findings of connections past the pooler
	Strict   int `json:"strict"`   // findings that -strict reports
	Known    int `json:"known"`    // findings that the baseline holds
}

// add counts what was left out of one package.
func (l *leftOut) add(res *load.Result, found *analyzer.Result) {
	l.Files += res.OtherFiles
	l.Ignored += found.Left.Ignored
	l.Direct += found.Left.Direct
	l.Strict += found.Left.Strict
}

// words are the counts that are not zero.
func (l leftOut) words() string {
	var parts []string
	add := func(n int, one, many string) {
		switch {
		case n == 1:
			parts = append(parts, "1 "+one)
		case n > 1:
			parts = append(parts, fmt.Sprint(n, " ", many))
		}
	}
	add(l.Packages, "package not read in full", "packages not read in full")
	add(l.Texts, "text not read", "texts not read")
	add(l.Files, "file of another build", "files of other builds")
	add(l.Ignored, "finding ignored", "findings ignored")
	add(l.Direct, "finding past the pooler", "findings past the pooler")
	add(l.Strict, "finding for -strict", "findings for -strict")
	add(l.Known, "finding in the baseline", "findings in the baseline")
	return strings.Join(parts, ", ")
}

// String is the summary in one line.
func (s *summary) String() string {
	read, what := count(s.Packages, "package"), "package"
	if s.sql {
		read, what = count(s.Texts, "text"), "text"
	}
	found := "nothing found"
	switch {
	case s.Findings > 0:
		found = fmt.Sprintf("%s in %s", count(s.Findings, "finding"), count(s.in, what))
	case s.LeftOut.Known > 0:
		found = "nothing new found"
	}
	line := fmt.Sprintf("%s read for %s", read, s.judged())
	if !s.compared {
		line = found + "; " + line
	}
	if left := s.LeftOut.words(); left != "" {
		line += "; left out: " + left
	}
	return fmt.Sprintf("%s; exit status %d: %s", line, s.Status, s.Reason)
}

// judged names the poolers, or counts them.
func (s *summary) judged() string {
	if len(s.Poolers) > 3 {
		return count(len(s.Poolers), "pooler")
	}
	return strings.Join(s.Poolers, ", ")
}

// end settles the exit status: what could not be read outweighs what was found.
func (s *summary) end(unread []notice) {
	broken := map[string]bool{}
	for _, n := range unread {
		switch {
		case n.Kind == ofText:
			s.LeftOut.Texts++
		case n.Package != "" && !broken[n.Package]:
			broken[n.Package] = true
			s.LeftOut.Packages++
		}
	}
	switch {
	case len(unread) > 0:
		s.Status, s.Reason = failed, "something could not be read in full"
	case s.compared:
		s.Status, s.Reason = clean, "all was read"
	case s.Findings > 0:
		s.Status, s.Reason = found, "something was found"
	case s.LeftOut.Known > 0:
		s.Status, s.Reason = clean, "nothing new was found"
	default:
		s.Status, s.Reason = clean, "nothing was found"
	}
}

// endDiff does that where differences are shown instead of findings.
func (r *report) endDiff(status int) {
	r.end()
	switch {
	case r.summary.Status == failed:
	case status == found:
		r.summary.Status, r.summary.Reason = found, "there is something to change"
	default:
		r.summary.Status, r.summary.Reason = clean, "there is nothing to change"
	}
}
