package output

import (
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
)

// A finding as GitLab's code quality report has it.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
type gitlabFinding struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
}

// WriteGitLab writes GitLab's code quality report. What could not be read is in
// it as a blocker: it may hold anything, and GitLab shows no stderr beside a
// merge request. There is no place for the summary, nor for flags.
func WriteGitLab(w io.Writer, r *Report, _ *Sources, _ bool) error {
	all, prints := []gitlabFinding{}, fingerprints{}
	for _, n := range r.Unread {
		key := strings.Join([]string{"not read", n.Kind, n.Package, filepath.ToSlash(n.File), n.Message}, "\x00")
		all = append(all, gitlabFinding{n.unplaced(), "not-read", prints.of(key), "blocker", gitlabPlace(n.File, n.Line)})
	}
	for _, f := range r.Findings {
		all = append(all, gitlabFinding{OneLine(f.Message), f.Rule, prints.of(f.key()), f.Level.gitlab(), gitlabPlace(f.File, f.Line)})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(all)
}

// gitlab is GitLab's word for a level.
func (l Level) gitlab() string {
	switch l {
	case Error:
		return "critical"
	case Warning:
		return "major"
	}
	return "info"
}

// gitlabPlace is the root of the repository for what is in no file: GitLab asks
// for a path.
func gitlabPlace(file string, line int) gitlabLocation {
	return gitlabLocation{filepath.ToSlash(filepath.Clean(file)), gitlabLines{max(line, 1)}}
}
