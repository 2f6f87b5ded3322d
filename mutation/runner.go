package main

import (
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// change is one switch: the text that stands once in a file, and what is put in
// its place.
type change struct {
	name, file, old, new string
	in                   string // the packages whose tests must notice, if not that of the file
	by                   string // those of the first of them that must, if not any
}

// switched is the file of a change with it made.
func (s change) switched(root string) ([]byte, error) {
	content, err := os.ReadFile(filepath.Join(root, s.file))
	if err != nil {
		return nil, err
	}
	if n := strings.Count(string(content), s.old); n != 1 || s.old == s.new {
		return nil, fmt.Errorf("the switch “%s” is stale: %s has its text %d times", s.name, s.file, n)
	}
	after := []byte(strings.Replace(string(content), s.old, s.new, 1))
	if filepath.Ext(s.file) == ".go" {
		if _, err := parser.ParseFile(token.NewFileSet(), s.file, after, parser.SkipObjectResolution); err != nil {
			return nil, fmt.Errorf("the switch “%s” leaves no Go: %w", s.name, err)
		}
	}
	return after, nil
}

type runner struct {
	root, dir string
	sound     map[string]error // whether a command passes with nothing switched
}

// try makes a change and says which tests fail, "" for none.
func (r *runner) try(s change) (by string, err error) {
	after, err := s.switched(r.root)
	if err != nil {
		return "", err
	}
	file := filepath.Join(r.dir, "switched"+filepath.Ext(s.file))
	if err := os.WriteFile(file, after, 0o666); err != nil {
		return "", err
	}
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{filepath.Join(r.root, s.file): file}})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(r.dir, "overlay.json")
	if err := os.WriteFile(overlay, replace, 0o666); err != nil {
		return "", err
	}
	for _, args := range s.tests() {
		out, err := r.test(overlay, args)
		switch {
		case err == nil:
			continue
		case strings.Contains(out, "[build failed]") || strings.Contains(out, "[setup failed]"):
			return "", fmt.Errorf("the switch “%s” does not build:\n%s", s.name, out)
		}
		if err := r.sane(args); err != nil {
			return "", err
		}
		return failed(out, args), nil
	}
	return "", nil
}

// sane reports tests that fail with nothing switched.
func (r *runner) sane(args []string) error {
	key := strings.Join(args, " ")
	if _, ok := r.sound[key]; !ok {
		if out, err := r.test("", args); err != nil {
			r.sound[key] = fmt.Errorf("go test %s fails as it is:\n%s", key, out)
		} else {
			r.sound[key] = nil
		}
	}
	return r.sound[key]
}

// test runs tests with an overlay, which the commands that they build get too.
func (r *runner) test(overlay string, args []string) (string, error) {
	cmd := exec.Command("go", append([]string{"test", "-vet=off", "-failfast"}, args...)...)
	cmd.Dir = r.root
	if overlay != "" {
		cmd.Env = append(os.Environ(), "GOFLAGS="+strings.TrimSpace(os.Getenv("GOFLAGS")+" -overlay="+overlay))
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// failed names the first test that failed.
func failed(out string, args []string) string {
	for line := range strings.Lines(out) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "--- FAIL: "); ok {
			name, _, _ = strings.Cut(name, " ")
			return name + " of " + args[len(args)-1]
		}
	}
	return args[len(args)-1]
}
