package output

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// maxStepSummary is what GitHub takes of one step: of more it shows nothing.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
const maxStepSummary = 1 << 20

// addStepSummary adds to what the step's other commands have written.
func addStepSummary(name string, r *Report) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := writeStepSummary(f, r, sourcesAtGitHub(), maxStepSummary-int(info.Size())); err != nil {
		return err
	}
	return f.Close()
}

// sourcesAtGitHub is the address of the commit's files, "" where it is not known.
func sourcesAtGitHub() string {
	server, repository, commit := os.Getenv("GITHUB_SERVER_URL"), os.Getenv("GITHUB_REPOSITORY"), os.Getenv("GITHUB_SHA")
	if server == "" || repository == "" || commit == "" {
		return ""
	}
	return server + "/" + repository + "/blob/" + commit + "/"
}

// writeStepSummary writes a report as Markdown, for the page of a workflow's
// run. It writes no more bytes than there is room for, and nothing where there
// is none: the step's log has all. Files are below the address of the sources,
// "" where that is not known.
func writeStepSummary(w io.Writer, r *Report, sources string, room int) error {
	const more = "\n%d more are in the step's log.\n"
	room -= len(more) + 20
	all := r.annotations()
	text := fmt.Sprintf("### %s\n\n%s\n", Program, markdown(r.Summary.String()))
	if len(all) > 0 {
		text += "\n| | where | what |\n|---|---|---|\n"
	}
	if len(text) > room {
		return nil
	}
	var b strings.Builder
	b.WriteString(text)
	for i, a := range all {
		row := a.row(sources)
		if b.Len()+len(row) > room {
			fmt.Fprintf(&b, more, len(all)-i)
			break
		}
		b.WriteString(row)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// row is a line of the table.
func (a annotation) row(sources string) string {
	a.at.File = filepath.ToSlash(a.at.File)
	where := markdown(OneLine(a.at.Place()))
	if sources != "" && filepath.IsLocal(a.at.File) {
		link := sources + (&url.URL{Path: a.at.File}).EscapedPath()
		if a.at.Line > 0 {
			link += fmt.Sprintf("#L%d", a.at.Line)
		}
		where = fmt.Sprintf("[%s](<%s>)", where, link)
	}
	what := a.text
	if a.title == "not read" || a.title == "flag" {
		what = a.title + ": " + what
	}
	return fmt.Sprintf("| %s | %s | %s |\n", a.kind, where, markdown(OneLine(what)))
}

// markdown makes a text stand for itself.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_[]<>#|~&$@:", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
