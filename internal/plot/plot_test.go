package plot

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)

func stack(step time.Duration, series ...[]int) Stack {
	s := Stack{Title: "Pins", One: "session", What: "sessions", From: noon, Step: step}
	for i, of := range series {
		s.Series = append(s.Series, Series{Name: fmt.Sprint("cause ", i+1), Of: of})
	}
	return s
}

func drawnHTML(t *testing.T, s Stack) string {
	t.Helper()
	html, err := s.HTML()
	if err != nil {
		t.Fatal(err)
	}
	return string(html)
}

// surface is what a path of the kind that is drawn encloses.
func surface(t *testing.T, path string) (sum float64) {
	t.Helper()
	for _, part := range strings.Split(path, "M")[1:] {
		var x, y, doubled float64
		var first [2]float64
		for i, m := range regexp.MustCompile(`([HVZ]?)([-\d.]*)(?: ([-\d.]+))?`).FindAllStringSubmatch(part, -1) {
			was := [2]float64{x, y}
			v, _ := strconv.ParseFloat(m[2], 64)
			switch m[1] {
			case "":
				x = v
				y, _ = strconv.ParseFloat(m[3], 64)
				first = [2]float64{x, y}
			case "H":
				x = v
			case "V":
				y = v
			case "Z":
				x, y = first[0], first[1]
			}
			if i > 0 {
				doubled += was[0]*y - x*was[1]
			}
		}
		sum += math.Abs(doubled) / 2
	}
	return sum
}

// An area is as large as its numbers, wherever those below it end.
func TestAreasAreAsLargeAsTheirNumbers(t *testing.T) {
	s := stack(time.Minute, []int{0, 3, 3, 0, 1, 0, 2, 5}, []int{2, 2, 0, 0, 4, 4, 0, 1}, []int{0, 0, 0, 0, 0, 0, 0, 0}, []int{1, 0, 7, 7, 7, 0, 0, 2})
	d := s.draw()
	wide := float64(frame.Right-frame.Left) / 8
	high := float64(frame.Bottom-frame.Top) / 15 // the ticks go up to 15
	if last := d.Y[len(d.Y)-1].Label; last != "15" {
		t.Fatalf("the ticks go up to %s", last)
	}
	for _, a := range d.Areas {
		sum := 0
		for _, n := range a.Of {
			sum += n
		}
		if got, want := surface(t, a.Path), float64(sum)*wide*high; math.Abs(got-want) > want/500 {
			t.Errorf("%s: %.1f, want %.1f: %s", a.Name, got, want, a.Path)
		}
	}
	if d.Top != 12 || d.When != "2026-03-12 12:04:00" || d.Ends != "2026-03-12 12:08:00" {
		t.Errorf("at most %d at %s, until %s", d.Top, d.When, d.Ends)
	}
}

func TestWhatIsBeyondTheColoursIsOneSeries(t *testing.T) {
	var series [][]int
	for i := range Colours + 4 {
		series = append(series, []int{i, 20})
	}
	d := Stack{Series: folded(stack(time.Hour, series...).Series), From: noon, Step: time.Hour}.draw()
	last := d.Areas[len(d.Areas)-1]
	if len(d.Areas) != Colours+1 || last.Name != "4 others" || last.Number != 0 || last.Of[0] != 8+9+10+11 || last.Most != 80 {
		t.Errorf("%d areas, the last %+v", len(d.Areas), last)
	}
	if all := folded(stack(time.Hour, series[:Colours]...).Series); len(all) != Colours {
		t.Errorf("%d series of %d", len(all), Colours)
	}
}

func TestNumbersOfTicks(t *testing.T) {
	for top, want := range map[int]string{
		0: "[0 1]", 1: "[0 1]", 5: "[0 1 2 3 4 5]", 6: "[0 2 4 6]", 7: "[0 2 4 6 8]", 12: "[0 5 10 15]", 26: "[0 10 20 30]",
		63: "[0 20 40 60 80]", 120: "[0 50 100 150]", 4711: "[0 1000 2000 3000 4000 5000]",
	} {
		if got := fmt.Sprint(numbers(top)); got != want {
			t.Errorf("%d: %s, want %s", top, got, want)
		}
	}
	if thousands(123) != "123" || thousands(1234567) != "1,234,567" {
		t.Errorf("%s %s", thousands(123), thousands(1234567))
	}
}

