// Package output writes what poolvet found: as text, as JSON, as SARIF, as
// annotations of GitHub, and as GitLab's and JUnit's reports; and what several
// poolers come to, as a table, a page and JSON.
//
// It is given findings with their places, and reads source to show it, and the
// environment for what GitHub Actions says of itself. How they
// are found, and what is asked on the command line, it does not know.
package output

import (
	"cmp"
	"fmt"
	"runtime/debug"
	"slices"
)

// Program is the tool's name, in all that it writes.
const Program = "poolvet"

// Exit statuses.
const (
	Clean  = 0
	Found  = 1
	Failed = 2 // something could not be run or read, whatever else was found
)

// Report is what a run has to say.
type Report struct {
	Findings []Finding
	Read     []string // the packages, or the texts, that were analysed
	Unread   []Notice // what could not be read
	Vain     []Notice // flags that mean nothing here
	Summary  Summary
}

// Notices are what is to be told besides findings.
func (r *Report) Notices() []Notice { return slices.Concat(r.Vain, r.Unread) }

// End settles levels and the summary, once findings are all that are to be
// reported. A run fails for all of them, or for those outcomes that are named.
func (r *Report) End(failOn ...string) {
	packages := map[string]bool{}
	r.Summary.Levels = Levels{}
	for i := range r.Findings {
		f := &r.Findings[i]
		packages[cmp.Or(f.Package, f.File)] = true
		f.Level = f.LevelIf(failOn)
		r.Summary.Levels.count(f.Level)
	}
	r.Summary.Rules = countRules(r.Findings)
	r.Summary.Findings, r.Summary.FoundIn = len(r.Findings), len(packages)
	r.Summary.End(r.Unread)
}

// Count is n of what, in words.
func Count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Version is that of the module that the command was built from.
func Version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown)"
}
