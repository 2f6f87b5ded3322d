package output

import (
	"fmt"
	"strings"
)

// Summary is a run in short. Each format that has room ends with it.
type Summary struct {
	Poolers  []string `json:"-"`                  // in words: "RDS Proxy"
	Pooler   string   `json:"pooler"`             // as -pooler takes it
	Packages int      `json:"packages,omitempty"` // that were read
	Texts    int      `json:"texts,omitempty"`    // of poolvet sql, likewise
	Findings int      `json:"findings"`
	Levels   Levels   `json:"levels"`
	LeftOut  LeftOut  `json:"leftOut"`
	Status   int      `json:"exitStatus"`
	Reason   string   `json:"reason"`
	Version  string   `json:"version"` // of poolvet

	FoundIn  int         `json:"-"` // packages or texts that have findings
	Rules    []RuleCount `json:"-"` // of the findings
	SQL      bool        `json:"-"` // texts are read, not packages
	Compared bool        `json:"-"` // nothing counts as found
}

// LeftOut counts what a run did not read, or found and does not report.
type LeftOut struct {
	Packages  int `json:"packages"`  // not read in full
	Texts     int `json:"texts"`     // of SQL that could not be read
	Files     int `json:"files"`     // of other build tags or systems
	Ignored   int `json:"ignored"`   // findings that a directive silences
	Direct    int `json:"direct"`    // findings of connections past the pooler
	Strict    int `json:"strict"`    // findings that -strict reports
	Known     int `json:"known"`     // findings that the baseline holds
	Unchanged int `json:"unchanged"` // findings on lines that did not change
}

// words are the counts that are not zero.
func (l LeftOut) words() string {
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
	add(l.Unchanged, "finding on unchanged lines", "findings on unchanged lines")
	return strings.Join(parts, ", ")
}

// String is the summary in one line.
func (s *Summary) String() string {
	read, what := Count(s.Packages, "package"), "package"
	if s.SQL {
		read, what = Count(s.Texts, "text"), "text"
	}
	found := "nothing found"
	switch {
	case s.Findings > 0:
		found = fmt.Sprintf("%s%s in %s", Count(s.Findings, "finding"), s.notes(), Count(s.FoundIn, what))
	case s.LeftOut.Known+s.LeftOut.Unchanged > 0:
		found = "nothing new found"
	}
	line := fmt.Sprintf("%s read for %s", read, s.judged())
	if !s.Compared {
		line = found + "; " + line
	}
	if left := s.LeftOut.words(); left != "" {
		line += "; left out: " + left
	}
	return fmt.Sprintf("%s; exit status %d: %s", line, s.Status, s.Reason)
}

// notes says how many findings do not make the run fail.
func (s *Summary) notes() string {
	switch n := s.Levels.Note; {
	case n == 0:
		return ""
	case n == s.Findings && n == 1:
		return ", a note,"
	case n == s.Findings:
		return ", all of them notes,"
	default:
		return fmt.Sprintf(", of which %s,", Count(n, "note"))
	}
}

// judged names the poolers, or counts them.
func (s *Summary) judged() string {
	if len(s.Poolers) > 3 {
		return Count(len(s.Poolers), "pooler")
	}
	return strings.Join(s.Poolers, ", ")
}

// End settles the exit status: what could not be read outweighs what was found.
func (s *Summary) End(unread []Notice) {
	s.Version = Version()
	broken := map[string]bool{}
	for _, n := range unread {
		switch {
		case n.Kind == TextNotice:
			s.LeftOut.Texts++
		case n.Package != "" && !broken[n.Package]:
			broken[n.Package] = true
			s.LeftOut.Packages++
		}
	}
	switch {
	case len(unread) > 0:
		s.Status, s.Reason = Failed, "something could not be read in full"
	case s.Compared:
		s.Status, s.Reason = Clean, "all was read"
	case s.Findings > s.Levels.Note:
		s.Status, s.Reason = Found, "something was found"
	case s.Findings > 0:
		s.Status, s.Reason = Clean, "nothing that fails was found"
	case s.LeftOut.Known+s.LeftOut.Unchanged > 0:
		s.Status, s.Reason = Clean, "nothing new was found"
	default:
		s.Status, s.Reason = Clean, "nothing was found"
	}
}
