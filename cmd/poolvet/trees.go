package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
)

// sourceTrees are the folders that packages are looked for in, one after the
// other: modules that no go.work joins.
type sourceTrees struct {
	dirs []string
	tags string
}

// sourceTree is one of them.
type sourceTree struct {
	dir, tags string
}

func sourceFlags(flags *flag.FlagSet) *sourceTrees {
	s := new(sourceTrees)
	flags.Func("C", "the `folder` to run in; several, one after the other, with -C again or commas", func(dirs string) error {
		s.dirs = append(s.dirs, strings.Split(dirs, ",")...)
		return nil
	})
	flags.StringVar(&s.tags, "tags", "", "build `tags`, with commas between them")
	return s
}

// each are the folders, the working directory where none is named.
func (s *sourceTrees) each() (all []sourceTree) {
	for _, dir := range s.dirs {
		all = append(all, sourceTree{dir, s.tags})
	}
	if len(all) == 0 {
		all = []sourceTree{{"", s.tags}}
	}
	return all
}

// dirsOrHere are the names of the folders.
func (s *sourceTrees) dirsOrHere() (dirs []string) {
	for _, tree := range s.each() {
		dirs = append(dirs, tree.dir)
	}
	return dirs
}

// schemas are the paths that -schema names, else the modules of all folders.
func (s *sourceTrees) schemas(paths []string) (all []string) {
	for _, tree := range s.each() {
		for _, path := range tree.schema(paths) {
			if !slices.Contains(all, path) {
				all = append(all, path)
			}
		}
	}
	return all
}

// validate says what is wrong with the folders.
func (s *sourceTrees) validate() error {
	for _, dir := range s.dirs {
		info, err := os.Stat(dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("-C: there is no folder %q", dir)
		case err != nil:
			return fmt.Errorf("-C: %w", err)
		case !info.IsDir():
			return fmt.Errorf("-C: %q is no folder", dir)
		}
	}
	return nil
}

// options are those for the folder: its own SQL files unless -schema names
// others, and patterns of folders, which a user writes from there, as ones from
// its module's root.
func (s sourceTree) options(opts analyzer.Options) analyzer.Options {
	opts.Schema = s.schema(opts.Schema)
	return opts.WithPatterns(s.ofModule())
}

// root is the folder of the module that the command runs in, "" for none.
func (s sourceTree) root() string {
	dir, err := filepath.Abs(s.dir)
	if err != nil {
		return ""
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// ofModule makes a pattern of folders, which a user writes from where the command
// runs, one from the module's root.
func (s sourceTree) ofModule() func(pattern string) string {
	root := s.root()
	dir, err := filepath.Abs(s.dir)
	below, err2 := filepath.Rel(root, dir)
	return func(p string) string {
		if root != "" && err == nil && err2 == nil && (p == "." || strings.HasPrefix(p, "./") || strings.HasPrefix(p, "../")) {
			return "./" + path.Join(filepath.ToSlash(below), p)
		}
		return p
	}
}

// schema are the paths that -schema names, else the module: what its SQL files
// define is what its code calls.
func (s sourceTree) schema(paths []string) []string {
	root := s.root()
	if len(paths) > 0 || root == "" {
		return paths
	}
	if here, err := os.Getwd(); err == nil {
		if below, err := filepath.Rel(here, root); err == nil {
			root = below
		}
	}
	return []string{root}
}

// matched are the patterns of the flags, by index, that matched a package in
// some folder.
type matched map[int]bool

// note notes those that are for what was read in a folder.
func (m *matched) note(here analyzer.Options, read *seen) {
	if *m == nil {
		*m = matched{}
	}
	for i, matches := range here.Behind().Matching(read.packages, read.servers) {
		(*m)[i] = (*m)[i] || matches
	}
}

// vain are the others, as the flags have them.
func (m matched) vain(opts analyzer.Options) (flags []string) {
	for i, flag := range opts.Behind().Rules() {
		if !m[i] {
			flags = append(flags, flag)
		}
	}
	return flags
}
