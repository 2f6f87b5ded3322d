package plugin

import (
	"reflect"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"

	"github.com/poolvet/poolvet/analyzer"
)

func TestIsRegisteredUnderTheAnalyzersName(t *testing.T) {
	// golangci-lint prefixes messages where the names differ.
	if _, err := register.GetPlugin(analyzer.Analyzer.Name); err != nil {
		t.Error(err)
	}
}

func TestDefaultsAreTheAnalyzers(t *testing.T) {
	p, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := analyzer.Options(p.(linter)), (analyzer.Options{AtEmbed: true}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	as, err := p.BuildAnalyzers()
	if err != nil || len(as) != 1 || as[0].Name != "poolvet" {
		t.Errorf("analyzers %v, %v", as, err)
	}
	if p.GetLoadMode() != register.LoadModeTypesInfo {
		t.Errorf("load mode %q gives no types", p.GetLoadMode())
	}
}

func TestSettingsBecomeOptions(t *testing.T) {
	p, err := New(map[string]any{
		"pooler":              "pgbouncer@1.18",
		"strict":              true,
		"rules":               []any{"-set-role"},
		"functions":           []any{map[string]any{"name": "(*example.com/db.Store).Run", "arg": 1}},
		"tracked-params":      []any{"search_path"},
		"prepared-statements": "off",
		"query-parser":        "on",
		"pub-sub":             "off",
		"ignored-params":      []any{"extra_float_digits"},
		"postgres":            17,
		"schema":              []any{"."},
		"direct":              []any{"example.com/app/migrations/..."},
		"tests":               true,
		"exec-mode":           "exec",
		"dsn":                 "binary_parameters=yes",
		"fix-listener":        true,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := analyzer.Options{
		Pooler: "pgbouncer@1.18", Strict: true, Rules: []string{"-set-role"},
		Funcs: []string{"(*example.com/db.Store).Run:1"}, TrackedParams: []string{"search_path"},
		PreparedStatements: "off", QueryParser: "on", PubSub: "off", IgnoredParams: []string{"extra_float_digits"}, Postgres: 17,
		Schema: []string{"."}, Direct: []string{"example.com/app/migrations/..."}, Tests: true,
		ExecMode: "exec", DSN: "binary_parameters=yes", FixListener: true, AtEmbed: true,
	}
	if got := analyzer.Options(p.(linter)); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// Every option can be set, so that a new one is not forgotten here.
func TestEveryOptionHasASetting(t *testing.T) {
	renamed := map[string]string{"Funcs": "Functions"}
	keys := reflect.TypeFor[settings]()
	for f := range reflect.TypeFor[analyzer.Options]().Fields() {
		name := f.Name
		if r, ok := renamed[name]; ok {
			name = r
		}
		if name == "AtEmbed" || !f.IsExported() {
			continue // always on
		}
		if _, ok := keys.FieldByName(name); !ok {
			t.Errorf("option %s has no setting", f.Name)
		}
	}
}

func TestBadSettingsAreNamed(t *testing.T) {
	function := func(f any) map[string]any { return map[string]any{"functions": []any{f}} }
	for want, conf := range map[string]any{
		`"pool" is no setting (did you mean pooler?); those are direct, dsn, `: map[string]any{"pool": "pgbouncer"},
		`pooler: pooler "pgbounce" is not known`:                               map[string]any{"pooler": "pgbounce"},
		`"set-rule"`:                                                           map[string]any{"rules": []any{"set-rule"}},
		`prepared-statements: "yes"`:                                           map[string]any{"prepared-statements": "yes"},
		"tracked-params: want a list, got string":                              map[string]any{"tracked-params": "search_path"},
		"rules: want a text, got number":                                       map[string]any{"rules": []any{1}},
		"strict: want true or false, got string":                               map[string]any{"strict": "yes"},
		"postgres: want a whole number, got number 17.5":                       map[string]any{"postgres": 17.5},
		"settings: want direct, dsn, ":                                         "pgbouncer",
		`direct: "["`:                                                          map[string]any{"direct": []any{"["}},
		`schema: stat nowhere`:                                                 map[string]any{"schema": []any{"nowhere"}},
		`functions: each needs a name`:                                         function(map[string]any{"name": "(*example.com/db.Store).Run"}),
		"has not both":                                                         function(map[string]any{"arg": 1}),
		`"argument" is no setting (did you mean arg?)`:                         function(map[string]any{"name": "x.F", "argument": 1}),
		"a function has arg and name":                                          function(map[string]any{"name": "x.F", "argument": 1}),
		"functions: want arg, name, got string":                                function("x.F:1"),
		"functions.arg: want a whole number, got string":                       function(map[string]any{"name": "x.F", "arg": "1"}),
		`functions: "Run:1": want a full name`:                                 function(map[string]any{"name": "Run", "arg": 1}),
		`functions: "x.F:-1": want a function and the index of`:                function(map[string]any{"name": "x.F", "arg": -1}),
	} {
		_, err := New(conf)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "poolvet (devel): ") {
			t.Errorf("%v gives %v, want %s", conf, err, want)
		}
	}
}

// Where golangci-lint holds the plugin, it is one of its modules.
func TestVersionOfThePlugin(t *testing.T) {
	golangci := debug.Module{Path: "github.com/golangci/golangci-lint/v2", Version: "v2.15.0"}
	for want, m := range map[string]debug.Module{
		"v0.1.0":  {Path: module, Version: "v0.1.0"},
		"v0.2.0":  {Path: module, Version: "v0.1.0", Replace: &debug.Module{Path: "example.com/fork", Version: "v0.2.0"}},
		"(devel)": {Path: module, Version: "v0.1.0", Replace: &debug.Module{Path: "../poolvet"}},
	} {
		if got := version(&debug.BuildInfo{Main: golangci, Deps: []*debug.Module{&golangci, &m}}); got != want {
			t.Errorf("%s is told as %s", want, got)
		}
	}
	if got := version(nil); got != "(devel)" {
		t.Errorf("without build information: %s", got)
	}
}
