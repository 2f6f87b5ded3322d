package driver

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/physical"
)

// requires reports whether the module of the package requires another, by its
// go.mod: which driver is linked is decided in package main, and a package that
// opens by a name imports none.
func (s *scan) requires(path string) bool {
	if s.required == nil {
		s.required = requirements(s.directory())
	}
	_, found := slices.BinarySearch(s.required, path)
	return found
}

// requiresAny reports whether it requires one of several.
func (s *scan) requiresAny(paths library.Words) bool {
	for path := range paths.All() {
		if s.requires(path) {
			return true
		}
	}
	return false
}

func (s *scan) directory() string {
	if len(s.pass.Files) == 0 {
		return ""
	}
	return filepath.Dir(physical.Position(s.pass.Fset, s.pass.Files[0].FileStart).Filename)
}

// requirements are the modules that the nearest go.mod from dir upwards names,
// sorted; they are never nil.
func requirements(dir string) []string {
	paths := []string{}
	for dir != "" {
		content, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err != nil {
			parent := filepath.Dir(dir)
			if parent == dir {
				break
			}
			dir = parent
			continue
		}
		for line := range strings.Lines(string(content)) {
			line, _, _ = strings.Cut(line, "//")
			if words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require ")); len(words) == 2 && strings.HasPrefix(words[1], "v") {
				paths = append(paths, words[0])
			}
		}
		break
	}
	slices.Sort(paths)
	return paths
}
