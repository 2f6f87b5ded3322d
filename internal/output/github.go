package output

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// WriteGitHub writes a workflow command for each finding and each notice, which
// GitHub Actions shows at its line of a pull request, and for the summary.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
func WriteGitHub(w io.Writer, r *Report, _ *Sources, _ bool) error {
	for _, f := range r.Findings {
		level := string(f.Level)
		if f.Level == Note {
			level = "notice"
		}
		if err := command(w, level, f, f.Rule, f.Message); err != nil {
			return err
		}
	}
	for _, n := range r.Notices() {
		level, title := "error", "not read"
		if n.Kind == FlagNotice {
			level, title = "warning", "flag"
		}
		at := Finding{File: n.File, Line: n.Line, Column: n.Column, EndLine: n.Line, EndColumn: n.Column}
		if n.Package != "" && n.Kind != TextNotice {
			n.Message = "package " + n.Package + ": " + n.Message
		}
		if err := command(w, level, at, title, n.Message); err != nil {
			return err
		}
	}
	return command(w, "notice", Finding{}, "summary", r.Summary.String())
}

// command writes one workflow command, at the place of a finding.
func command(w io.Writer, level string, at Finding, title, text string) error {
	place := ""
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
	_, err := fmt.Fprintf(w, "::%s %stitle=%s::%s\n", level, place, property(Program+": "+title), commandText.Replace(text))
	return err
}

// commandText escapes the text of a command, property a value before it.
var commandText = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(commandText.Replace(s))
}
