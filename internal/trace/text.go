package trace

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/poolvet/poolvet/internal/client"
	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/spell"
)

// most is how many places of one statement are shown.
const most = 5

// WriteText writes a report for people; with unseen, also the statements of the
// program that no log shows.
func WriteText(w io.Writer, r *Report, unseen bool) error {
	b := bufio.NewWriter(w)
	var heads [][2]string
	for _, row := range r.Rows {
		heads = append(heads, [2]string{output.OneLine(row.Words), output.OneLine(row.howOften())})
	}
	widths := [2]int{widthOf(heads, 0), widthOf(heads, 1)}
	for i, row := range r.Rows {
		head := heads[i]
		for _, verdict := range row.happens() {
			fmt.Fprintf(b, "%s   %s   %s\n", padded(head[0], widths[0]), padded(head[1], widths[1]), verdict)
			head = [2]string{} // said once for all poolers
		}
		for _, line := range row.lines() {
			fmt.Fprintf(b, "    %s\n", output.OneLine(line))
		}
	}
	for _, refused := range r.Refused {
		fmt.Fprintf(b, "the pooler's log, %s: %s\n", refused.Often(), refused.Reason)
	}
	if len(r.Rows)+len(r.Refused) > 0 {
		fmt.Fprintln(b)
	}
	if unseen {
		r.writeUnseen(b)
	}
	for _, line := range r.summary() {
		fmt.Fprintln(b, line)
	}
	return b.Flush()
}

func (r *Report) writeUnseen(w io.Writer) {
	if len(r.Unseen) == 0 {
		return
	}
	fmt.Fprintln(w, "not in the log:")
	for _, s := range r.Unseen {
		fmt.Fprintf(w, "    %s  %s\n", s.place(), output.OneLine(spell.Line(s.pattern.Text)))
	}
	fmt.Fprintln(w)
}

