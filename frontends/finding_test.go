package frontends

import (
	"cmp"
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// finding is what every driver tells.
type finding struct {
	file      string // from the folder that was analysed
	line, col int
	message   string
}

// inOrder sorts findings, and drops what the variants of a package repeat.
func inOrder(all []finding) []finding {
	slices.SortFunc(all, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line),
			cmp.Compare(a.col, b.col), cmp.Compare(a.message, b.message))
	})
	return slices.Compact(all)
}

// relative names a file from the folder that was analysed.
func relative(t *testing.T, dir, file string) string {
	t.Helper()
	if !filepath.IsAbs(file) {
		return filepath.ToSlash(filepath.Clean(file))
	}
	// A folder for temporary files may be a symbolic link.
	if real, err := filepath.EvalSymlinks(dir); err == nil && strings.HasPrefix(file, real) {
		dir = real
	}
	rel, err := filepath.Rel(dir, file)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(rel)
}

// byPoolvet are the findings of the command.
func byPoolvet(t *testing.T, exe, dir string, flags ...string) (all []finding) {
	t.Helper()
	r := command{dir: dir}.run(t, exe, append(flags, "-format=json", "./...")...)
	if r.status > 1 {
		t.Fatalf("status %d: %s", r.status, r.stderr)
	}
	return poolvetFindings(t, r.stdout)
}

// poolvetFindings reads the command's JSON.
func poolvetFindings(t *testing.T, stdout string) (all []finding) {
	t.Helper()
	for line := range strings.Lines(stdout) {
		var f struct {
			Rule, File, Message string
			Line, Column        int
		}
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if f.Rule == "" { // the summary
			continue
		}
		all = append(all, finding{f.File, f.Line, f.Column, f.Message})
	}
	return inOrder(all)
}

var vetLine = regexp.MustCompile(`^(.+?):(\d+):(\d+): (.*)\n$`)

// byVet are the findings of go vet with the command as its tool.
func byVet(t *testing.T, exe, dir string, flags ...string) (all []finding) {
	t.Helper()
	r := command{dir: dir}.run(t, "go", append(append([]string{"vet", "-vettool=" + exe}, flags...), "./...")...)
	all = vetFindings(t, dir, r.stderr)
	if (r.status == 1) != (len(all) > 0) {
		t.Errorf("status %d with %d findings", r.status, len(all))
	}
	return all
}

// vetFindings reads what go vet writes.
func vetFindings(t *testing.T, dir, stderr string) (all []finding) {
	t.Helper()
	related := 0
	for line := range strings.Lines(stderr) {
		if strings.HasPrefix(line, "#") { // the name of a package
			continue
		}
		m := vetLine.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("go vet says %q", line)
		}
		if strings.HasPrefix(m[4], "\t") { // a place that the finding above leads to
			related++
			continue
		}
		row, _ := strconv.Atoi(m[2])
		col, _ := strconv.Atoi(m[3])
		all = append(all, finding{relative(t, dir, m[1]), row, col, m[4]})
	}
	if related > 0 {
		t.Logf("%d places that findings lead to", related)
	}
	return inOrder(all)
}

// byGolangci are the findings of golangci-lint with a configuration.
func byGolangci(t *testing.T, dir, config string, flags ...string) (all []finding) {
	t.Helper()
	r := runGolangci(t, dir, config, append(flags, "--output.json.path=stdout")...)
	if r.status > 1 {
		t.Fatalf("status %d: %s", r.status, r.stderr)
	}
	return golangciFindings(t, dir, r.stdout)
}

// golangciFindings reads the JSON of golangci-lint.
func golangciFindings(t *testing.T, dir, stdout string) (all []finding) {
	t.Helper()
	var report struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename     string
				Line, Column int
			}
		}
	}
	// A summary may follow.
	if err := json.NewDecoder(strings.NewReader(stdout)).Decode(&report); err != nil {
		t.Fatalf("%v in %s", err, stdout)
	}
	for _, i := range report.Issues {
		if i.FromLinter != "poolvet" {
			t.Errorf("%s says %s", i.FromLinter, i.Text)
			continue
		}
		all = append(all, finding{relative(t, dir, i.Pos.Filename), i.Pos.Line, i.Pos.Column, i.Text})
	}
	return inOrder(all)
}

// multicheckerFindings reads the JSON of x/tools' drivers.
func multicheckerFindings(t *testing.T, dir, stdout string) (all []finding) {
	t.Helper()
	var packages map[string]map[string][]struct{ Posn, Message string }
	if err := json.Unmarshal([]byte(stdout), &packages); err != nil {
		t.Fatalf("%v in %s", err, stdout)
	}
	for _, analyzers := range packages {
		for _, d := range analyzers["poolvet"] {
			all = append(all, vetFindings(t, dir, d.Posn+": "+d.Message+"\n")...)
		}
	}
	return inOrder(all)
}

func runGolangci(t *testing.T, dir, config string, flags ...string) ran {
	t.Helper()
	return command{dir: dir}.golangci(t, config, flags...)
}

func (c command) golangci(t *testing.T, config string, flags ...string) ran {
	t.Helper()
	c.env = append(c.env, "GOLANGCI_LINT_CACHE="+filepath.Join(bin, "golangci-cache"))
	args := []string{"run", "--config=" + config, "--path-mode=abs", "--allow-parallel-runners", "--show-stats=false"}
	return c.run(t, golangciLint(t), append(append(args, flags...), "./...")...)
}
