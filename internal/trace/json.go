package trace

import (
	"encoding/json"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/output"
)

type jsonPlace struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Package  string `json:"package"`
	Function string `json:"function,omitempty"`
	By       string `json:"by,omitempty"`   // the call that runs it, or what the library is told
	When     string `json:"when,omitempty"` // a hook runs it
}

type jsonLine struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Session string `json:"session,omitempty"` // as the log's format tells it
}

type jsonVerdict struct {
	Pooler    string `json:"pooler"`
	Outcome   string `json:"outcome"`
	Evidence  string `json:"evidence,omitempty"`
	Happens   string `json:"happens"`
	Remedy    string `json:"remedy,omitempty"`
	Reference string `json:"reference,omitempty"`
	Rule      string `json:"rule,omitempty"`
}

type jsonClient struct {
	Name      string `json:"name"`
	When      string `json:"when,omitempty"`
	Remedy    string `json:"remedy,omitempty"`
	Reference string `json:"reference,omitempty"`
}

type jsonRow struct {
	Statement   string        `json:"statement"` // … for each value
	Words       string        `json:"words"`
	Application string        `json:"application,omitempty"`
	User        string        `json:"user,omitempty"`
	Hosts       []string      `json:"hosts,omitempty"`   // up to a hundred
	First       jsonLine      `json:"first"`             // line of a log that has it
	Comment     string        `json:"comment,omitempty"` // sqlcommenter's
	Times       int64         `json:"times"`
	Sessions    int           `json:"sessions"`
	Pins        int64         `json:"pins,omitempty"`   // by the proxy's log
	Reason      string        `json:"reason,omitempty"` // of what only the proxy's log has
	Unknown     string        `json:"unknown,omitempty"`
	Verdicts    []jsonVerdict `json:"verdicts"`
	Code        []jsonPlace   `json:"code"`
	Libraries   []jsonPlace   `json:"libraries"`
	Clients     []jsonClient  `json:"clients"`
}

// WriteJSON writes one JSON object; with unseen, it has the statements of the
// program that no log shows.
func WriteJSON(w io.Writer, r *Report, unseen bool) error {
	type log struct {
		Files      int      `json:"files"`
		Lines      int64    `json:"lines"`
		Other      int64    `json:"other"`      // lines of no known format
		Statements int      `json:"statements"` // that were told apart
		Dropped    int64    `json:"dropped"`    // runs of more
		Cut        []string `json:"cut"`        // logs that were not read to their end
	}
	out := struct {
		Statements []jsonRow       `json:"statements"`
		Refused    []Refused       `json:"refused"`
		Unseen     []jsonPlace     `json:"unseen,omitempty"`
		Log        log             `json:"log"`
		Notices    []output.Notice `json:"notices"`
		Summary    *output.Summary `json:"summary"`
	}{
		Statements: []jsonRow{}, Refused: append([]Refused{}, r.Refused...), Notices: []output.Notice{}, Summary: &r.Summary,
		Log: log{r.Counts.Files, r.Counts.Lines, r.Counts.Other, r.Kinds, r.Dropped, append([]string{}, r.Counts.Cut...)},
	}
	for _, row := range r.Rows {
		out.Statements = append(out.Statements, row.json())
	}
	if unseen {
		out.Unseen = placed(r.Unseen)
	}
	for _, n := range r.Notices() {
		out.Notices = append(out.Notices, n.Slashed())
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

func (r *Row) json() jsonRow {
	j := jsonRow{
		Statement: strings.ReplaceAll(r.Text, hole, "…"), Words: r.Words, Application: r.App, User: r.User, Hosts: slices.Sorted(maps.Keys(r.Hosts)), Comment: r.Comment.String(), First: jsonLine{filepath.ToSlash(r.First.File), r.First.Number, r.First.Session}, Times: r.Times(), Sessions: len(r.sessions.all),
		Pins: r.Pins, Reason: r.Reason, Unknown: r.Unknown, Code: placed(r.Code), Libraries: placed(r.Library), Clients: []jsonClient{},
	}
	for _, v := range r.Verdicts {
		j.Verdicts = append(j.Verdicts, jsonVerdict{v.Pooler.String(), v.Outcome, v.Evidence, v.Happens, v.Remedy, v.Reference, v.Rule})
	}
	for _, k := range r.Clients {
		j.Clients = append(j.Clients, jsonClient{k.Name, k.When, k.Remedy, k.Reference})
	}
	return j
}

func placed(sources []*Source) []jsonPlace {
	all := []jsonPlace{}
	for _, s := range sources {
		all = append(all, jsonPlace{filepath.ToSlash(s.File), s.Line, s.Column, s.Package, s.Func, s.By, s.When})
	}
	return all
}