func TestTicksOfTime(t *testing.T) {
	for _, test := range []struct {
		from   time.Time
		step   time.Duration
		points int
		want   string
	}{
		{noon, time.Second, 3, "12:00:00/2026-03-12 12:00:01 12:00:02 12:00:03"},
		{noon.Add(-13 * time.Minute), time.Minute, 240, "12:00/2026-03-12 13:00 14:00 15:00"},
		{noon, 10 * time.Minute, 240, "12:00/2026-03-12 00:00/2026-03-13 12:00 00:00/2026-03-14"},
		{time.Date(2026, 12, 30, 1, 0, 0, 0, time.UTC), time.Hour, 100, "31 Dec/2026 1 Jan/2027 2 Jan 3 Jan"},
		{noon.In(time.FixedZone("", 3600)), time.Minute, 1, "12:00:00/2026-03-12 12:00:15 12:00:30 12:00:45 12:01:00"},
	} {
		var got []string
		for _, tick := range (Stack{From: test.from, Step: test.step}).times(scale{frame, test.points, 1}) {
			label := tick.Label
			if tick.Under != "" {
				label += "/" + tick.Under
			}
			got = append(got, label)
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%d of %s: %s, want %s", test.points, test.step, got, test.want)
		}
	}
}

// Ticks have room, and stand in the frame, whatever the span.
func TestTicksOfTimeHaveRoom(t *testing.T) {
	for points := 1; points <= 240; points += 7 {
		for step := time.Second; step < math.MaxInt64/time.Duration(4*points); step = step*3 + 1 {
			ticks := Stack{From: noon.Add(time.Duration(points) * 7 * step / 3), Step: step}.times(scale{frame, points, 1})
			before := float64(frame.Left) - 1000
			for _, tick := range ticks {
				x, err := strconv.ParseFloat(tick.At, 64)
				if err != nil || x < float64(frame.Left) || x > float64(frame.Right) || x-before < 140 {
					t.Fatalf("%d of %s: %s at %s", points, step, tick.Label, tick.At)
				}
				before = x
			}
			if len(ticks) == 0 || len(ticks) > maxTimes {
				t.Fatalf("%d of %s: %d ticks", points, step, len(ticks))
			}
		}
	}
}

func TestTableHasLinesWhereFiguresChange(t *testing.T) {
	html := drawnHTML(t, stack(time.Minute, []int{1, 1, 1, 2, 2}, []int{0, 0, 1, 0, 0}))
	got := regexp.MustCompile(`<th scope="row">[^/]*/th>(<td>\d+</td>)*`).FindAllString(html, -1)
	want := []string{"12:00:00</th><td>1</td><td>0</td><td>1</td>", "12:02:00</th><td>1</td><td>1</td><td>2</td>", "12:03:00</th><td>2</td><td>0</td><td>2</td>"}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i, line := range want {
		if got[i] != `<th scope="row">2026-03-12 `+line {
			t.Errorf("%s, want %s", got[i], line)
		}
	}
}

// A number stands in its area, or not at all.
func TestNumbersStandInTheirAreas(t *testing.T) {
	flat, thin := make([]int, 100), make([]int, 100)
	for i := range flat {
		flat[i] = 30
	}
	thin[50] = 40
	d := stack(time.Minute, flat, thin).draw()
	if d.Areas[0].Badge == nil || d.Areas[0].Badge.Y != at(scale{frame, 100, 80}.y(15)) {
		t.Errorf("the number of a high area is at %+v", d.Areas[0].Badge)
	}
	if d.Areas[1].Badge != nil {
		t.Errorf("the number of a thin area is at %+v", *d.Areas[1].Badge)
	}
}

func TestNothingIsDrawnOfNothing(t *testing.T) {
	for name, s := range map[string]Stack{
		"no series": stack(time.Minute), "no numbers": stack(time.Minute, nil), "no step": stack(time.Second-1, []int{1}), "no time": stack(math.MaxInt64/2, []int{1, 2, 3}),
	} {
		if html := drawnHTML(t, s); html != "" {
			t.Errorf("%s: %s", name, html)
		}
	}
	if html := drawnHTML(t, stack(time.Minute, []int{0, 0})); !strings.Contains(html, "None at any time.") || strings.Contains(html, "NaN") {
		t.Error(html)
	}
}

func TestNamesStayText(t *testing.T) {
	const bad = `</desc></svg><script>alert(1)</script>"><img src=x onerror=alert(1)>`
	s := stack(time.Minute, []int{1})
	s.Series[0].Name, s.Series[0].Says, s.Series[0].Link = bad, bad, "javascript:alert(1)"
	if html := drawnHTML(t, s); strings.Contains(html, "<script") || strings.Contains(html, "<img") || strings.Contains(html, "javascript:") {
		t.Error(html)
	}
}
