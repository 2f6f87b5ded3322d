package comparison

import (
	"cmp"
	"testing"

	"github.com/poolvet/poolvet/internal/output"
)

func TestTally(t *testing.T) {
	found := tallyOf([]output.Finding{
		{Outcome: "pins"}, {Outcome: "leaks"}, {Outcome: "pins"}, {Outcome: "leaks", Evidence: "inferred"}, {Outcome: "ok", Evidence: "inferred"},
	})
	if found.String() != "1 leaks, 1 may leak, 2 pin, 1 may be ok" || found.letters() != "1L 1L? 2P 1?" || found.class() != "leaks" || found.worst() != "leaks" || !found.certain() {
		t.Errorf("%s, %s, %s, %s", found, found.letters(), found.class(), found.worst())
	}
	if none := tallyOf([]output.Finding{{Outcome: "no-effect"}}); !none.none() {
		t.Error("what has no effect anywhere counts against a pooler")
	}
	for _, evidence := range []string{"inferred", "contested"} {
		unsure := tallyOf([]output.Finding{{Outcome: "leaks", Evidence: evidence}})
		if unsure.none() || unsure.certain() || unsure.letters() != "1L?" || unsure.class() != "leaks unsure" || unsure.worst() != "leaks?" {
			t.Errorf("%s: %s, %s, %s", evidence, unsure.letters(), unsure.class(), unsure.worst())
		}
	}
	// What is only thought to be ok is never shown as good.
	unknown := tallyOf([]output.Finding{{Outcome: "ok", Evidence: "inferred"}})
	if unknown.none() || unknown.letters() != "1?" || unknown.class() != "ok unsure" {
		t.Errorf("%s, %s", unknown.letters(), unknown.class())
	}
}

func TestOrderOfHarm(t *testing.T) {
	of := func(evidence string, outcomes ...string) tally {
		var findings []output.Finding
		for _, o := range outcomes {
			findings = append(findings, output.Finding{Outcome: o, Evidence: evidence})
		}
		return tallyOf(findings)
	}
	// The one with less harm first.
	order := []tally{
		of("measured"),
		of("inferred", "ok"),
		of("measured", "no-effect"),
		of("measured", "pins", "pins", "pins"),
		of("measured", "lost"),
		of("measured", "lost", "pins"),
		of("inferred", "leaks"),
		of("measured", "leaks"),
		of("measured", "leaks", "leaks"),
		of("measured", "refused"),
		of("measured", "refused", "leaks", "lost"),
		of("measured", "wrong-rows"),
	}
	for i := range order {
		for j := range order {
			if got, want := order[i].compare(order[j]), cmp.Compare(i, j); got != want {
				t.Errorf("(%s) against (%s) is %d, want %d", order[i], order[j], got, want)
			}
		}
	}
}
