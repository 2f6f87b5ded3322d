// Package poolerconf reads the configuration of poolers: which of poolvet's
// flags it amounts to, and what of it no flag expresses.
package poolerconf

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Setting is one setting that matters to what poolvet says.
type Setting struct {
	File  string
	Line  int    // 0 where the file does not have it: it is the default
	Name  string // as the file spells it: "max_prepared_statements"
	Value string
	Flag  string // "prepared-statements=on"; "" for what no flag expresses
	Why   string // what it does
}

// At is where the setting stands.
func (s Setting) At() string {
	if s.Line == 0 {
		return s.File
	}
	return fmt.Sprintf("%s:%d", s.File, s.Line)
}

// Read reads a configuration file: pgbouncer.ini, odyssey.conf, pgdog.toml,
// pgcat.toml, or YAML with CloudNativePG's Pooler or Zalando's postgresql. What
// it is, its name and content say. The error names file and line.
func Read(file string, content []byte) ([]Setting, error) {
	r := &reader{file: file, lines: strings.Split(string(content), "\n")}
	var err error
	switch ext := strings.ToLower(filepath.Ext(file)); {
	case ext == ".toml":
		err = r.toml(content)
	case ext == ".yaml" || ext == ".yml":
		err = r.yaml(content)
	case ext == ".ini" || strings.Contains(string(content), "[pgbouncer]"):
		err = r.pgbouncer()
	case ext == ".conf":
		err = r.odyssey()
	default:
		err = fmt.Errorf("%s: not known as a pooler's configuration: known are pgbouncer.ini, odyssey.conf, pgdog.toml, pgcat.toml, and YAML of CloudNativePG and Zalando", file)
	}
	return r.settings, err
}

// Flags are the flags of all settings, in order and each once. Two that
// contradict each other are an error, which names both places.
func Flags(settings []Setting) ([]string, error) {
	var flags []string
	by := map[string]Setting{}
	for _, s := range settings {
		name, _, _ := strings.Cut(s.Flag, "=")
		switch other, ok := by[name]; {
		case s.Flag == "":
		case !ok:
			by[name] = s
			flags = append(flags, "-"+s.Flag)
		case other.Flag != s.Flag:
			return nil, fmt.Errorf("%s: %s is -%s, and %s of %s is -%s: give files of one pooler at a time", s.At(), s.Name, s.Flag, other.Name, other.At(), other.Flag)
		}
	}
	return flags, nil
}

// reader collects the settings of a file.
type reader struct {
	file     string
	lines    []string
	settings []Setting
}

func (r *reader) add(line int, name, value, flag, why string) {
	r.settings = append(r.settings, Setting{r.file, line, name, value, flag, why})
}

func (r *reader) errorf(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.file, line, fmt.Sprintf(format, args...))
}

// mode adds the pooler for a mode of its pool. profiles are its names in
// transaction and in statement mode, "" for one that it does not have.
func (r *reader) mode(line int, name, mode, transaction, statement string) error {
	switch mode {
	case "transaction":
		r.add(line, name, mode, "pooler="+transaction, "")
	case "session":
		r.add(line, name, mode, "pooler=none", "a client keeps its server connection until it leaves, so that there is nothing to vet, and no more clients are served at once than there are server connections")
	case "statement":
		if statement == "" {
			r.add(line, name, mode, "pooler="+transaction, "statement mode has no profile of its own: that of transaction mode is the closest")
			return nil
		}
		r.add(line, name, mode, "pooler="+statement, "")
	default:
		return r.errorf(line, "%s is %q, which is no mode: session, transaction and statement are", name, mode)
	}
	return nil
}

// pgbouncerSetting adds what a setting of PgBouncer's means, in whatever file.
func (r *reader) pgbouncerSetting(line int, name, value string) error {
	switch name {
	case "max_prepared_statements":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 {
			return r.errorf(line, "%s is %q, which is no number of statements", name, value)
		}
		r.add(line, name, value, "prepared-statements="+onOff(n > 0), "")
	case "track_extra_parameters":
		r.list(line, name, value, "tracked-params")
	case "ignore_startup_parameters":
		r.list(line, name, value, "ignored-params")
	case "server_reset_query_always":
		if value != "0" {
			r.add(line, name, value, "", "server_reset_query runs after every transaction, so that what is said to leak is lost instead: no flag expresses that")
		}
	}
	return nil
}

func (r *reader) list(line int, name, value, flag string) {
	names := strings.FieldsFunc(value, func(c rune) bool { return c == ',' || c == ' ' || c == '\t' })
	if len(names) > 0 {
		r.add(line, name, value, flag+"="+strings.Join(names, ","), "")
	}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// lineOf is the line where a key of a table stands, which the parser of TOML
// does not tell: headers says how the table can be written, and nth of several
// such tables which one. It is that of the header where the key is written in
// another way, and 1 where that is.
func (r *reader) lineOf(key string, nth int, headers ...string) int {
	at := -1
	for i, line := range r.lines {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "["):
			if at >= 0 {
				return at + 1 // the next table begins
			}
			if slices.Contains(headers, strings.ReplaceAll(line, " ", "")) {
				if nth--; nth < 0 {
					at = i
				}
			}
		case at >= 0:
			if name, _, ok := strings.Cut(line, "="); ok && strings.Trim(strings.TrimSpace(name), `"'`) == key {
				return i + 1
			}
		}
	}
	return max(at, 0) + 1
}
