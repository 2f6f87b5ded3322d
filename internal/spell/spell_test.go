package spell

import (
	"strings"
	"testing"
)

func TestShortenCutsNoName(t *testing.T) {
	long := strings.Repeat("n", 63)
	for _, test := range []struct{ line, want string }{
		{"SET search_path", "SET search_path"},
		{"CREATE TEMP TABLE " + long, "CREATE TEMP TABLE " + long},
		{`LISTEN "` + long + `"`, `LISTEN "` + long + `"`},
		{"nextval('" + long + "')", "nextval('" + long + "'…"},
		{"SELECT a, b, customers.name FROM orders", "SELECT a, b, customers.name…"},
		{"SELECT a, b, c, d, e, f, g, h, i", "SELECT a, b, c, d,…"},
		{"SELECT '" + strings.Repeat("x", 200) + "'", "SELECT '" + strings.Repeat("x", 11) + "…"},
		{strings.Repeat("ü", 90), strings.Repeat("ü", 19) + "…"},
	} {
		if got := Shorten(test.line, 20); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.line, got, test.want)
		}
	}
}
