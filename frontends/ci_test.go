package frontends

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// The job for GitLab writes the report that it names, and fails.
func TestDocumentedGitLabJob(t *testing.T) {
	var pipeline map[string]struct {
		Script    []string
		Artifacts struct{ Reports struct{ Codequality string } }
	}
	if err := yaml.Unmarshal([]byte(blocks(t, "GitLab", "yaml")[0]), &pipeline); err != nil {
		t.Fatal(err)
	}
	c, job := inModule(t), pipeline["poolvet"]
	script := strings.ReplaceAll(strings.Join(job.Script, " && "), "@latest", "")
	c.run(t, "bash", "-c", script).want(t, 1)
	var report []struct {
		CheckName string `json:"check_name"`
		Location  struct{ Path string }
	}
	if err := json.Unmarshal([]byte(read(t, filepath.Join(c.dir, job.Artifacts.Reports.Codequality))), &report); err != nil {
		t.Fatal(err)
	}
	if len(report) != 1 || report[0].CheckName != "set-parameter" || report[0].Location.Path != "store/store.go" {
		t.Errorf("the report is %+v", report)
	}
}

// The step that runs go vet finds the matcher in poolvet's module, and names
// what is there.
func TestDocumentedProblemMatcher(t *testing.T) {
	for _, b := range blocks(t, "GitHub Actions", "yaml") {
		var workflow struct {
			Jobs map[string]struct{ Steps []struct{ Run string } }
		}
		if err := yaml.Unmarshal([]byte(b), &workflow); err != nil {
			t.Fatal(err)
		}
		steps := workflow.Jobs["vet"].Steps
		if steps == nil {
			continue
		}
		c := inModule(t)
		fromCache(t, &c)
		c.run(t, "go", "get", "-tool", "github.com/poolvet/poolvet/cmd/poolvet").want(t, 0)
		r := c.run(t, "bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", steps[len(steps)-1].Run)
		r.want(t, 1, "store.go:7:21: SET search_path: leaks")
		file, ok := strings.CutPrefix(strings.TrimSpace(r.stdout), "::add-matcher::")
		if !ok || !strings.Contains(read(t, file), `"problemMatcher"`) {
			t.Errorf("stdout is %q", r.stdout)
		}
		return
	}
	t.Error("no example runs go vet")
}
