package page

import "testing"

func TestLinksInReferences(t *testing.T) {
	for text, want := range map[string][2]string{
		"https://a.example/b":                              {"", "https://a.example/b"},
		"measured with PostgreSQL 15; https://a.example/b": {"measured with PostgreSQL 15;", "https://a.example/b"},
		"see https://a.example/b, part 3":                  {"see part 3", "https://a.example/b"},
		"odyssey: sources/reset.c":                         {"odyssey: sources/reset.c", ""},
		"javascript:alert(1)":                              {"javascript:alert(1)", ""},
	} {
		if got := ReferenceIn(text); got.Text != want[0] || got.URL != want[1] {
			t.Errorf("%s: %q", text, got)
		}
	}
}
