package frontends

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// action is action.yml.
type action struct {
	Inputs map[string]struct{ Default string }
	Runs   struct {
		Using string
		Steps []struct {
			Run, Shell string
			Dir        string `yaml:"working-directory"`
			Env        map[string]string
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
// one ended.
func (a action) run(t *testing.T, dir string, inputs map[string]string) (last ran) {
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
	for _, step := range a.Runs.Steps {
		c := command{dir: filled(step.Dir), env: []string{"RUNNER_TEMP=" + temp}}
		if !filepath.IsAbs(c.dir) {
			c.dir = filepath.Join(dir, c.dir)
		}
		for name, value := range step.Env {
			c.env = append(c.env, name+"="+filled(value))
		}
		// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#defaultsrunshell
		last = c.run(t, step.Shell, "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step.Run)
	}
	return last
}

func TestAction(t *testing.T) {
	a, dir := readAction(t), module(t, app)
	a.run(t, dir, map[string]string{"format": "text", "flags": "-pooler=pgbouncer -rules=set-parameter"}).
		want(t, 1, "store.go:7:21: error: SET search_path: leaks")
	a.run(t, dir, map[string]string{"packages": "./quiet"}).want(t, 0)
	a.run(t, filepath.Dir(dir), map[string]string{"working-directory": filepath.Base(dir)}).
		want(t, 1, "::", "file=store/store.go", "SET search_path")

	r := a.run(t, dir, map[string]string{"format": "sarif", "output": "poolvet.sarif"})
	r.want(t, 1)
	if text := read(t, filepath.Join(dir, "poolvet.sarif")); !strings.Contains(text, "2.1.0") || r.stdout != "" {
		t.Errorf("the file has %q, the log %q", text, r.stdout)
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
