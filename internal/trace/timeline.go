package trace

import (
	"cmp"
	"slices"
	"time"
)

// Timeline is how many sessions were pinned at each time, by what pinned them first.
type Timeline struct {
	From   time.Time
	Step   time.Duration // of one point
	Points int
	Series []Series // the one with the most sessions first
}

// Series is of one cause.
type Series struct {
	Row    *Row
	Pinned []int // sessions at each point
}

const mostPoints = 240

// steps are how far two points can be apart.
var steps = []time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour,
}

// timeline is of the sessions that PostgreSQL's log shows; where it shows none,
// of the times at which the proxy's log has pins. It is nil where neither has
// times.
func (l *Log) timeline() *Timeline {
	all := l.held.all
	if len(all) == 0 {
		for _, p := range l.pins.each {
			if r := cmp.Or(p.to, p.group.left); r != nil && p.at != 0 {
				all = append(all, held{r, p.at, p.at})
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	t := spanOf(all)
	at := func(micros int64) int { return int(time.UnixMicro(micros).Sub(t.From) / t.Step) }
	of := map[*Row]int{}
	for _, h := range all {
		i, ok := of[h.row]
		if !ok {
			i = len(t.Series)
			of[h.row] = i
			t.Series = append(t.Series, Series{h.row, make([]int, t.Points+1)})
		}
		t.Series[i].Pinned[at(h.from)]++
		t.Series[i].Pinned[at(h.to)+1]--
	}
	for i := range t.Series {
		t.Series[i].sum()
	}
	slices.SortStableFunc(t.Series, func(a, b Series) int {
		return cmp.Or(cmp.Compare(slices.Max(b.Pinned), slices.Max(a.Pinned)), inOrder(a.Row, b.Row))
	})
	return t
}

// spanOf is the time that all of them take, in steps.
func spanOf(all []held) *Timeline {
	first, last := all[0].from, all[0].to
	for _, h := range all {
		first, last = min(first, h.from), max(last, h.to)
	}
	from, to := time.UnixMicro(first), time.UnixMicro(last)
	step := steps[0]
	for i := 1; to.Sub(from)/step >= mostPoints-1; i++ {
		if i < len(steps) {
			step = steps[i]
		} else {
			step *= 2
		}
	}
	from = from.UTC().Truncate(step)
	return &Timeline{From: from, Step: step, Points: int(to.Sub(from)/step) + 1}
}

// sum makes of how the number changes the number.
func (s *Series) sum() {
	for i := 1; i < len(s.Pinned); i++ {
		s.Pinned[i] += s.Pinned[i-1]
	}
	s.Pinned = s.Pinned[:len(s.Pinned)-1]
}
