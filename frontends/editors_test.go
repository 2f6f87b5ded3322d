package frontends

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dlclark/regexp2/v2"
)

// pattern is what problem matchers of GitHub Actions and of VS Code share.
type pattern struct {
	Regexp                                      string
	File, Line, Column, Severity, Message, Code int
}

// problem is what a matcher takes from a line.
type problem struct{ file, line, column, severity, message, code string }

// match is what an engine with the syntax of ECMAScript takes from a line, as
// both have one. Actions' is .NET's, of which regexp2 is a port.
func (p pattern) match(t *testing.T, line string) *problem {
	t.Helper()
	re, err := regexp2.Compile(p.Regexp, regexp2.ECMAScript)
	if err != nil {
		t.Fatal(err)
	}
	m, err := re.FindStringMatch(line)
	if err != nil {
		t.Fatal(err)
	}
	if m == nil {
		return nil
	}
	group := func(n int) string {
		if n == 0 {
			return ""
		}
		return m.GroupByNumber(n).String()
	}
	return &problem{group(p.File), group(p.Line), group(p.Column), group(p.Severity), group(p.Message), group(p.Code)}
}

// actionsMatchers are the patterns of .github/poolvet-matcher.json, each with
// the level of what has none.
func actionsMatchers(t *testing.T) map[string]pattern {
	t.Helper()
	var file struct {
		ProblemMatcher []struct {
			Owner, Severity string
			Pattern         []pattern
		}
	}
	if err := json.Unmarshal([]byte(read(t, filepath.Join(root, ".github", "poolvet-matcher.json"))), &file); err != nil {
		t.Fatal(err)
	}
	all := map[string]pattern{}
	for _, m := range file.ProblemMatcher {
		all[m.Severity] = m.Pattern[0]
	}
	return all
}

// task is the one of docs/vscode/tasks.json.
type task struct {
	Command        string
	Args           []string
	ProblemMatcher struct{ Pattern pattern }
}

func readTask(t *testing.T) task {
	t.Helper()
	var file struct{ Tasks []task }
	if err := json.Unmarshal([]byte(read(t, filepath.Join(root, "docs", "vscode", "tasks.json"))), &file); err != nil {
		t.Fatal(err)
	}
	return file.Tasks[0]
}

// The lines that poolvet and go vet write, and what is no line of a finding.
func TestMatchersReadEachForm(t *testing.T) {
	const message = "SET x: pins the connection behind RDS Proxy; do that"
	matchers, vscode := actionsMatchers(t), readTask(t).ProblemMatcher.Pattern
	for line, want := range map[string]*problem{
		"a/b.go:7:21: error: " + message + " (set-parameter)":   {"a/b.go", "7", "21", "error", message, "set-parameter"},
		"a/b.go:7:21: warning: " + message + " (set-parameter)": {"a/b.go", "7", "21", "warning", message, "set-parameter"},
		"a/b.go:7:21: note: " + message + " (set-parameter)":    {"a/b.go", "7", "21", "note", message, "set-parameter"},
		"a/b.go:7:21: " + message + " (set-parameter)":          {"a/b.go", "7", "21", "", message, "set-parameter"},
		`C:\a b\c.sql:7: ` + message + " (listen)":              {`C:\a b\c.sql`, "7", "", "", message, "listen"},
		"    = a/b.go:7:21: set_tenant is defined here":         nil,
		`  7 | x("a.go:7:21: SET (listen)")`:                    nil,
		"# example.com/app/store":                               nil,
		"3 findings in 2 packages; exit status 1: found":        nil,
	} {
		if got := vscode.match(t, line); (got == nil) != (want == nil) || got != nil && *got != *want {
			t.Errorf("VS Code takes %+v from %q", got, line)
		}
		var took []string
		for level, m := range matchers {
			if got := m.match(t, line); got != nil {
				took = append(took, level)
				if got.severity != "" {
					level = got.severity
				}
				expected := problem{want.file, want.line, want.column, got.severity, want.message + " (" + want.code + ")", want.code}
				if *got != expected || level != map[string]string{"error": "error", "warning": "warning", "note": "notice", "": "warning"}[want.severity] {
					t.Errorf("Actions takes %+v, a %s, from %q", got, level, line)
				}
			}
		}
		if (len(took) == 1) != (want != nil) {
			t.Errorf("matchers for %q take %q", took, line)
		}
	}
}

// finds are the files and lines that a pattern takes from what a command wrote.
func (p pattern) finds(t *testing.T, text string) (all []finding) {
	t.Helper()
	for line := range strings.Lines(text) {
		if m := p.match(t, strings.TrimSuffix(line, "\n")); m != nil {
			f := finding{file: m.file, message: m.message}
			f.line, _ = strconv.Atoi(m.line)
			f.col, _ = strconv.Atoi(m.column)
			all = append(all, f)
		}
	}
	return inOrder(all)
}

// places are findings without their words.
func places(all []finding) (places []finding) {
	for _, f := range all {
		f.message = ""
		places = append(places, f)
	}
	return inOrder(places)
}

