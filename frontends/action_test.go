package frontends

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// action is action.yml.
type action struct {
	Inputs  map[string]struct{ Default string }
	Outputs map[string]struct{ Value string }
	Runs    struct {
		Using string
		Steps []struct {
			ID, Run, Shell string
			Dir            string `yaml:"working-directory"`
			Env            map[string]string
		}
	}
}

func readAction(t *testing.T) (a action) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(read(t, filepath.Join(root, "action.yml"))), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

var expression = regexp.MustCompile(`\$\{\{ (inputs|github)\.([\w-]+) \}\}`)

// run does the steps of the action as a runner does, and gives how the last
// one ended and the output status.
func (a action) run(t *testing.T, dir string, inputs map[string]string) (last ran, status string) {
	t.Helper()
	temp := t.TempDir()
	filled := func(text string) string {
		return expression.ReplaceAllStringFunc(text, func(e string) string {
			name := expression.FindStringSubmatch(e)[2]
			if name == "action_path" {
				return root
			}
			input, ok := a.Inputs[name]
			if !ok {
				t.Fatalf("no input is called %s", name)
			}
			if v, ok := inputs[name]; ok {
				return v
			}
			return input.Default
		})
	}
	outputs := filepath.Join(temp, "outputs")
	for _, step := range a.Runs.Steps {
		c := command{dir: filled(step.Dir), env: []string{"RUNNER_TEMP=" + temp, "GITHUB_OUTPUT=" + outputs, "GITHUB_STEP_SUMMARY=" + filepath.Join(temp, "summary")}}
		if !filepath.IsAbs(c.dir) {
			c.dir = filepath.Join(dir, c.dir)
		}
		for name, value := range step.Env {
			c.env = append(c.env, name+"="+filled(value))
		}
		// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell
		last = c.run(t, step.Shell, "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step.Run)
	}
	written, _, _ := strings.Cut(strings.TrimPrefix(read(t, outputs), "status="), "\n")
	if a.Outputs["status"].Value != "${{ steps."+a.Runs.Steps[len(a.Runs.Steps)-1].ID+".outputs.status }}" {
		t.Errorf("the output status is %q", a.Outputs["status"].Value)
	}
	return last, written
}

func TestAction(t *testing.T) {
	a, dir := readAction(t), module(t, app)
	r, status := a.run(t, dir, map[string]string{"format": "text", "flags": "-pooler=pgbouncer -rules=set-parameter"})
	r.want(t, 1, "store.go:7:21: error: SET search_path: leaks", "::error title=poolvet::exit status 1: something was found")
	if status != "1" {
		t.Errorf("status %q", status)
	}
	r, _ = a.run(t, dir, map[string]string{"flags": `-rules=set-role -func='(*example.com/app/store.Remote).Run:1' -dsn="binary_parameters=yes sslmode=disable"`})
	r.want(t, 1, "file=store/store.go,line=6", "SET ROLE", "::error title=poolvet::exit status 1: something was found")
	r, status = a.run(t, dir, map[string]string{"packages": "./quiet"})
	r.want(t, 0)
	if status != "0" || strings.Contains(r.stdout, "::error") {
		t.Errorf("status %q: %s", status, r.stdout)
	}
	// Files are named from the root of the repository, as GitHub asks.
	r, _ = a.run(t, filepath.Dir(dir), map[string]string{"working-directory": filepath.Base(dir)})
	r.want(t, 1, "::", "file="+filepath.Base(dir)+"/store/store.go", "SET search_path")
}

// What is found can be let pass; what could not be read cannot.
func TestActionTellsFindingsFromFailures(t *testing.T) {
	a, dir := readAction(t), module(t, app)
	for _, test := range []struct {
		inputs         string
		status, output int
		says           string
	}{
		{"", 1, 1, "exit status 1: something was found"},
		{"fail-on-findings: false", 0, 1, "SET search_path"},
		{"fail-on-findings: false\npackages: ./quiet", 0, 0, "nothing found"},
		{"fail-on-findings: false\npackages: ./nowhere", 2, 2, "exit status 2: a flag was bad, or something could not be read"},
		{"fail-on-findings: false\nflags: -pooler=pgbounce", 2, 2, "exit status 2: a flag was bad"},
		{"fail-on-findings: never", 2, 2, "exit status 2: fail-on-findings is neither true nor false"},
		{"flags: -dsn=\"a=b", 2, 2, "exit status 2: FLAGS: a quote is not closed"},
	} {
		var inputs map[string]string
		if err := yaml.Unmarshal([]byte(test.inputs), &inputs); err != nil {
			t.Fatal(err)
		}
		r, output := a.run(t, dir, inputs)
		r.want(t, test.status, test.says)
		if output != strconv.Itoa(test.output) {
			t.Errorf("%s: the output is %q", test.inputs, output)
		}
	}
}

// Quotes hold words together, and nothing that they hold is run or expanded.
func TestActionTakesFlagsAsTheyAre(t *testing.T) {
	a, dir := readAction(t), module(t, app)
	// In the place of poolvet is what writes down its arguments.
	log := filepath.Join(t.TempDir(), "args")
	a.Runs.Steps[0].Run = `mkdir -p "$RUNNER_TEMP/poolvet-bin" && printf '#!/bin/sh\nprintf "%%s\\n" "$@" >"` + log + `"\n' >"$RUNNER_TEMP/poolvet-bin/poolvet" && chmod +x "$RUNNER_TEMP/poolvet-bin/poolvet"`
	for flags, want := range map[string][]string{
		`-dsn="a=b c=d"`:                            {"-dsn=a=b c=d"},
		`-func='(*x.Store).Run:1' -strict`:          {"-func=(*x.Store).Run:1", "-strict"},
		"-func=(*x.Store).Run:1\n  -rules=listen\n": {"-func=(*x.Store).Run:1", "-rules=listen"},
		`"-dsn=it's \ $HOME" -a\ b`:                 {`-dsn=it's \ $HOME`, "-a b"},
		"$(touch x) `touch x` ; touch x & * >x":     {"$(touch", "x)", "`touch", "x`", ";", "touch", "x", "&", "*", ">x"},
		"'$(touch x)\"${IFS}'":                      {"$(touch x)\"${IFS}"},
		"":                                          nil,
	} {
		r, _ := a.run(t, dir, map[string]string{"flags": flags, "packages": "./store 'a b'"})
		r.want(t, 0)
		got := strings.Split(strings.TrimSuffix(read(t, log), "\n"), "\n")
		if all := slices.Concat([]string{"-format=github"}, want, []string{"./store", "a b"}); !slices.Equal(got, all) {
			t.Errorf("%q gives %q, want %q", flags, got, all)
		}
		if _, err := os.Stat(filepath.Join(dir, "x")); err == nil {
			t.Fatalf("%q was run", flags)
		}
	}
}

// Code scanning gets a file however the run ended, and the file says how.
func TestActionWritesSARIF(t *testing.T) {
	a, dir := readAction(t), module(t, app)
	file := filepath.Join(dir, "poolvet.sarif")
	for packages, want := range map[string]int{"./quiet": 0, "./...": 1, "./... ./nowhere": 2} {
		r, _ := a.run(t, dir, map[string]string{"format": "sarif", "output": "poolvet.sarif", "packages": packages})
		r.want(t, want)
		var log struct {
			Version string
			Runs    []struct {
				Invocations []struct {
					Successful bool `json:"executionSuccessful"`
					ExitCode   int
				}
			}
		}
		if err := json.Unmarshal([]byte(read(t, file)), &log); err != nil {
			t.Fatal(err)
		}
		if i := log.Runs[0].Invocations[0]; i.ExitCode != want || i.Successful != (want != 2) || strings.Contains(r.stdout, log.Version) {
			t.Errorf("%s: %+v; the log has %q", packages, i, r.stdout)
		}
	}
	// There is nothing to upload where a flag was bad.
	r, _ := a.run(t, dir, map[string]string{"format": "sarif", "output": "poolvet.sarif", "flags": "-nope"})
	r.want(t, 2)
	if _, err := os.Stat(file); err == nil {
		t.Error("an empty file is left")
	}
}

// What the documentation gives the action are inputs of it.
func TestDocumentedActionInputs(t *testing.T) {
	a, n := readAction(t), 0
	for _, b := range blocks(t, "GitHub Actions", "yaml") {
		var workflow struct {
			Jobs map[string]struct {
				Steps []struct {
					Uses string
					With map[string]string
				}
			}
		}
		if err := yaml.Unmarshal([]byte(b), &workflow); err != nil {
			t.Fatal(err)
		}
		for _, job := range workflow.Jobs {
			for _, step := range job.Steps {
				if !regexp.MustCompile(`^poolvet/poolvet@v`).MatchString(step.Uses) {
					continue
				}
				n++
				for name := range step.With {
					if _, ok := a.Inputs[name]; !ok {
						t.Errorf("the action has no input %q", name)
					}
				}
			}
		}
	}
	if n == 0 {
		t.Error("no example uses the action")
	}
}

// The workflow of docs/adopt.md, in the service of that page: a file of flags says
// which folders are read.
func TestAdoptedWorkflow(t *testing.T) {
	page := read(t, filepath.Join(root, "docs", "adopt.md"))
	dir := module(t, read(t, filepath.Join(root, "outputs", "testdata", "shop.txtar")))
	flags, with := "", map[string]string{}
	for _, m := range block.FindAllStringSubmatch(page, -1) {
		switch {
		case strings.HasPrefix(m[2], "# .poolvetflags\n"):
			flags = m[2]
		case strings.HasPrefix(m[2], "# .github/workflows/"):
			var w struct {
				Jobs map[string]struct {
					Steps []struct {
						Uses string
						With map[string]string
					}
				}
			}
			if err := yaml.Unmarshal([]byte(m[2]), &w); err != nil {
				t.Fatal(err)
			}
			for _, step := range w.Jobs["poolvet"].Steps {
				if strings.HasPrefix(step.Uses, "poolvet/poolvet@") {
					with = step.With
				}
			}
		}
	}
	write(t, filepath.Join(dir, ".poolvetflags"), flags)
	write(t, filepath.Join(dir, "poolvet.baseline"), "")
	r, status := readAction(t).run(t, dir, with)
	r.want(t, 1, "file=analytics/report.go,line=12", "returns other clients' rows behind PgBouncer 1.21")
	if status != "1" || strings.Contains(r.stdout, "file=migrate/") {
		t.Errorf("status %s: %s", status, r.stdout)
	}
}
