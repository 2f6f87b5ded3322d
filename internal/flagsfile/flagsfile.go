// Package flagsfile reads files of flags: one a line, as the command takes them,
// and comments that begin with #. Such a file is read where -flags names it, and
// nowhere else: what keeps results, as a cache does, has to know what they hang on.
package flagsfile

import (
	"fmt"
	"os"
	"strings"
)

// Flag is one line of such a file.
type Flag struct {
	File string
	Line int
	Text string // -pooler=rdsproxy
}

// At is where it stands.
func (f Flag) At() string { return fmt.Sprintf("%s:%d", f.File, f.Line) }

// Name is the flag's, without dashes.
func (f Flag) Name() string {
	name, _, _ := strings.Cut(strings.TrimLeft(f.Text, "-"), "=")
	return name
}

// Named are the values of -flags among the arguments.
func Named(args []string) (files []string) {
	for i, arg := range args {
		name, value, hasValue := strings.Cut(arg, "=")
		switch {
		case arg == "--":
			return files
		case name != "-flags" && name != "--flags":
		case hasValue:
			files = append(files, value)
		case i+1 < len(args):
			files = append(files, args[i+1])
		}
	}
	return files
}

// Read reads a file of flags. A value may stand in quotes, as in a shell.
func Read(file string) (all []Flag, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("-flags: %w", err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		f := Flag{file, n, unquoted(line)}
		switch {
		case line[0] != '-' || f.Name() == "":
			return nil, fmt.Errorf("%s: %q is no flag: there is one a line, such as -pooler=pgbouncer, and comments that begin with #", f.At(), line)
		case f.Name() == "flags":
			return nil, fmt.Errorf("%s: a file of flags names no other", f.At())
		}
		all = append(all, f)
	}
	return all, nil
}

// unquoted is a line without the quotes that a shell would take away, of all of
// it or of the value.
func unquoted(line string) string {
	name, value, hasValue := strings.Cut(line, "=")
	switch {
	case isQuoted(line):
		return line[1 : len(line)-1]
	case hasValue && isQuoted(value):
		return name + "=" + value[1:len(value)-1]
	}
	return line
}

func isQuoted(s string) bool {
	return len(s) >= 2 && (s[0] == '\'' || s[0] == '"') && s[0] == s[len(s)-1] && strings.Count(s, s[:1]) == 2
}
