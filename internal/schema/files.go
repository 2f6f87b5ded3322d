package schema

import (
	"bytes"
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Limits on what is read of a folder: a migration is small, and a dump of data
// defines nothing.
const (
	maxFiles = 20_000
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

// Files are the SQL files below folders and the files that are named themselves,
// in the order in which they run, and what Go files there have of SQL that
// defines a routine. Of a migration's two parts the one that goes back is left
// out, and so is what cannot be read.
func Files(paths []string) (all []Source) {
	var names []string
	given := map[string]bool{}
	for _, path := range paths {
		filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
			case d.IsDir() && name != path && (skipped[d.Name()] || strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "_")):
				return fs.SkipDir
			case len(names) == maxFiles:
				return fs.SkipAll
			case d.Type().IsRegular() && name == path:
				given[name] = true
				names = append(names, name)
			case d.Type().IsRegular() && (isSQL(name) || isGo(name)):
				names = append(names, name)
			}
			return nil
		})
	}
	slices.SortFunc(names, compare)
	cwd, _ := os.Getwd()
	for _, name := range slices.Compact(names) {
		if info, err := os.Stat(name); err != nil || info.Size() > maxFile && !given[name] || isBackwards(name) {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		source := Source{Name: filepath.ToSlash(name), Path: filepath.Clean(name)}
		if !filepath.IsAbs(name) {
			source.Path = filepath.Join(cwd, name)
		}
		if isGo(name) {
			all = append(all, literals(source, text)...)
			continue
		}
		source.Text = forwards(string(text))
		all = append(all, source)
	}
	return all
}

func isSQL(name string) bool { return strings.EqualFold(filepath.Ext(name), ".sql") }

func isGo(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go")
}

// literals are the strings of a Go file that define a routine.
func literals(source Source, code []byte) (all []Source) {
	names := func(word string) bool { return bytes.Contains(code, []byte(word)) }
	if !names("CREATE ") && !names("create ") || !creates(string(code)) {
		return nil
	}
	file := token.NewFileSet().AddFile("", -1, len(code))
	var words scanner.Scanner
	words.Init(file, code, nil, 0)
	for {
		pos, tok, lit := words.Scan()
		if tok == token.EOF {
			return all
		}
		if tok != token.STRING || !creates(lit) {
			continue
		}
		if text, err := strconv.Unquote(lit); err == nil {
			found := source
			found.Text, found.Before = text, file.PositionFor(pos, false).Line-1
			all = append(all, found)
		}
	}
}

// creates reports, cheaply, whether a text may create a routine.
func creates(text string) bool {
	at := strings.Index(text, "CREATE ")
	if at < 0 {
		at = strings.Index(text, "create ")
	}
	return at >= 0 && definesRoutine(text[at:])
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
