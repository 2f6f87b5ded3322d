package plugin

import (
	"reflect"
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
		if name == "AtEmbed" {
			continue // always on
		}
		if _, ok := keys.FieldByName(name); !ok {
			t.Errorf("option %s has no setting", f.Name)
		}
	}
}

func TestBadSettingsAreNamed(t *testing.T) {
	function := func(f map[string]any) map[string]any { return map[string]any{"functions": []any{f}} }
	for want, conf := range map[string]map[string]any{
		`"pool"`:                       {"pool": "pgbouncer"},
		`"pgbounce"`:                   {"pooler": "pgbounce"},
		`"set-rule"`:                   {"rules": []any{"set-rule"}},
		"prepared-statements":          {"prepared-statements": "yes"},
		"settings.tracked-params":      {"tracked-params": "search_path"},
		`direct: "["`:                  {"direct": []any{"["}},
		`functions: each needs a name`: function(map[string]any{"name": "(*example.com/db.Store).Run"}),
		"has not both":                 function(map[string]any{"arg": 1}),
		`"argument"`:                   function(map[string]any{"name": "x.F", "argument": 1}),
		`func: `:                       function(map[string]any{"name": "Run", "arg": 1}),
	} {
		_, err := New(conf)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "poolvet: ") {
			t.Errorf("%v gives %v, want %s", conf, err, want)
		}
	}
}
