// Package patch writes what changed in a file as patch and git apply take it.
package patch

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff" // x/tools' own differ, which is internal there
)

// around is how many lines a hunk shows before and behind what it changes.
const around = 3

// Unified is the change of a file as patch and git apply take it. The differ
// only says which lines differ: the headers of its own hunks count wrong behind
// a hunk that changes several places.
func Unified(name, before, after string) string {
	d := diff{lines: slices.Collect(strings.Lines(before))}
	for _, e := range udiff.Lines(before, after) {
		first := strings.Count(before[:e.Start], "\n")
		removed := slices.Collect(strings.Lines(before[e.Start:e.End]))
		if d.next == 0 && d.hunk.Len() == 0 || first > d.next+2*around {
			d.end()
			d.begin(max(0, first-around))
		}
		d.keep(first)
		d.write('-', removed)
		d.next += len(removed)
		added := slices.Collect(strings.Lines(e.New))
		d.write('+', added)
	}
	d.end()
	if d.all.Len() == 0 {
		return ""
	}
	if strings.Contains(name, " ") {
		name += "\t" // which ends the name
	}
	return "--- a/" + name + "\n+++ b/" + name + "\n" + d.all.String()
}

// diff is a unified diff as it is written, hunk by hunk.
type diff struct {
	lines []string // of the file before
	next  int      // the first of them that no hunk has yet
	grown int      // by how many lines the hunks before make the file longer

	hunk                 strings.Builder
	first                int // line of the hunk
	removed, kept, added int

	all strings.Builder
}

func (d *diff) begin(first int) {
	d.first, d.next = first, first
	d.removed, d.kept, d.added = 0, 0, 0
}

// keep shows the lines up to the one given.
func (d *diff) keep(until int) {
	until = min(until, len(d.lines))
	d.write(' ', d.lines[d.next:until])
	d.next = until
}

func (d *diff) write(kind byte, lines []string) {
	for _, line := range lines {
		d.hunk.WriteByte(kind)
		d.hunk.WriteString(line)
		if !strings.HasSuffix(line, "\n") {
			d.hunk.WriteString("\n\\ No newline at end of file\n")
		}
	}
	switch kind {
	case '-':
		d.removed += len(lines)
	case '+':
		d.added += len(lines)
	default:
		d.kept += len(lines)
	}
}

// end puts the hunk among the others.
func (d *diff) end() {
	if d.hunk.Len() == 0 {
		return
	}
	d.keep(d.next + around)
	old, now := d.kept+d.removed, d.kept+d.added
	fmt.Fprintf(&d.all, "@@ -%s +%s @@\n%s", lineRange(d.first, old), lineRange(d.first+d.grown, now), d.hunk.String())
	d.grown += d.added - d.removed
	d.hunk.Reset()
}

// lineRange is n lines from the one with an index on; of none, the one before.
func lineRange(index, n int) string {
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", index)
	case 1:
		return fmt.Sprint(index + 1)
	}
	return fmt.Sprintf("%d,%d", index+1, n)
}
