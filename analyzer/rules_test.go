package analyzer

import (
	"regexp"
	"slices"
	"testing"

	"github.com/poolvet/poolvet/internal/session"
)

func TestEveryKindHasARule(t *testing.T) {
	for _, kind := range session.Kinds() {
		if ruleOf(session.Effect{Kind: kind}) == nil {
			t.Errorf("%s: no rule", kind)
		}
	}
}

func TestRuleOf(t *testing.T) {
	for _, test := range []struct {
		effect session.Effect
		want   string
	}{
		{session.Effect{Kind: session.Set}, "set-parameter"},
		{session.Effect{Kind: session.SetConfigLocal}, "set-parameter"},
		{session.Effect{Kind: session.SetLocalRole}, "set-role"},
		{session.Effect{Kind: session.AdvisoryUnlock}, "session-lock"},
		{session.Effect{Kind: session.TempOnCommitDrop}, "temp-object"},
		{session.Effect{Kind: session.SequenceRead}, "sequence-state"},
		{session.Effect{Kind: session.Dblink}, "hidden-state"},
		{session.Effect{Kind: session.SetSeed}, "hidden-state"},
		{session.Effect{Kind: session.Set, Body: session.DoBlock}, "hidden-state"},
		{session.Effect{Kind: session.AdvisoryLock, Body: session.FunctionBody}, "hidden-state"},
	} {
		if rule := ruleOf(test.effect); rule.ID != test.want {
			t.Errorf("%s %s: %s, want %s", test.effect.Kind, test.effect.Body, rule.ID, test.want)
		}
	}
}

func TestRuleIDs(t *testing.T) {
	var ids []string
	for _, rule := range Rules() {
		if !regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`).MatchString(rule.ID) {
			t.Errorf("%q is not in kebab case", rule.ID)
		}
		if rule.Summary == "" {
			t.Errorf("%s: no summary", rule.ID)
		}
		if LookupRule(rule.ID) != rule {
			t.Errorf("%s: not found by its ID", rule.ID)
		}
		ids = append(ids, rule.ID)
	}
	if want := slices.Compact(slices.Sorted(slices.Values(ids))); len(want) != len(ids) {
		t.Errorf("an ID occurs twice in %q", ids)
	}
	if LookupRule("no-such-rule") != nil {
		t.Error("found a rule that is not there")
	}
}
