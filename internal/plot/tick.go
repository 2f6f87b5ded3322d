package plot

import (
	"slices"
	"strconv"
	"time"
)

// tick is a mark of an axis.
type tick struct {
	Label string
	Under string // a second line, where it changes
	At    string
}

// numbers are those of the ticks up to a number or beyond: 1, 2 or 5 times a
// power of ten apart, and five at most besides 0.
func numbers(top int) (all []int) {
	step := 1
	for i := 1; 5*step < top; i++ {
		if i%3 == 2 {
			step = step * 5 / 2
		} else {
			step *= 2
		}
	}
	for n := 0; n < top || n == 0; n += step {
		all = append(all, n)
	}
	return append(all, all[len(all)-1]+step)
}

// thousands writes a number as people read it: 12,345.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

const day = 24 * time.Hour

// steps are how far apart ticks of time can be.
var steps = []time.Duration{
	time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
	day, 2 * day, 7 * day, 14 * day, 28 * day, 91 * day, 182 * day, 365 * day,
}

// maxTimes is how many ticks of time have room on a phone.
const maxTimes = 6

// times are the ticks of time, in UTC.
func (s Stack) times(scale scale) (all []tick) {
	span := time.Duration(scale.points) * s.Step
	i := slices.IndexFunc(steps, func(step time.Duration) bool { return span/step <= maxTimes-1 })
	step := steps[len(steps)-1]
	if i >= 0 {
		step = steps[i]
	}
	for step < span/(maxTimes-1) { // many years
		step *= 2
	}
	upper, under := "15:04", time.DateOnly
	switch {
	case step < time.Minute:
		upper = "15:04:05"
	case step >= day:
		upper, under = "2 Jan", "2006"
	}
	from := s.From.UTC()
	t := from.Truncate(step)
	if t.Before(from) {
		t = t.Add(step)
	}
	before := ""
	for ; t.Sub(from) <= span; t = t.Add(step) {
		one := tick{Label: t.Format(upper), At: at(scale.x(0) + (scale.x(scale.points)-scale.x(0))*float64(t.Sub(from))/float64(span))}
		if u := t.Format(under); u != before {
			one.Under, before = u, u
		}
		all = append(all, one)
	}
	return all
}
