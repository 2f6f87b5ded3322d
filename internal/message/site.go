package message

import (
	"strings"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
)

// OfSite is Of for what a driver or library is told to do. The remedy is also
// by whether there is a fix, and by the mode of pgx that fixes set.
func OfSite(s driver.Site, p *pooler.Pooler, v pooler.Verdict, fixed bool, execMode string) Wording {
	m := Of(s.Effect, p, v, siteSituation(s))
	switch {
	case s.Effect.Kind == effect.DeadOption && s.Why != "":
		m.Consequence = s.Why
	case s.Why != "":
		m.Consequence += " (" + s.Why + ")"
	}
	if s.When != "" {
		m.Consequence += ", " + s.When
	}
	if s.Default {
		m.Consequence += ", unless the connection string says otherwise"
	}
	if s.Unless != "" {
		m.Consequence += ", unless " + s.Unless
	}
	m.Conditional = m.Conditional || s.Default || s.Unless != ""
	if s.Remedy != "" {
		m.Remedy = s.Remedy
		if s.Effect.Kind == effect.NamedStatement {
			m.Remedy = withKeeping(m.Remedy, p)
		}
	}
	m.Remedy = siteRemedy(s, m.Remedy, fixed, execMode)
	return m
}

const onceNoBytes = "set binary_parameters=yes once no query is passed []byte for jsonb: it would travel in binary, and jsonb wants a string"

// siteRemedy is what to do instead, where the site itself says more than its
// kind: ALTER ROLE with the very value of a startup parameter; what its fix
// does; and why a fix is not offered.
func siteRemedy(s driver.Site, remedy string, fixed bool, execMode string) string {
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
	case fixed && s.Setting.Key == "default_query_exec_mode" && execMode == "exec":
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
