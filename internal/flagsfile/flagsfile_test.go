package flagsfile

import (
	"slices"
	"testing"
)

// Behind -- there are no flags.
func TestFilesThatArgumentsName(t *testing.T) {
	for _, test := range []struct{ args, want []string }{
		{[]string{"-flags=a", "--flags", "b", "./..."}, []string{"a", "b"}},
		{[]string{"-pooler=x", "--", "-flags=a"}, nil},
		{[]string{"-flags"}, nil},
	} {
		if got := Named(test.args); !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.args, got, test.want)
		}
	}
}
