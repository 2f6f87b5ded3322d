package schema

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Limits on what is read of a folder: a migration is small, and a dump of data
// defines nothing.
const (
	maxFiles = 5_000
	maxFile  = 1 << 20
)

// skipped are folders of others' code and of made files.
var skipped = map[string]bool{"vendor": true, "node_modules": true, "testdata": true}

// Check says which of the paths is neither a folder nor a file.
func Check(paths []string) error {
	for _, path := range paths {
		if _, err := os.Stat(path); err != nil {
			return err
		}
	}
	return nil
}

// Files are the SQL files below folders, and files that are named themselves,
// in the order in which they run. Of a migration's two parts the one that goes
// back is left out, and so is what cannot be read.
func Files(paths []string) (all []Source) {
	var names []string
	for _, path := range paths {
		filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
			case d.IsDir() && name != path && (skipped[d.Name()] || strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_")):
				return fs.SkipDir
			case len(names) == maxFiles:
				return fs.SkipAll
			case d.Type().IsRegular() && (name == path || strings.HasSuffix(strings.ToLower(d.Name()), ".sql")):
				names = append(names, name)
			}
			return nil
		})
	}
	slices.SortFunc(names, compare)
	for _, name := range slices.Compact(names) {
		if isBackwards(name) {
			continue
		}
		if info, err := os.Stat(name); err != nil || info.Size() > maxFile {
			continue
		}
		if text, err := os.ReadFile(name); err == nil {
			all = append(all, Source{Name: filepath.ToSlash(name), Text: forwards(string(text))})
		}
	}
	return all
}

// isBackwards reports whether a file is that part of a migration.
func isBackwards(name string) bool {
	base, _, _ := strings.Cut(strings.ToLower(filepath.Base(name)), ".sql")
	return base == "down" || strings.HasSuffix(base, ".down") || strings.HasSuffix(base, "_down") || strings.HasSuffix(base, "-down")
}

// InOrder are sources of embedded files as Files would give them.
func InOrder(sources []Source) (all []Source) {
	for _, s := range sources {
		if !isBackwards(s.Name) {
			s.Text = forwards(s.Text)
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b Source) int { return compare(a.Name, b.Name) })
	return all
}

// backwards begin, in small letters, the part of a migration that goes back.
var backwards = []string{"-- +goose down", "-- +migrate down", "-- migrate:down", "---- create above"}

// forwards is a migration without its part that goes back.
func forwards(text string) string {
	at := 0
	for line := range strings.Lines(text) {
		lower := strings.ToLower(line)
		if slices.ContainsFunc(backwards, func(mark string) bool { return strings.HasPrefix(lower, mark) }) {
			return text[:at]
		}
		at += len(line)
	}
	return text
}
