package pooler

import (
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
)

func TestLookup(t *testing.T) {
	for spec, title := range map[string]string{
		"rdsproxy":                 "RDS Proxy",
		"RDSProxy":                 "RDS Proxy",
		"pgbouncer":                "PgBouncer 1.26",
		"pgbouncer@1.18":           "PgBouncer 1.18",
		"pgbouncer@1.25.2":         "PgBouncer 1.25",
		"pgbouncer-statement":      "PgBouncer 1.26 in statement mode",
		"pgbouncer-statement@1.20": "PgBouncer 1.20 in statement mode",
		"azure":                    "Azure's PgBouncer",
		"odyssey":                  "Odyssey 1.5",
		"odyssey@1.4.1":            "Odyssey 1.4",
		"pgdog":                    "PgDog",
		"pgdog@0.1.44":             "PgDog before 0.1.45",
		"pgdog@0.1.60":             "PgDog",
		"none":                     "no pooler",
	} {
		if p := lookup(t, spec); p.Title != title {
			t.Errorf("%s: title %q, want %q", spec, p.Title, title)
		}
	}
	if p := lookup(t, "pgbouncer@1.18"); p.String() != "pgbouncer@1.18" {
		t.Errorf("spec %q, want pgbouncer@1.18", p)
	}
}

func TestLookupOfUnknownListsWhatThereIs(t *testing.T) {
	for spec, want := range map[string]string{
		"pgbonucer@1.20":   `pooler "pgbonucer@1.20" is not known (did you mean pgbouncer?); known are rdsproxy`,
		"pgbouncer@v1.20":  `version "v1.20" of pgbouncer is not known (did you mean 1.20?); known are 1.18 to 1.26`,
		"pgbouncer@v9":     `version "v9" of pgbouncer is not known; known are`,
		"pgpool":           "rdsproxy, pgbouncer[@VERSION], pgbouncer-statement[@VERSION], odyssey[@VERSION], pgcat[@VERSION], supavisor[@VERSION], pgdog[@VERSION], azure",
		"":                 "rdsproxy",
		"pgbouncer@1.17":   "1.18 to 1.26",
		"pgbouncer@1.27":   "1.18 to 1.26",
		"pgbouncer@":       "1.18 to 1.26",
		"pgbouncer@2.20":   "1.18 to 1.26",
		"pgbouncer@1.x":    "1.18 to 1.26",
		"pgbouncer@1.25.x": "1.18 to 1.26",
		"neon@1.2":         "no versions",
		"odyssey@1.3":      `version "1.3" of odyssey is not known; known are 1.4 to 1.5`,
		"odyssey@1.6":      "1.4 to 1.5",
		"pgcat@1.4":        "known are 1.3",
		"pgdog@0.1":        "0.1.0 and later ones of 0.1, with a change in 0.1.45",
		"pgdog@0.2.0":      "0.1.0 and later ones",
	} {
		if p, err := Lookup(spec); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v, want an error with %q", spec, p, err, want)
		}
	}
}

func TestAllHasEachNameOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range All() {
		if seen[p.Name] {
			t.Errorf("%s twice", p.Name)
		}
		seen[p.Name] = true
		if q := lookup(t, p.String()); q.Title != p.Title {
			t.Errorf("%s: Lookup finds %s", p.Title, q.Title)
		}
	}
	if All()[0].Name != Default {
		t.Errorf("%s comes first, not the default", All()[0].Name)
	}
}

func TestSettingsDecideNamedStatements(t *testing.T) {
	e := of(effect.NamedStatement)
	for _, test := range []struct {
		spec      string
		yes, no   Outcome
		byDefault Outcome
	}{
		{"pgbouncer", OK, Leaks, OK},
		{"pgbouncer@1.21", OK, Leaks, Leaks},
		{"azure", OK, Leaks, Leaks},
		{"pgcat", OK, Lost, Lost},
		{"odyssey", OK, Lost, OK},
		{"rdsproxy", OK, Pins, Pins},
		{"none", OK, OK, OK},
	} {
		p := lookup(t, test.spec)
		for want, got := range map[*Outcome]Verdict{
			&test.yes:       p.With(Settings{Switches: map[Switch]bool{PreparedStatements: true}}).Verdict(e),
			&test.no:        p.With(Settings{Switches: map[Switch]bool{PreparedStatements: false}}).Verdict(e),
			&test.byDefault: p.With(Settings{}).Verdict(e),
		} {
			if got.Outcome != *want {
				t.Errorf("%s: %s, want %s", test.spec, got.Outcome, *want)
			}
		}
		if v := p.Verdict(e); v.Outcome != test.byDefault {
			t.Errorf("%s: With changed its receiver: %s", test.spec, v.Outcome)
		}
	}
}

func TestTrackedParametersMustBeReported(t *testing.T) {
	startup := func(name string) effect.Effect {
		return effect.Effect{Kind: effect.StartupParameter, Object: name}
	}
	for _, test := range []struct {
		spec   string
		effect effect.Effect
		want   Outcome
	}{
		{"pgbouncer@1.25", set("Search_Path"), OK},
		{"pgbouncer@1.25", startup("search_path"), OK},
		{"pgbouncer@1.25", startup("options:search_path"), OK},
		{"azure", set("search_path"), OK},
		{"pgbouncer@1.25", set("statement_timeout"), Leaks},
		{"pgbouncer@1.25", startup("statement_timeout"), Lost},
		{"pgbouncer@1.26", set("statement_timeout"), Leaks},
		{"pgbouncer@1.26", startup("statement_timeout"), OK},
		{"pgbouncer@1.25", set("lock_timeout"), Leaks},
		{"rdsproxy", set("search_path"), Pins},
	} {
		p := lookup(t, test.spec).With(Settings{TrackedParams: []string{" search_path", "Statement_Timeout"}})
		if v := p.Verdict(test.effect); v.Outcome != test.want {
			t.Errorf("%s %s %s: %s, want %s", test.spec, test.effect.Kind, test.effect.Object, v.Outcome, test.want)
		}
	}
	if v := lookup(t, "pgbouncer@1.25").Verdict(set("search_path")); v.Outcome != Leaks {
		t.Error("settings of one profile changed another")
	}
}
