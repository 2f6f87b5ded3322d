package fix

import (
	"go/token"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// Of fixes that edit the same the first is kept; the very same edit, as of an
// import, is made once.
func TestClaim(t *testing.T) {
	edit := func(from, to token.Pos, with string) *analysis.SuggestedFix {
		return &analysis.SuggestedFix{TextEdits: []analysis.TextEdit{{Pos: from, End: to, NewText: []byte(with)}}}
	}
	x := new(Fixer)
	for _, step := range []struct {
		fix  *analysis.SuggestedFix
		want bool
	}{
		{edit(10, 20, "a"), true},
		{edit(10, 20, "a"), true},
		{edit(10, 20, "b"), false},
		{edit(15, 30, "a"), false},
		{edit(20, 20, "c"), false}, // where the first ends
		{edit(21, 22, "c"), true},
		{edit(5, 9, "d"), true},
	} {
		if got := x.Claim(step.fix); got != step.want {
			t.Errorf("%+v: %t", step.fix.TextEdits, got)
		}
	}
}
