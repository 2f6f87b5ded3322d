package load

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// troubles are what the go command says where it cannot list or build anything,
// and what is said instead: what to do.
var troubles = []struct {
	says *regexp.Regexp
	ours string // $1 is what the first brackets hold
}{
	{regexp.MustCompile(`go command required, not found: .*`),
		"there is no go command on the PATH, and it is what lists packages; install Go from https://go.dev/dl, or add its bin folder to PATH"},
	{regexp.MustCompile(`build cache is required, but could not be located: GOCACHE is not an absolute path`),
		"GOCACHE is not the full path of a folder; set it to one, or unset it"},
	{regexp.MustCompile(`build cache is required, but could not be located: .*|module cache not found: .*`),
		"the go command has no folder for its caches; set HOME, or GOCACHE and GOMODCACHE to folders that can be written"},
	{regexp.MustCompile(`build cache is disabled by GOCACHE=off.*`),
		"GOCACHE=off leaves the go command no build cache; unset it, or set it to a folder"},
	{regexp.MustCompile(`failed to initialize build cache at (.*?): (.*)`),
		"the build cache $1 cannot be used ($2); set GOCACHE to a folder that can be written"},
	{regexp.MustCompile(`(?:module )?(\S+) requires go >= (\S+) \(running go ([^\s;)]+).*\)`),
		"$1 wants Go $2, and the go command is $3; install Go $2, or let GOTOOLCHAIN=auto fetch it"},
	{regexp.MustCompile(`download go(\S+) for \S+: (.*)`),
		"the module wants Go $1, which cannot be fetched ($2); install it"},
	{regexp.MustCompile(`package requires newer Go version go(\S+) \(application built with go(\S+)\)`),
		"the package wants Go $1, and poolvet is built with Go $2; build it with Go $1"},
	{regexp.MustCompile(`(?:pattern \S+: )?directory (?:prefix )?(\S+) (?:does not contain modules listed in go\.work|is contained in a module that is not one of the workspace modules)(?s:.*)`),
		"$1 is in no module that go.work lists; add it with go work use, or set GOWORK=off"},
	{regexp.MustCompile(`current directory is contained in a module that is not one of the workspace modules(?s:.*)`),
		"this folder is in no module that go.work lists; add it with go work use, or set GOWORK=off"},
	{regexp.MustCompile(`(?:pattern \S+: )?directory (?:prefix )?(\S+) (?:does not contain|outside) main module.*`),
		"$1 is outside the module that poolvet runs in; run it there, with -C"},
	{regexp.MustCompile(`no Go files in (.*)`),
		"there are no Go files in $1; ./... names the packages below a folder"},
	{regexp.MustCompile(`build constraints exclude all Go files in (.*)`),
		"all Go files in $1 are for other build tags or systems; -tags names tags, GOOS and GOARCH the system"},
	{regexp.MustCompile(`stat (.*): directory not found`),
		"there is no folder $1"},
	{regexp.MustCompile(`package (\S+) is not in std.*`),
		"$1 is no package of the standard library; a folder is written ./$1"},
}

// noModule is what the go command says of a pattern where there is no module.
var noModule = regexp.MustCompile(`go\.mod file not found|cannot find main module|(?:does not contain|outside) main module`)

// inWords is what the go command said, as a user of poolvet needs it.
func inWords(dir, said string) string {
	if noModule.MatchString(said) && !inModule(dir) {
		return fmt.Sprintf("there is no go.mod in %s or above; run poolvet in a Go module, or name one with -C. SQL files are for poolvet sql", folder(dir))
	}
	for _, t := range troubles {
		if m := t.says.FindStringSubmatchIndex(said); m != nil {
			return string(t.says.ExpandString(nil, t.ours, said, m))
		}
	}
	if _, told, ok := strings.Cut(said, ": stderr: "); ok { // what go/packages puts before it
		said = told
	}
	return strings.TrimPrefix(said, "go: ")
}

func folder(dir string) string {
	if dir == "" {
		return "this folder"
	}
	return dir
}

// inModule reports whether a folder is in a module or a workspace.
func inModule(dir string) bool {
	dir, err := filepath.Abs(dir)
	files := []string{"go.mod"}
	switch os.Getenv("GOWORK") {
	case "off":
	case "":
		files = append(files, "go.work")
	default:
		return true
	}
	if err != nil {
		return true
	}
	for {
		for _, name := range files {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				return true
			}
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return false
		}
		dir = parent
	}
}

// translate puts what the go command says of packages into words. It is an
// error where that is of all of them that there is no module.
func translate(dir string, roots []*packages.Package) error {
	outside := !slices.ContainsFunc(roots, func(p *packages.Package) bool {
		return len(p.Errors) == 0 || !noModule.MatchString(p.Errors[0].Msg)
	})
	packages.Visit(roots, nil, func(p *packages.Package) {
		for i, e := range p.Errors {
			if e.Kind == packages.ListError {
				p.Errors[i].Msg = inWords(dir, e.Msg)
			}
		}
	})
	if outside && len(roots) > 0 && !inModule(dir) {
		return errors.New(roots[0].Errors[0].Msg)
	}
	return nil
}

// nothing says why patterns name no package: go/packages keeps some of what the
// go command says to itself.
func nothing(cfg Config, patterns []string) error {
	args := slices.Concat([]string{"list", "-export", "-f={{.ImportPath}}"}, cfg.Flags, []string{"--"}, patterns)
	cmd := exec.Command("go", args...)
	cmd.Dir = cfg.Dir
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil && said.Len() > 0 {
		return errors.New(inWords(cfg.Dir, strings.TrimSpace(said.String())))
	}
	return fmt.Errorf("no packages match %s: there are no Go files", strings.Join(patterns, " "))
}
