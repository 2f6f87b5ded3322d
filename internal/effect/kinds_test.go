package effect

import "testing"

func TestEachKindIsListedOnceWithScopeAndRule(t *testing.T) {
	seen := map[Kind]bool{}
	for _, k := range kinds {
		if seen[k.kind] {
			t.Errorf("%s is listed twice", k.kind)
		}
		seen[k.kind] = true
		if k.kind.Rule() == "" || k.kind.Scope() != Session && k.kind.Scope() != Transaction && k.kind.Scope() != Statement {
			t.Errorf("%s: rule %q, scope %q", k.kind, k.kind.Rule(), k.kind.Scope())
		}
	}
	if len(Kinds()) != len(kinds) || Kinds()[0] != Set {
		t.Errorf("Kinds() = %v", Kinds())
	}
	if no := Kind("no-such-kind"); no.Rule() != "" {
		t.Errorf("%q has rule %q", no, no.Rule())
	}
}

func TestBindTakesBoundValues(t *testing.T) {
	bound := func(values map[string]string) func(string) (string, bool) {
		return func(param string) (string, bool) { v, ok := values[param]; return v, ok }
	}
	e := Effect{Kind: SetConfig, ObjectParam: "1", LocalParam: "3"}
	if got := e.Bind(bound(map[string]string{"1": "Role", "3": "true"})); got.Kind != SetConfigLocal || got.Object != "role" {
		t.Errorf("bound to true: %+v", got)
	}
	if got := e.Bind(bound(map[string]string{"3": "off"})); got.Kind != SetConfig || got.Local != False || got.Object != "" {
		t.Errorf("bound to off: %+v", got)
	}
	if got := e.Bind(bound(nil)); got != e {
		t.Errorf("nothing bound: %+v", got)
	}
}

func TestParseKnownReadsWhatPostgreSQLDoes(t *testing.T) {
	for v, want := range map[string]Known{" TRUE ": True, "t": True, "y": True, "on": True, "1": True,
		"f": False, "no": False, "of": False, "0": False, "o": Unknown, "": Unknown, "maybe": Unknown} {
		if got := ParseKnown(v); got != want {
			t.Errorf("ParseKnown(%q) = %d, want %d", v, got, want)
		}
	}
}
