package analyzer

import (
	"go/token"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/message"
	"github.com/poolvet/poolvet/internal/pooler"
)

// configuration reports what drivers and libraries are told, or left, to do to
// the session, and the hooks that change it.
func (r *report) configuration() {
	told := map[driver.Cause]bool{{}: false}
	for _, s := range r.sites() {
		if told[s.Cause] {
			continue
		}
		before := len(r.Findings)
		r.site(s)
		told[s.Cause] = s.Cause != driver.Cause{} && len(r.Findings) > before
	}
}

// site reports one of them if the pooler minds it. What it is for is certain,
// unlike SQL's dialect, so that imports do not matter.
func (r *report) site(s driver.Site) {
	if r.leavesOut(s.Pos) {
		return
	}
	at := []token.Pos{s.Pos}
	p, v := r.worst(r.behind.OfSite(s), s.Effect)
	if v.Outcome == pooler.OK && s.Else != "" {
		s.Effect.Kind, s.Why = s.Else, ""
		v = p.Verdict(s.Effect)
	}
	rule := ruleOf(s.Effect)
	if rule == nil || !r.reports(s.Effect, v) {
		r.leave(s.Effect, v, p, rule, s.Pos)
		return
	}
	fix := r.fixer.OfSite(s)
	m := message.OfSite(s, p, v, fix != nil, r.ExecMode)
	f := Finding{
		Rule: rule.ID, Outcome: string(v.Outcome), Evidence: string(v.Evidence), Pooler: p.String(),
		Pos: s.Pos, End: s.End,
		Message: m.Line(rule.ID),
		Remedy:  m.Remedy, Reference: v.Reference,
		Object: s.Effect.Object, Scope: string(s.Effect.Kind.Scope()), Fix: fix, Text: m.What, Conditional: m.Conditional,
	}
	if r.doubtful(v) {
		r.doubt(f, at)
		return
	}
	r.add(f, at)
}

// inHook adds to a consequence when the code at pos runs, if that is in a hook
// of a pool.
func (r *report) inHook(pos token.Pos, consequence string) string {
	if hook, ok := r.hooks.Of(pos); ok {
		return consequence + ", " + hook.When + " (" + hook.Name + ")"
	}
	return consequence
}
