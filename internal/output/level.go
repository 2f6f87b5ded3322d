package output

import (
	"slices"

	"github.com/poolvet/poolvet/internal/pooler"
)

// Level is how bad a finding is.
type Level string

const (
	Error   Level = "error"   // other clients are met by it, or it stops the program
	Warning Level = "warning" // it costs its own client alone, or no one is certain of it
	Note    Level = "note"    // no run fails for it
)

// Levels counts findings by level.
type Levels struct {
	Error   int `json:"error"`
	Warning int `json:"warning"`
	Note    int `json:"note"`
}

func (l *Levels) count(level Level) {
	switch level {
	case Error:
		l.Error++
	case Warning:
		l.Warning++
	case Note:
		l.Note++
	}
}

// Outcomes are those that a run can fail for, worst first.
func Outcomes() (names []string) {
	for _, o := range pooler.Outcomes {
		names = append(names, string(o))
	}
	return names
}

// Uncertain reports whether sources disagree on a finding, or none speaks of it.
func (f Finding) Uncertain() bool {
	return f.Evidence == string(pooler.Contested) || f.Evidence == string(pooler.Inferred)
}

// LevelIf is that of a finding where a run fails for these outcomes, for all where
// none is named. A directive that is wrong has none, and fails.
func (f Finding) LevelIf(failOn []string) Level {
	switch outcome := pooler.Outcome(f.Outcome); {
	case outcome == pooler.OK, outcome != "" && len(failOn) > 0 && !slices.Contains(failOn, f.Outcome):
		return Note
	case outcome == pooler.WrongRows, outcome == pooler.Refused, outcome == pooler.Leaks:
		if !f.Uncertain() {
			return Error
		}
	}
	return Warning
}
