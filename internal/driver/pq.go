package driver

import (
	"go/ast"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
)

const pqPath = "github.com/lib/pq"

// pqLibrary is lib/pq. https://pkg.go.dev/github.com/lib/pq
var pqLibrary = library{
	pqPath: {
		{names: "Open NewConnector", role: opens, arg: 0, driver: pq},
		{names: "DialOpen", role: opens, arg: 1, driver: pq},
		{names: "NewConfig", role: parses, arg: 0, driver: pq},
		{names: "NewConnectorConfig", role: openWith, arg: 0, driver: pq},
		{names: "NewListener NewListenerConn", role: does, kind: effect.Listener, arg: 0, driver: pq},
		{names: "NewDialListener", role: does, kind: effect.Listener, arg: 1, driver: pq},
	},
}

var pq = &driver{
	name: "lib/pq",
	keys: keySet(`host hostaddr port dbname database user password passfile fallback_application_name sslmode
		sslnegotiation sslcert sslkey sslrootcert sslsni ssl_min_protocol_version ssl_max_protocol_version sslinline
		krbsrvname krbspn connect_timeout binary_parameters disable_prepared_binary_result target_session_attrs
		load_balance_hosts min_protocol_version max_protocol_version service`),
	other:  effect.StartupParameter,
	judge:  judgePq,
	minds:  mindsPq,
	mode:   "binary_parameters",
	fields: []modeField{{pqPath, "Config", "BinaryParameters", "binary_parameters", constantValue}},
	remedy: "set binary_parameters=yes, and check that no []byte is passed for jsonb, which then takes a string",
}

// judgePq: without binary_parameters a query with arguments is parsed in one
// round trip and bound in the next.
// https://github.com/lib/pq/issues/889
func judgePq(m modes) (finding, bool) {
	mode, set := m["binary_parameters"]
	switch {
	case !set:
		return finding{kind: effect.SplitStatement, words: "the default of lib/pq, binary_parameters=no"}, true
	case mode.known && !isTrue(mode.value):
		return finding{kind: effect.SplitStatement, decides: "binary_parameters"}, true
	}
	return finding{}, false
}

// isTrue is true as lib/pq and strconv.ParseBool spell it.
func isTrue(s string) bool {
	switch strings.ToLower(s) {
	case "yes", "on", "1", "t", "true", "y":
		return true
	}
	return false
}

// floatDigits reports, once for a package, the startup parameter that lib/pq
// sent with every connection before v1.11.0.
// https://github.com/lib/pq/pull/1212
func (s *scan) floatDigits(call *ast.CallExpr) {
	if s.toldFloatDigits || !s.importsAny(pqPath) || s.importsPqConfig() {
		return
	}
	s.toldFloatDigits = true
	s.add(Site{Pos: call.Fun.Pos(), End: call.Fun.End(), Remedy: "use lib/pq v1.11.2 or later, or have the pooler ignore it",
		Effect: effect.Effect{Kind: effect.StartupParameter, Object: "extra_float_digits", Words: "extra_float_digits of lib/pq before v1.11.0"}})
}

// importsPqConfig reports whether the package imports lib/pq in v1.11.0 or
// later, which brought the type Config.
func (s *scan) importsPqConfig() bool {
	for _, imp := range s.pass.Pkg.Imports() {
		if imp.Path() == pqPath {
			return imp.Scope().Lookup("Config") != nil
		}
	}
	return false
}
