package trace

import (
	"cmp"
	"maps"
	"slices"

	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/pglog"
)

// Report is what there is to say of logs.
type Report struct {
	*output.Report
	Counts  pglog.Counts
	Rows    []*Row    // that leave something in the session behind some pooler
	Kinds   int       // statements in all
	Refused []Refused // what poolers refused, and pinned without a statement
	Dropped int64     // runs of statements that were too many to be told apart
	Sources int       // that the program can send
	Unseen  []*Source // of those, what no log shows
}

// Refused is what a pooler's log gives as the reason, and how often.
type Refused struct {
	Reason string `json:"reason"`
	Times  int64  `json:"times"`
}

// Report judges what the log shows.
func (l *Log) Report(r *output.Report, counts pglog.Counts, behind []Behind, sources []*Source) *Report {
	report := &Report{Report: r, Counts: counts, Rows: l.Judge(behind, sources), Kinds: len(l.rows), Dropped: l.Dropped}
	for _, reason := range slices.Sorted(maps.Keys(l.refused)) {
		report.Refused = append(report.Refused, Refused{output.OneLine(reason), l.refused[reason]})
	}
	slices.SortStableFunc(report.Refused, func(a, b Refused) int { return cmp.Compare(b.Times, a.Times) })
	for _, s := range sources {
		if s.SQL == "" {
			continue
		}
		report.Sources++
		if !s.seen {
			report.Unseen = append(report.Unseen, s)
		}
	}
	return report
}
