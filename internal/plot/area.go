package plot

import (
	"fmt"
	"strings"
)

// box is a part of the picture, whose units are 1,000 to its width.
type box struct{ Left, Top, Right, Bottom int }

var frame = box{76, 36, 940, 284}

// badge is how much room the number of a series takes.
const badge = 22

// scale says where numbers stand in a frame.
type scale struct {
	box
	points int
	top    int // the number at the upper edge
}

func (s scale) x(point int) float64 {
	return float64(s.Left) + float64(s.Right-s.Left)*float64(point)/float64(s.points)
}

func (s scale) y(n int) float64 {
	return float64(s.Bottom) - float64(s.Bottom-s.Top)*float64(n)/float64(s.top)
}

// at is a coordinate as it is written: the same on every machine.
func at(v float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0") }

// area is a series as it is drawn.
type area struct {
	Series
	Number int // 1 to Colours, 0 for what is beyond them
	Most   int
	Path   string
	Badge  *spot // where it is wide and high enough
}

type spot struct{ X, Y string }

func (s Stack) areas(scale scale) (all []area) {
	below := make([]int, scale.points)
	for i, one := range s.Series {
		above := make([]int, scale.points)
		a := area{Series: one, Number: (i + 1) % (Colours + 1)}
		for k, n := range one.Of {
			above[k] = below[k] + n
			a.Most = max(a.Most, n)
		}
		a.Path, a.Badge = path(scale, below, above), room(scale, below, above)
		all = append(all, a)
		below = above
	}
	return all
}

// path is the outline of each part of an area that is not flat: every number
// holds until the next.
func path(scale scale, below, above []int) string {
	var b strings.Builder
	for i := 0; i < len(above); {
		end := i
		for end < len(above) && above[end] > below[end] {
			end++
		}
		if end > i {
			outline(&b, scale, below, above, i, end)
		}
		i = max(end, i+1)
	}
	return b.String()
}

// outline goes along the upper edge from one point to another, and back along
// the lower.
func outline(b *strings.Builder, scale scale, below, above []int, from, to int) {
	fmt.Fprintf(b, "M%s %s", at(scale.x(from)), at(scale.y(above[from])))
	for i := from + 1; i < to; i++ {
		if above[i] != above[i-1] {
			fmt.Fprintf(b, "H%sV%s", at(scale.x(i)), at(scale.y(above[i])))
		}
	}
	fmt.Fprintf(b, "H%sV%s", at(scale.x(to)), at(scale.y(below[to-1])))
	for i := to - 1; i > from; i-- {
		if below[i] != below[i-1] {
			fmt.Fprintf(b, "H%sV%s", at(scale.x(i)), at(scale.y(below[i-1])))
		}
	}
	fmt.Fprintf(b, "H%sZ", at(scale.x(from)))
}

// room is where the number of an area has most room, nil where it has none.
func room(scale scale, below, above []int) (best *spot) {
	width := 1
	for width < scale.points && scale.x(width)-scale.x(0) < badge {
		width++
	}
	most := float64(badge)
	for i := 0; i+width <= scale.points; i++ {
		low, high := below[i], above[i]
		for k := i; k < i+width; k++ {
			low, high = max(low, below[k]), min(high, above[k])
		}
		if height := scale.y(low) - scale.y(high); high > low && height > most {
			most, best = height, &spot{at((scale.x(i) + scale.x(i+width)) / 2), at((scale.y(low) + scale.y(high)) / 2)}
		}
	}
	return best
}
