package output

import (
	"slices"
	"testing"
)

// A file that two packages embed has its findings once, whichever of them is
// read first.
func TestInOrderIsTheSameFromEveryOrder(t *testing.T) {
	same := Finding{Rule: "listen", File: "a.sql", Line: 1, Column: 1, Message: "LISTEN"}
	first, second := same, same
	first.Package, second.Package = "example.com/a", "example.com/b"
	other := Finding{Rule: "listen", File: "a.sql", Line: 2, Message: "LISTEN"}
	for _, order := range [][]Finding{{first, second, other}, {second, other, first}, {other, second, first}} {
		got := InOrder(slices.Clone(order))
		if len(got) != 2 || got[0].Package != "example.com/a" || got[1].Line != 2 {
			t.Errorf("%+v", got)
		}
	}
}
