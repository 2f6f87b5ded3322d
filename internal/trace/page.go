package trace

import (
	"bufio"
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/page"
	"github.com/poolvet/poolvet/internal/plot"
	"github.com/poolvet/poolvet/internal/spell"
)

// The page of poolvet trace -format=html. It needs no script.
var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageStyle string

	pageTemplate = page.Template(pageHTML)
)

// shown is what the template shows.
type shown struct {
	Head    page.Head
	Title   string
	Version string
	Lead    string
	Time    *overTime // nil where there is nothing to draw
	Causes  []*cause
	Refused []Refused
	Unseen  []sender
	Read    []string
	Notices []output.Notice
}

// cause is a row, and whose it is.
type cause struct {
	Row      *Row
	Number   int
	Drawn    bool // has a colour of its own in the plot
	Words    string
	Whole    string // the statement, where there is more of it than Words
	Often    string
	Notes    []string
	Verdicts []*page.Verdict
	Senders  []sender
}

// sender is where a statement comes from.
type sender struct {
	At   page.Reference // in the code, "" for elsewhere
	Says string
	SQL  string // that it sends, where that is not said above
	Read string // where that was read, "" for nowhere
}

// WriteHTML writes one page; with unseen, it has the statements of the program
// that no log shows.
func WriteHTML(w io.Writer, r *Report, unseen bool) error {
	title := r.title()
	p := shown{
		Head:    page.NewHead(title, "", plot.Style+pageStyle),
		Title:   title,
		Version: output.Version(),
		Lead:    r.lead(),
		Causes:  r.causes(),
		Refused: r.Refused,
		Read:    r.summary(),
		Notices: r.Notices(),
	}
	if unseen {
		for _, s := range r.Unseen {
			place := r.place(s)
			place.SQL = output.OneLine(spell.Line(s.pattern.Text))
			p.Unseen = append(p.Unseen, place)
		}
	}
	if r.Timeline != nil {
		var err error
		if p.Time, err = r.Timeline.draw(p.Causes); err != nil {
			return err
		}
	}
	b := bufio.NewWriter(w)
	return cmp.Or(pageTemplate.Execute(b, p), b.Flush())
}

func (r *Report) title() string {
	behind := r.Summary.Poolers
	switch {
	case len(behind) == 0:
		return "What stays in sessions"
	case len(behind) > 3:
		behind = []string{output.Count(len(behind), "pooler")}
	}
	return "What stays in sessions behind " + strings.Join(behind, ", ")
}

// lead says in a sentence whose the statements are.
func (r *Report) lead() string {
	if len(r.Rows) == 0 {
		return "No statement of the log leaves anything in the session."
	}
	var code, library, client, nobody int
	for _, row := range r.Rows {
		switch {
		case len(row.Code) > 0:
			code++
		case len(row.Library) > 0:
			library++
		case len(row.Clients) > 0:
			client++
		default:
			nobody++
		}
	}
	var parts []string
	for _, part := range []struct {
		n    int
		says string
	}{{code, "from the code"}, {library, "from its libraries"}, {client, "known of other clients"}, {nobody, "from no one who is known"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprint(part.n, " ", part.says))
		}
	}
	return fmt.Sprintf("%s of the log %s something in the session: %s.",
		output.Count(len(r.Rows), "statement"), verb(len(r.Rows), "leaves", "leave"), strings.Join(parts, ", "))
}

// causes are the rows as they are shown: those of the plot first, in its order.
func (r *Report) causes() (all []*cause) {
	rows := slices.Clone(r.Rows)
	drawn := map[*Row]int{} // from 1 on
	if r.Timeline != nil {
		for i, s := range r.Timeline.Series {
			drawn[s.Row] = i + 1
		}
	}
	slices.SortStableFunc(rows, func(a, b *Row) int {
		return cmp.Compare(cmp.Or(drawn[a], len(drawn)+1), cmp.Or(drawn[b], len(drawn)+1))
	})
	for i, row := range rows {
		all = append(all, r.cause(row, i+1, 0 < drawn[row] && drawn[row] <= plot.Colours))
	}
	return all
}

func (r *Report) cause(row *Row, number int, drawn bool) *cause {
	c := &cause{Row: row, Number: number, Drawn: drawn, Words: output.OneLine(row.Words), Often: output.OneLine(row.howOften())}
	if whole := output.OneLine(strings.ReplaceAll(row.Text, hole, "…")); whole != c.Words {
		c.Whole = whole
	}
	for _, note := range append(row.notes(), row.First.String()) {
		c.Notes = append(c.Notes, output.OneLine(note))
	}
	for _, v := range row.Verdicts {
		c.Verdicts = page.Add(c.Verdicts, v.Pooler, v.Happens, output.Finding{Outcome: v.Outcome, Evidence: v.Evidence, Remedy: v.Remedy, Reference: v.Reference})
	}
	c.Senders = r.senders(row)
	return c
}

// senders are all that a row may come from.
func (r *Report) senders(row *Row) (all []sender) {
	for _, s := range row.Code {
		all = append(all, r.place(s))
	}
	for _, s := range row.Library {
		place := r.place(s)
		place.Says += byItself
		all = append(all, place)
	}
	for _, k := range row.Clients {
		all = append(all, sender{Says: output.OneLine(row.said(k)), Read: k.Reference})
	}
	if row.isNobodys() {
		all = append(all, sender{Says: nobodys})
	}
	return all
}

func (r *Report) place(s *Source) sender {
	return sender{At: r.Web.At(s.File, s.Line, s.Column), Says: output.OneLine(s.runs())}
}

// ID is where the cause stands in the page.
func (c *cause) ID() string { return fmt.Sprint("cause-", c.Number) }

// Link leads there.
func (c *cause) Link() string { return "#" + c.ID() }
