package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// writeGitHub writes a workflow command for each finding, which GitHub Actions
// shows at its line of a pull request.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
func writeGitHub(w io.Writer, findings []finding, _ *sources, _ bool) error {
	for _, f := range findings {
		level := f.severity()
		if level == "none" {
			level = "notice"
		}
		place := "file=" + property(filepath.ToSlash(f.File))
		if f.Line > 0 {
			place += fmt.Sprintf(",line=%d,endLine=%d", f.Line, f.EndLine)
		}
		// Columns are understood within one line only.
		if f.Line == f.EndLine && f.Column > 0 {
			place += fmt.Sprintf(",col=%d,endColumn=%d", f.Column, f.EndColumn)
		}
		if _, err := fmt.Fprintf(w, "::%s %s,title=%s::%s\n", level, place, property(program+": "+f.Rule), commandText.Replace(f.Message)); err != nil {
			return err
		}
	}
	return nil
}

// commandText escapes the text of a command, property a value before it.
var commandText = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(commandText.Replace(s))
}
