package output

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// shownByGitHub is how many annotations of a kind GitHub shows of one step; it
// shows 50 of a job, which one step cannot reach.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
// https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md
// https://github.com/orgs/community/discussions/26680
const shownByGitHub = 10

// githubKinds are the kinds of annotations, worst first.
var githubKinds = []string{"error", "warning", "notice"}

// annotation is one thing to tell at a place.
type annotation struct {
	kind        string
	at          Finding
	title, text string
}

// WriteGitHub annotates, and adds to the step's summary where GitHub Actions
// names its file.
func WriteGitHub(w io.Writer, r *Report, _ *Sources, _ bool) error {
	if err := writeAnnotations(w, r); err != nil {
		return err
	}
	name := os.Getenv("GITHUB_STEP_SUMMARY")
	if name == "" {
		return nil
	}
	if err := addStepSummary(name, r); err != nil {
		return fmt.Errorf("GITHUB_STEP_SUMMARY: %w", err)
	}
	return nil
}

// writeAnnotations writes a workflow command for each finding and each notice,
// which GitHub Actions shows at its line of a pull request, and for the summary.
// The worst come first, as GitHub shows the first of each kind; the others are in
// the step's log, and in its summary.
func writeAnnotations(w io.Writer, r *Report) error {
	all := append([]annotation{{"notice", Finding{}, "summary", r.Summary.String()}}, r.annotations()...)
	all[0].text += leftToLog(all)
	for _, a := range worstFirst(all) {
		if err := a.write(w); err != nil {
			return err
		}
	}
	return nil
}

// leftToLog says of which kinds GitHub shows only some, "" for none.
func leftToLog(all []annotation) string {
	var kinds []string
	for _, kind := range githubKinds {
		n := 0
		for _, a := range all {
			if a.kind == kind {
				n++
			}
		}
		if n > shownByGitHub {
			kinds = append(kinds, fmt.Sprintf("%d of %s", shownByGitHub, Count(n, kind)))
		}
	}
	if len(kinds) == 0 {
		return ""
	}
	return "; GitHub shows " + strings.Join(kinds, " and ") + ", and all in the step's log and summary"
}

// annotations are the notices and the findings, worst first. What was not read
// may hold anything.
func (r *Report) annotations() (all []annotation) {
	for _, n := range r.Notices() {
		kind, title := "error", "not read"
		if n.Kind == FlagNotice {
			kind, title = "warning", "flag"
		}
		at := Finding{File: n.File, Line: n.Line, Column: n.Column, EndLine: n.Line, EndColumn: n.Column}
		if n.Package != "" && n.Kind != TextNotice {
			n.Message = "package " + n.Package + ": " + n.Message
		}
		all = append(all, annotation{kind, at, title, n.Message})
	}
	for _, f := range r.Findings {
		kind := string(f.Level)
		if !slices.Contains(githubKinds, kind) {
			kind = "notice"
		}
		all = append(all, annotation{kind, f, f.Rule, f.Message})
	}
	return worstFirst(all)
}

func worstFirst(all []annotation) []annotation {
	slices.SortStableFunc(all, func(a, b annotation) int {
		return slices.Index(githubKinds, a.kind) - slices.Index(githubKinds, b.kind)
	})
	return all
}

// write writes the workflow command.
func (a annotation) write(w io.Writer) error {
	place, at := "", a.at
	if at.File != "" {
		place = "file=" + property(filepath.ToSlash(at.File)) + ","
	}
	if at.Line > 0 {
		place += fmt.Sprintf("line=%d,endLine=%d,", at.Line, at.EndLine)
	}
	// Columns are understood within one line only.
	if at.Line == at.EndLine && at.Column > 0 {
		place += fmt.Sprintf("col=%d,endColumn=%d,", at.Column, at.EndColumn)
	}
	_, err := fmt.Fprintf(w, "::%s %stitle=%s::%s\n", a.kind, place, property(Program+": "+a.title), commandText.Replace(a.text))
	return err
}

// commandText escapes the text of a command, property a value before it.
var commandText = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(commandText.Replace(s))
}
