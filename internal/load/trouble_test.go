package load_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/load"
)

const troubled = `
-- none/a.go --
package a
-- mod/go.mod --
module example.com/mod
go 1.25
-- mod/a/a.go --
package a
-- mod/tagged/b.go --
//go:build never

package tagged
-- mod/sub/text.txt --
no Go
-- nogo/go.mod --
module example.com/nogo
go 1.25
-- newgo/go.mod --
module example.com/newgo
go 1.999
-- newgo/a.go --
package a
-- bad/go.mod --
module example.com/bad
foo bar
-- work/go.work --
go 1.25
use ./x
-- work/x/go.mod --
module example.com/x
go 1.25
-- work/y/go.mod --
module example.com/y
go 1.25
-- work/y/y.go --
package y
`

// told is what is said of patterns that cannot be loaded, or of their packages.
func told(t *testing.T, cfg load.Config, patterns ...string) string {
	t.Helper()
	p, err := load.Load(cfg, patterns...)
	if err != nil {
		return err.Error()
	}
	var all []string
	p.Run([]*analysis.Analyzer{reach}, func(r *load.Result) {
		for _, err := range r.Errors {
			all = append(all, err.Error())
		}
	})
	return strings.Join(all, "\n")
}

// Where the go command can list nothing, it is said what to do.
func TestTroublesWithTheGoCommand(t *testing.T) {
	root := module(t, troubled)
	const noModule = "there is no go.mod in %s or above; run poolvet in a Go module, or name one with -C."
	for _, test := range []struct{ name, dir, pattern, env, want string }{
		{"no module", "none", "./...", "", noModule},
		{"no module, one package", "none", ".", "", noModule},
		{"no module, of others", "none", "example.com/other", "", noModule},
		{"nothing at all", "mod/sub/..", "../nowhere", "", "there is no folder"},
		{"no Go files below", "nogo", "./...", "", "no packages match ./...: there are no Go files"},
		{"no Go files", "mod", "./sub", "", "there are no Go files in "},
		{"tags", "mod", "./tagged", "", "are for other build tags or systems; -tags names tags"},
		{"another module", "mod", "../work/x/...", "", "../work/x is outside the module that poolvet runs in; run it there, with -C"},
		{"another module's folder", "mod", "../work/y", "", "../work/y is outside the module"},
		{"not in the workspace", "work", "./y", "", "y is in no module that go.work lists; add it with go work use, or set GOWORK=off"},
		{"not in the workspace, from there", "work/y", ".", "", "this folder is in no module that go.work lists"},
		{"no workspace", "work", "./y", "GOWORK=off", noModule},
		{"no such package", "mod", "fnt", "", "fnt is no package of the standard library; a folder is written ./fnt"},
		{"newer Go", "newgo", "./...", "GOTOOLCHAIN=local", "go.mod wants Go 1.999, and the go command is "},
		{"newer Go, not to be had", "newgo", "./...", "GOTOOLCHAIN=auto GOPROXY=off", "the module wants Go 1.999.0, which cannot be fetched (toolchain not available); install it"},
		{"go.mod", "bad", "./...", "", "errors parsing go.mod"},
		{"no cache folder", "mod", "./...", "HOME= GOCACHE= XDG_CACHE_HOME=", "the go command has no folder for its caches; set HOME, or GOCACHE"},
		{"no cache", "mod", "./...", "GOCACHE=off", "GOCACHE=off leaves the go command no build cache; unset it"},
		{"a cache by half a name", "mod", "./...", "GOCACHE=half", "GOCACHE is not the full path of a folder"},
		{"a cache in a file", "mod", "./...", "GOCACHE=" + filepath.Join(root, "none", "a.go", "cache"), "cannot be used ("},
		{"no go command", "mod", "./...", "PATH=" + filepath.Join(root, "none"), "there is no go command on the PATH"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, set := range strings.Fields(test.env) {
				name, value, _ := strings.Cut(set, "=")
				t.Setenv(name, value)
			}
			dir := filepath.Join(root, filepath.FromSlash(test.dir))
			want := strings.Replace(test.want, "%s", dir, 1)
			got := told(t, load.Config{Dir: dir}, test.pattern)
			if !strings.Contains(got, want) || strings.Contains(got, "stderr") || strings.HasPrefix(got, "go: ") {
				t.Errorf("told %q, want %q", got, want)
			}
		})
	}
}

// What is wrong with the command is no reason to be silent about the rest.
func TestWhatNeedsNoModuleIsRead(t *testing.T) {
	root := module(t, troubled)
	if got := told(t, load.Config{Dir: filepath.Join(root, "none")}, "a.go"); got != "" {
		t.Errorf("told %q", got)
	}
	got := told(t, load.Config{Dir: filepath.Join(root, "none")}, "errors", "./...")
	if !strings.HasPrefix(got, "there is no go.mod in ") {
		t.Errorf("told %q", got)
	}
}
