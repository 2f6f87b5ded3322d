package output

import (
	"cmp"
	"fmt"
	"strings"
)

// cause is findings that differ in their places alone: the rule, the words of the
// message and the package, or the file of SQL, are the same.
type cause struct {
	Finding // the first
	also    []Finding
}

// causes puts together what has one cause, in the order of the first of each.
func causes(findings []Finding) (all []*cause) {
	known := map[[3]string]*cause{}
	for _, f := range findings {
		key := [3]string{f.Rule, f.Message, cmp.Or(f.Package, f.File)}
		if c := known[key]; c != nil {
			c.also = append(c.also, f)
			continue
		}
		known[key] = &cause{Finding: f}
		all = append(all, known[key])
	}
	return all
}

// maxAlso is how many further places of a cause are named.
const maxAlso = 20

// alsoAt names the further places, "" for none: "also at a.go:7, 9, b.go:3". A
// line that was named already has its column.
func (c *cause) alsoAt() string {
	var places []string
	before, named := c.Finding, ""
	for i, f := range c.also {
		if i == maxAlso {
			places = append(places, fmt.Sprintf("and %d more", len(c.also)-i))
			break
		}
		column, file := 0, ""
		if f.File == before.File && f.Line == before.Line {
			column = f.Column
		}
		if f.File != named {
			file = f.File
		}
		places = append(places, strings.TrimPrefix(placed(file, f.Line, column), ":"))
		before, named = f, f.File
	}
	if len(places) == 0 {
		return ""
	}
	return "also at " + strings.Join(places, ", ")
}
