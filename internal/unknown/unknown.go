// Package unknown says that a name is not among those that there are, and which of
// them may be meant.
package unknown

import (
	"fmt"
	"slices"
	"strings"
)

// Name is the error for a name that is not among names.
func Name(name string, names []string) error {
	return fmt.Errorf("%q is not known%s; known are %s", name, DidYouMean(name, names), strings.Join(names, ", "))
}

// DidYouMean is " (did you mean listen?)", or "" where nothing is close to name.
func DidYouMean(name string, names []string) string {
	if meant := Close(name, names); meant != "" {
		return " (did you mean " + meant + "?)"
	}
	return ""
}

// Close is the one of names that is a typing error or two away from name, else
// one that begins with it or that it begins with; "" for none.
func Close(name string, names []string) string {
	name = strings.ToLower(name)
	best, least := "", 1+min(2, len(name)/2)
	for _, n := range names {
		if d := distance(name, n); d < least {
			best, least = n, d
		}
	}
	if best != "" || len(name) < 2 {
		return best
	}
	for _, goesOn := range []func(n string) bool{
		func(n string) bool { return strings.HasPrefix(n, name) },
		func(n string) bool { return len(n) > 2 && strings.HasPrefix(name, n) },
	} {
		if i := slices.IndexFunc(names, goesOn); i >= 0 {
			return names[i]
		}
	}
	return ""
}

// distance is how many letters are to be put in, taken out or changed, or
// neighbours to be swapped, to make b of a.
func distance(a, b string) int {
	var before, last []int // the two rows above
	for i := range len(a) + 1 {
		row := make([]int, len(b)+1)
		for j := range row {
			switch {
			case i == 0 || j == 0:
				row[j] = i + j
				continue
			case a[i-1] == b[j-1]:
				row[j] = last[j-1]
			default:
				row[j] = 1 + min(last[j-1], last[j], row[j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], 1+before[j-2])
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
