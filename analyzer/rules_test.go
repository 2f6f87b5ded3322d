package analyzer

import (
	"regexp"
	"slices"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
)

func TestEveryKindHasARule(t *testing.T) {
	for _, kind := range effect.Kinds() {
		if ruleOf(effect.Effect{Kind: kind}) == nil {
			t.Errorf("%s: no rule", kind)
		}
	}
}

func TestRuleOf(t *testing.T) {
	for _, test := range []struct {
		effect effect.Effect
		want   string
	}{
		{effect.Effect{Kind: effect.Set}, "set-parameter"},
		{effect.Effect{Kind: effect.SetConfigLocal}, "set-parameter"},
		{effect.Effect{Kind: effect.SetLocalRole}, "set-role"},
		{effect.Effect{Kind: effect.AdvisoryUnlock}, "session-lock"},
		{effect.Effect{Kind: effect.TempOnCommitDrop}, "temp-object"},
		{effect.Effect{Kind: effect.SequenceRead}, "sequence-state"},
		{effect.Effect{Kind: effect.Dblink}, "hidden-state"},
		{effect.Effect{Kind: effect.SetSeed}, "hidden-state"},
		{effect.Effect{Kind: effect.Set, Body: effect.DoBlock}, "hidden-state"},
		{effect.Effect{Kind: effect.AdvisoryLock, Body: effect.FunctionBody}, "hidden-state"},
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
