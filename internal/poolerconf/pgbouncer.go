package poolerconf

import "strings"

// pgbouncer reads pgbouncer.ini. No library for INI files tells the lines, and
// the format is PgBouncer's own: https://www.pgbouncer.org/config.html
func (r *reader) pgbouncer() error {
	section, mode := "", 0
	for i, text := range r.lines {
		text = strings.TrimSpace(text)
		line := i + 1
		switch {
		case text == "" || text[0] == ';' || text[0] == '#':
			continue
		case strings.HasPrefix(text, "%include"):
			r.add(line, "%include", strings.TrimSpace(strings.TrimPrefix(text, "%include")), "", "the file is not read: give it too")
			continue
		case text[0] == '[':
			if !strings.HasSuffix(text, "]") {
				return r.errorf(line, "%q is no section: want [name]", text)
			}
			section = text[1 : len(text)-1]
			continue
		}
		name, value, ok := strings.Cut(text, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		switch {
		case !ok:
			return r.errorf(line, "%q is no setting: want name = value", text)
		case section == "databases" || section == "users":
			r.pgbouncerPool(line, section, name, value)
		case section != "pgbouncer":
			continue
		case name == "pool_mode":
			mode = line
			if err := r.mode(line, name, value, "pgbouncer", "pgbouncer-statement"); err != nil {
				return err
			}
		default:
			if err := r.pgbouncerSetting(line, name, value); err != nil {
				return err
			}
		}
	}
	if mode == 0 && strings.Contains(strings.Join(r.lines, "\n"), "[pgbouncer]") {
		return r.mode(0, "pool_mode", "session", "", "") // the default
	}
	return nil
}

// pgbouncerPool notes a mode that a database or a user has of its own.
func (r *reader) pgbouncerPool(line int, section, name, value string) {
	for field := range strings.FieldsSeq(value) {
		if mode, ok := strings.CutPrefix(field, "pool_mode="); ok {
			r.add(line, strings.TrimSuffix(section, "s")+" "+name+": pool_mode", mode, "",
				"one run is for one mode: analyse what connects there with flags of its own, or name it with -direct where the mode is session")
		}
	}
}
