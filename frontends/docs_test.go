package frontends

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var block = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// blocks are the code blocks of a language under a heading of docs/frontends.md.
func blocks(t *testing.T, heading, language string) []string {
	t.Helper()
	return blocksOf(t, "frontends.md", heading, language)
}

func blocksOf(t *testing.T, page, heading, language string) (all []string) {
	t.Helper()
	for section := range strings.SplitSeq(read(t, filepath.Join(root, "docs", page)), "\n## ") {
		if title, body, _ := strings.Cut(section, "\n"); title == heading {
			for _, m := range block.FindAllStringSubmatch(body, -1) {
				if m[1] == language {
					all = append(all, m[2])
				}
			}
		}
	}
	return all
}

// documented are the headings with commands, and what a folder needs before
// they run there.
var documented = map[string]func(*testing.T, *command){
	"The command":   func(*testing.T, *command) {},
	"go vet":        func(*testing.T, *command) {},
	"go tool":       fromCache,
	"golangci-lint": withExamples,
	"pre-commit":    withHook,

	"reviewdog": withReviewdog,

	"Jenkins and others": withPoolvet,
}

// Every command of docs/frontends.md runs as it is written there, but for
// where poolvet comes from: this checkout, and not a release.
func TestDocumentedCommands(t *testing.T) {
	for heading, prepare := range documented {
		t.Run(heading, func(t *testing.T) {
			scripts := blocks(t, heading, "sh")
			if len(scripts) == 0 {
				t.Fatal("no commands")
			}
			for _, script := range scripts {
				c := inModule(t)
				prepare(t, &c)
				lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(script, "@latest", "")), "\n")
				for _, line := range lines {
					r := c.run(t, "bash", "-c", line)
					c.replacePoolvet(t, "tools/go.mod")
					if finds.MatchString(line) {
						r.want(t, 1, "SET search_path: ", "(set-parameter)")
					} else {
						r.want(t, 0)
					}
				}
			}
		})
	}
	all := blocksWithCommands(t)
	if known := slices.Sorted(maps.Keys(documented)); !slices.Equal(all, known) {
		t.Errorf("commands stand under %q, and are run from %q", all, known)
	}
}

// finds matches the commands that analyse something. The others are to succeed.
var finds = regexp.MustCompile(`\./\.\.\.|--all-files`)

func blocksWithCommands(t *testing.T) (headings []string) {
	for m := range strings.SplitSeq(read(t, filepath.Join(root, "docs", "frontends.md")), "\n## ") {
		if title, _, _ := strings.Cut(m, "\n"); len(blocks(t, title, "sh")) > 0 {
			headings = append(headings, title)
		}
	}
	slices.Sort(headings)
	return headings
}

// inModule is a module in which this checkout stands for poolvet.
func inModule(t *testing.T) command {
	gobin := t.TempDir()
	c := command{dir: module(t, app), env: []string{
		"GOBIN=" + gobin, "GOFLAGS=-mod=mod " + os.Getenv("GOFLAGS"),
		"PATH=" + gobin + string(filepath.ListSeparator) + os.Getenv("PATH"),
	}}
	c.replacePoolvet(t, "go.mod")
	return c
}

// replacePoolvet makes this checkout stand for poolvet in a go.mod, if there
// is one and it does not yet.
func (c command) replacePoolvet(t *testing.T, file string) {
	t.Helper()
	file = filepath.Join(c.dir, file)
	if text, err := os.ReadFile(file); err != nil || strings.Contains(string(text), "replace") {
		return
	}
	c.run(t, "go", "mod", "edit", "-require=github.com/poolvet/poolvet@v0.0.0", "-replace=github.com/poolvet/poolvet="+root, file).want(t, 0)
}

// fromCache takes modules from the module cache, which has all of poolvet's:
// go get asks for releases too, and of what is in no proxy.
func fromCache(t *testing.T, c *command) {
	modcache := strings.TrimSpace(c.run(t, "go", "env", "GOMODCACHE").stdout)
	c.env = append(c.env, "GOPROXY=file://"+filepath.ToSlash(modcache)+"/cache/download", "GOSUMDB=off")
}

// withPoolvet has the command installed.
func withPoolvet(t *testing.T, c *command) {
	c.env = append(c.env, "PATH="+filepath.Dir(poolvet(t))+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

// withReviewdog has reviewdog installed, and a change in git.
func withReviewdog(t *testing.T, c *command) {
	withPoolvet(t, c)
	c.env = append(c.env, "PATH="+filepath.Dir(reviewdog(t))+string(filepath.ListSeparator)+os.Getenv("PATH"))
	c.env = append(c.env, asAuthor...)
	changed := filepath.Join(c.dir, "store", "store.go")
	text := read(t, changed)
	write(t, changed, "package store\n")
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"commit", "-q", "-m", "before"}} {
		c.run(t, "git", args...).want(t, 0)
	}
	write(t, changed, text)
}

func withHook(t *testing.T, c *command) {
	*c = newUser(t, "poolvet").command
	c.run(t, "git", "add", "-A").want(t, 0)
}

// withExamples gives a module the two examples for golangci-lint, and lets
// `golangci-lint custom` clone its own source from the module cache.
func withExamples(t *testing.T, c *command) {
	write(t, filepath.Join(c.dir, ".golangci.yml"), read(t, example))
	custom := strings.Replace(read(t, filepath.Join(root, ".custom-gcl.example.yml")), "version: latest", "path: "+root, 1)
	if !strings.Contains(custom, "path: "+root) {
		t.Fatal("the example does not look as it did")
	}
	write(t, filepath.Join(c.dir, ".custom-gcl.yml"), custom)

	module := command{dir: "."}.run(t, "go", "list", "-m", "-f", "{{.Dir}} {{.Version}}", "github.com/golangci/golangci-lint/v2")
	dir, version, _ := strings.Cut(strings.TrimSpace(module.stdout), " ")
	source := command{dir: t.TempDir(), env: asAuthor}
	if err := os.CopyFS(source.dir, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A", "-f"}, {"commit", "-q", "-m", version}, {"tag", version}} {
		source.run(t, "git", args...).want(t, 0)
	}
	c.env = append(c.env,
		"GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=url.file://"+source.dir+".insteadOf",
		"GIT_CONFIG_VALUE_0=https://github.com/golangci/golangci-lint.git",
		"GOLANGCI_LINT_CACHE="+t.TempDir(), "GOFLAGS="+os.Getenv("GOFLAGS"),
		"PATH="+filepath.Dir(golangciLint(t))+string(filepath.ListSeparator)+os.Getenv("PATH"))
}