// summary says what was read, and what is not shown above.
func (r *Report) summary() (lines []string) {
	none := r.Quiet
	if len(r.Rows) == 0 {
		lines = append(lines, "no statement of the log leaves anything in the session")
	} else if none > 0 {
		lines = append(lines, fmt.Sprintf("%s nothing in the session", verb(none, "1 more statement leaves", fmt.Sprintf("%d more statements leave", none))))
	}
	if len(r.Unseen) > 0 {
		lines = append(lines, fmt.Sprintf("%d of %s of the code %s not in the log (-unseen lists them)", len(r.Unseen), output.Count(r.Sources, "statement"), verb(len(r.Unseen), "is", "are")))
	}
	if r.Dropped > 0 {
		lines = append(lines, fmt.Sprintf("%s of further statements are not told apart: there are too many", output.Count(int(r.Dropped), "run")))
	}
	c := r.Counts
	read := fmt.Sprintf("%s of log in %s read", output.Count(int(c.Lines), "line"), output.Count(c.Files, "file"))
	if c.Other > 0 {
		read += fmt.Sprintf(", %d of no known format", c.Other)
	}
	if c.Long > 0 {
		read += fmt.Sprintf(", %s too long to keep", output.Count(int(c.Long), "message"))
	}
	lines = append(lines, read)
	for _, cut := range c.Cut {
		lines = append(lines, "not read to its end: "+output.OneLine(cut))
	}
	return append(lines, r.Summary.String())
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func times(n int64) string { return output.Count(int(n), "time") }

// howOften a row ran, in how many sessions, and under which name.
func (r *Row) howOften() string {
	said := times(r.Times())
	if n := len(r.sessions.all); r.sessions.more {
		said += fmt.Sprintf(", %d sessions or more", n)
	} else if n > 0 {
		said += ", " + output.Count(n, "session")
	}
	said += r.name()
	if r.Reason != "" {
		said += ", by the proxy's log"
	}
	return said
}

// name is under which it comes: ", app billing, user shop", "" for an unknown one.
func (r *Row) name() (said string) {
	for _, who := range [...][2]string{{"app", r.App}, {"user", r.User}} {
		if who[1] != "" {
			said += ", " + who[0] + " " + spell.Shorten(who[1], spell.Max/2)
		}
	}
	return said
}

// happens are the verdicts in words, at least one.
func (r *Row) happens() (lines []string) {
	for _, v := range r.Verdicts {
		lines = append(lines, v.Happens)
	}
	return lines
}

// notes are what is not known of a row, and what the logs say of it besides.
func (r *Row) notes() (lines []string) {
	if r.Unknown != "" {
		lines = append(lines, r.Unknown)
	}
	if from := r.origin(); from != "" {
		lines = append(lines, from)
	}
	if r.Pins > 0 {
		lines = append(lines, "the proxy's log: pinned "+times(r.Pins))
	}
	if r.Reason != "" {
		lines = append(lines, "the proxy's log: "+spell.Shorten(r.Reason, 3*spell.Max))
	}
	return lines
}

// What is said of places of libraries, and where no one is known to send a row.
const (
	byItself = " (the library sends it by itself)"
	nobodys  = "no line of these packages: dynamic SQL, another program, or a person"
)

// lines are what stands below a row: what is not known, whose it is, and where the
// log has it.
func (r *Row) lines() []string {
	lines := append(r.notes(), placesOf(r.Code, "")...)
	lines = append(lines, placesOf(r.Library, byItself)...)
	for _, k := range r.Clients {
		line := r.said(k)
		if k.Reference != "" {
			line += " (" + k.Reference + ")"
		}
		lines = append(lines, line)
	}
	if r.isNobodys() {
		lines = append(lines, nobodys)
	}
	return append(lines, r.First.String())
}

func (r *Row) isNobodys() bool { return len(r.Code)+len(r.Library)+len(r.Clients) == 0 }

// origin is where it comes from, by the log and the statement's comment.
func (r *Row) origin() string {
	var said []string
	switch hosts := slices.Sorted(maps.Keys(r.Hosts)); {
	case len(hosts) >= maxHosts:
		said = append(said, fmt.Sprintf("from %d hosts or more", maxHosts))
	case len(hosts) > 3:
		said = append(said, fmt.Sprintf("from %d hosts", len(hosts)))
	case len(hosts) > 0:
		said = append(said, "from "+strings.Join(hosts, ", "))
	}
	if tags := r.Comment.String(); tags != "" {
		said = append(said, "its comment: "+spell.Shorten(tags, 2*spell.Max))
	}
	return strings.Join(said, "; ")
}

func placesOf(sources []*Source, more string) (lines []string) {
	for i, s := range sources {
		if i == most {
			return append(lines, fmt.Sprintf("and %s more", output.Count(len(sources)-most, "place")))
		}
		lines = append(lines, s.place()+more)
	}
	return lines
}

// place is where the program has a statement, and what runs it.
func (s *Source) place() string {
	return strings.TrimRight(fmt.Sprintf("%s:%d:%d  %s", s.File, s.Line, s.Column, s.runs()), " ")
}

// runs is what runs it, where, and when.
func (s *Source) runs() string {
	said := s.By
	if s.Func != "" {
		said += " in " + path.Base(s.Package) + "." + s.Func
	}
	if s.When != "" {
		said += ", " + s.When
	}
	return strings.TrimPrefix(said, " ")
}

// said is who else is known to send a statement, or may where the program can
// too, where anyone would write it so, or where the log does not show what would
// tell.
func (r *Row) said(k client.Known) string {
	who, sends, or := "no line of these packages: ", "sends it", len(r.Code)+len(r.Library) > 0
	if or {
		who = "or " + who
	}
	if or || r.Unknown != "" || !k.IsOwn() {
		sends = "may send it"
	}
	if k.SQL == "" {
		return who + k.Says
	}
	line := fmt.Sprintf("%s%s %s %s", who, k.Name, sends, k.When)
	if k.Remedy != "" {
		line += "; " + k.Remedy
	}
	return line
}

// widthOf is as wide as all in a column are, but those that are long.
func widthOf(all [][2]string, column int) (width int) {
	for _, row := range all {
		if n := utf8.RuneCountInString(row[column]); n <= spell.Max {
			width = max(width, n)
		}
	}
	return width
}

func padded(cell string, width int) string {
	return cell + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(cell)))
}
