package trace

import (
	"cmp"
	"maps"
	"slices"

	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/page"
	"github.com/poolvet/poolvet/internal/pglog"
)

// Report is what there is to say of logs.
type Report struct {
	*output.Report
	Counts  pglog.Counts
	Rows    []*Row    // that leave something in the session behind some pooler
	Kinds   int       // statements in all
	Quiet   int       // of those, what leaves nothing in the session
	Refused []Refused // what poolers refused, and pinned without a statement
	Dropped int64     // runs of statements that were too many to be told apart
	Sources int       // that the program can send
	Unseen  []*Source // of those, what no log shows

	Timeline *Timeline // nil where no log has times, or no session held state
	Web      page.Web
}

// Refused is what a pooler's log gives as the reason, and how often.
type Refused struct {
	Reason string `json:"reason"`
	Times  int64  `json:"times"`
}

// Often is how often, in words.
func (r Refused) Often() string { return times(r.Times) }

// Report judges what the log shows.
func (l *Log) Report(r *output.Report, counts pglog.Counts, sources []*Source) *Report {
	report := &Report{Report: r, Counts: counts, Rows: l.Judge(sources), Dropped: l.Dropped}
	for _, k := range l.kinds {
		if k.from != fromPin {
			report.Kinds++
			if !k.bad {
				report.Quiet++
			}
		}
	}
	report.Timeline = l.timeline()
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
