package comparison

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/pooler"
)

// Changed is one setting of a pooler changed, and what would be found behind it then.
type Changed struct {
	pooler.Change
	Findings []output.Finding

	Fewer int // how many places less than without, once sorted
}

// maxChanges is how many settings are named for one pooler.
const maxChanges = 3

// sortChanges leaves the settings that make findings go away, the one with the
// most first.
func (r *Row) sortChanges() {
	for _, c := range r.Changes {
		c.Findings = output.InOrder(c.Findings)
		c.Fewer = len(r.Findings) - len(c.Findings)
	}
	r.Changes = slices.DeleteFunc(r.Changes, func(c *Changed) bool { return c.Fewer <= 0 })
	slices.SortStableFunc(r.Changes, func(a, b *Changed) int { return cmp.Compare(b.Fewer, a.Fewer) })
	r.Changes = r.Changes[:min(len(r.Changes), maxChanges)]
}

// advice are the settings of one pooler that would make findings go away:
// "max_prepared_statements=200: 12 of 31", "" for none.
func (r *Row) advice() string {
	var said []string
	for _, c := range r.Changes {
		said = append(said, fmt.Sprintf("%s: %d of %d", c.Words, c.Fewer, len(r.Findings)))
	}
	return strings.Join(said, "; ")
}
