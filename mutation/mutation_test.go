package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every switch stands for a text that is there, once, and leaves Go.
func TestSwitchesApply(t *testing.T) {
	names := map[string]bool{}
	all := switches()
	for _, s := range all {
		if s.name == "" || names[s.name] {
			t.Errorf("%s: %q is not a name of its own", s.file, s.name)
		}
		names[s.name] = true
		if _, err := s.switched(".."); err != nil {
			t.Error(err)
		}
		for _, args := range s.tests() {
			if tests, err := filepath.Glob(filepath.Join("..", args[len(args)-1], "*_test.go")); err != nil || len(tests) == 0 {
				t.Errorf("%s: %s has no tests: %v", s.name, args[len(args)-1], err)
			}
		}
	}
	if len(all) < 60 {
		t.Errorf("%d switches are few", len(all))
	}
}

func TestStaleSwitchesAreNamed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.go"), []byte("package a\n\nvar x, y = 1, 1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, s := range []change{
		{name: "gone", file: "a.go", old: "z", new: "w"},
		{name: "twice", file: "a.go", old: "1", new: "2"},
		{name: "the same", file: "a.go", old: "x", new: "x"},
		{name: "no Go", file: "a.go", old: "x,", new: "x;"},
	} {
		if _, err := s.switched(dir); err == nil || !strings.Contains(err.Error(), "“"+s.name+"”") {
			t.Errorf("%s: %v", s.name, err)
		}
	}
}

func TestSamplesAreTheSame(t *testing.T) {
	all := make([]change, 10)
	for i := range all {
		all[i].name = string(rune('a' + i))
	}
	var names string
	for _, s := range choose(all, regexp.MustCompile(""), 3) {
		names += s.name
	}
	if names != "adg" {
		t.Errorf("the sample is %s", names)
	}
}
