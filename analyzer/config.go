package analyzer

import (
	"go/token"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/effect"
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
	at, p := []token.Pos{s.Pos}, r.pooler
	if r.isDirect(slices.Concat(at, s.Holders)) {
		p = r.none
	}
	v, rule := p.Verdict(s.Effect), ruleOf(s.Effect)
	if rule == nil || !r.reports(s.Effect, v) {
		r.leave(s.Effect, v, p, rule, s.Pos)
		return
	}
	m := describe(s.Effect, p, v, siteSituation(s))
	switch {
	case s.Effect.Kind == effect.DeadOption && s.Why != "":
		m.consequence = s.Why
	case s.Why != "":
		m.consequence += " (" + s.Why + ")"
	}
	if s.When != "" {
		m.consequence = hooked(s.When, m.consequence)
	}
	if s.Default {
		m.consequence += ", unless the connection string says otherwise"
	}
	if s.Unless != "" {
		m.consequence += ", unless " + s.Unless
	}
	if s.Remedy != "" {
		m.remedy = s.Remedy
		if s.Effect.Kind == effect.NamedStatement {
			m.remedy = withKeeping(m.remedy, p)
		}
	}
	fix := r.fixer.OfSite(s)
	m.remedy = r.siteRemedy(s, m.remedy, fix != nil)
	f := Finding{
		Rule: rule.ID, Outcome: string(v.Outcome), Evidence: string(v.Evidence), Pooler: p.String(),
		Pos: s.Pos, End: s.End,
		Message: m.line(rule.ID),
		Remedy:  m.remedy, Reference: v.Reference,
		Object: s.Effect.Object, Scope: string(s.Effect.Kind.Scope()), Fix: fix, Text: m.what,
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
		return hooked(hook.When+" ("+hook.Name+")", consequence)
	}
	return consequence
}

func hooked(when, consequence string) string { return consequence + ", " + when }

const onceNoBytes = "set binary_parameters=yes once no query is passed []byte for jsonb: it would travel in binary, and jsonb wants a string"

// siteRemedy is what to do instead, where the site itself says more than its
// kind: ALTER ROLE with the very value of a startup parameter; what its fix
// does; and why a fix is not offered.
func (r *report) siteRemedy(s driver.Site, remedy string, fixed bool) string {
	name := s.Effect.Object
	switch {
	case s.Effect.Kind == effect.StartupParameter && s.Value != "":
		if value, ok := settingValue(name, s.Value); ok {
			return strings.Replace(remedy, alterRole(name), alterRole(name)+" = "+value, 1)
		}
	case s.Setting == nil:
	case s.Setting.Key == "binary_parameters" && fixed:
		return "set binary_parameters=yes"
	case s.Setting.Key == "binary_parameters" && !s.Setting.Plain:
		return onceNoBytes
	case name == "PrepareStmt" && s.Setting.IsSafe():
		return "remove PrepareStmt"
	case fixed && s.Setting.Key == "default_query_exec_mode" && r.ExecMode == "exec":
		return strings.NewReplacer("=cache_describe", "=exec", "QueryExecModeCacheDescribe", "QueryExecModeExec").Replace(remedy)
	}
	return remedy
}

// settingValue is a parameter's value as ALTER ROLE wants it; none where it
// might be secret or is not plain.
func settingValue(name, value string) (string, bool) {
	if strings.Contains(name, ".") || len(value) > 60 || strings.ContainsAny(value, "'\\\n\r@:;") && name != "search_path" {
		return "", false
	}
	if name == "search_path" {
		plain := strings.Trim(value, `abcdefghijklmnopqrstuvwxyz0123456789_, "$`) == ""
		return value, plain
	}
	return "'" + value + "'", true
}