func TestVSCodeTask(t *testing.T) {
	dir, task := module(t, app), readTask(t)
	c := command{dir: dir}
	withPoolvet(t, &c)
	r := c.run(t, poolvet(t), task.Args...)
	r.want(t, 1)
	want := places(byPoolvet(t, poolvet(t), dir, "-pooler=pgbouncer"))
	if got := places(task.ProblemMatcher.Pattern.finds(t, r.stdout)); task.Command != "poolvet" || !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("%s: got %+v, want %+v", task.Command, got, want)
	}
}

// go vet's lines are annotated by the matcher that is there for text.
func TestActionsMatcherReadsGoVet(t *testing.T) {
	dir := module(t, app)
	r := command{dir: dir}.run(t, "go", "vet", "-vettool="+poolvet(t), "./...")
	r.want(t, 1)
	want := places(byPoolvet(t, poolvet(t), dir))
	if got := places(actionsMatchers(t)["warning"].finds(t, r.stderr)); !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// settings are those of VS Code under a heading of docs/editors.md.
func settings(t *testing.T, heading string) (s struct {
	VetFlags []string `json:"go.vetFlags"`
	LintTool string   `json:"go.lintTool"`
}) {
	t.Helper()
	if err := json.Unmarshal([]byte(blocksOf(t, "editors.md", heading, "json")[0]), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// The extension adds the flags to go vet, in the folder of the file or in that
// of the workspace, and takes the tool's path from its settings.
func TestVSCodeVetFlags(t *testing.T) {
	dir := module(t, app)
	args := []string{"vet"}
	for _, flag := range settings(t, "VS Code: go vet").VetFlags {
		args = append(args, strings.Replace(flag, "~/go/bin/poolvet", poolvet(t), 1))
	}
	command{dir: dir}.run(t, "go", append(args, "./...")...).want(t, 1, "store.go:7:21: SET search_path: leaks")
	command{dir: filepath.Join(dir, "store")}.run(t, "go", append(args, ".")...).want(t, 1, "store.go:7:21: SET search_path: leaks")
}

// The extension runs golangci-lint in the folder of the file, with flags of its own.
func TestVSCodeGolangci(t *testing.T) {
	if tool := settings(t, "VS Code: golangci-lint").LintTool; tool != "golangci-lint-v2" {
		t.Fatalf("the flags are those for golangci-lint-v2, and the page has %s", tool)
	}
	dir := module(t, app)
	write(t, filepath.Join(dir, ".golangci.yml"), read(t, example))
	c := command{dir: filepath.Join(dir, "store"), env: []string{"GOLANGCI_LINT_CACHE=" + t.TempDir()}}
	args := []string{"run", "--issues-exit-code=0", "--output.text.print-issued-lines=false", "--show-stats=false", "--output.text.path=stdout", "--path-mode=abs"}
	c.run(t, golangciLint(t), args...).want(t, 0, filepath.Join("store", "store.go")+":7:21: SET search_path", "(poolvet)")
	// What the page warns of.
	if r := c.run(t, golangciLint(t), append(args, "--fast-only")...); strings.Contains(r.stdout, "SET search_path") {
		t.Error("--fast-only does not leave poolvet out")
	}
}

// The file watcher's program, arguments and filter, with GoLand's macros filled in.
func TestGoLandWatcher(t *testing.T) {
	type option struct {
		Name   string   `xml:"name,attr"`
		Value  string   `xml:"value,attr"`
		Filter []option `xml:"array>FilterInfo>option"`
	}
	var file struct {
		XMLName xml.Name
		Watcher struct {
			Options []option `xml:"option"`
		} `xml:"TaskOptions"`
	}
	if err := xml.Unmarshal([]byte(read(t, filepath.Join(root, "docs", "goland", "watchers.xml"))), &file); err != nil || file.XMLName.Local != "TaskOptions" {
		t.Fatal(err)
	}
	options := map[string]string{}
	for _, o := range file.Watcher.Options {
		options[o.Name] = o.Value
		for _, o := range o.Filter {
			options[o.Name] = o.Value
		}
	}
	page := read(t, filepath.Join(root, "docs", "editors.md"))
	for _, name := range []string{"program", "arguments", "workingDir", "regExp"} {
		if !strings.Contains(page, "`"+options[name]+"`") {
			t.Errorf("the page has not the %s %q", name, options[name])
		}
	}
	dir := module(t, app)
	filled := strings.NewReplacer("$ProjectFileDir$", dir, "$FileDirRelativeToProjectRoot$", "store")
	c := command{dir: filled.Replace(options["workingDir"])}
	withPoolvet(t, &c)
	r := c.run(t, "env", append([]string{options["program"]}, strings.Fields(filled.Replace(options["arguments"]))...)...)
	r.want(t, 1)
	filter := pattern{File: 1, Line: 2, Column: 3, Message: 4, Regexp: "^" + strings.NewReplacer(
		"$FILE_PATH$", `([0-9 a-zA-Z\-\\./:_]+)`, "$LINE$", `([0-9]+)`, "$COLUMN$", `([0-9]+)`, "$MESSAGE$", "(.*)").Replace(options["regExp"])}
	want := places(byPoolvet(t, poolvet(t), dir, "-pooler=pgbouncer"))
	if got := places(filter.finds(t, r.stdout)); !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if _, err := os.Stat(filepath.Join(dir, want[0].file)); err != nil {
		t.Error(err)
	}
}
