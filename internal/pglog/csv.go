package pglog

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// record is one of a CSV file, which may be of several lines.
type record struct {
	open   bool // a quote of it is
	long   bool // it is longer than is kept
	line   int
	text   []byte
	fields []string
}

// add takes a line, and hands on the record that it ends.
func (c *record) add(r *reader, line []byte, whole bool) {
	if c.line == 0 {
		c.line, c.long, c.text = r.line, false, c.text[:0]
	} else if !c.long {
		c.text = append(c.text, '\n')
	}
	if bytes.Count(line, []byte{'"'})%2 == 1 {
		c.open = !c.open
	}
	if c.long = c.long || !whole || len(c.text)+len(line) > longest; !c.long {
		c.text = append(c.text, line...)
	}
	if c.open {
		return
	}
	from, long := c.line, c.long
	if c.line = 0; long {
		r.counts.Long++
		return
	}
	c.fields = splitCSV(c.text, c.fields[:0])
	if r.columns != nil {
		r.statistic(from, c.fields)
		return
	}
	r.csvlog(from, c.fields)
}

// drop leaves a record that has no end, as where a log was cut.
func (c *record) drop(r *reader) {
	if c.open {
		r.cut(c.line, errors.New("the record has no end"))
	}
	c.open, c.line = false, 0
}

// splitCSV is the fields of a record. It takes the quotes out in place.
func splitCSV(b []byte, fields []string) []string {
	for {
		if len(b) == 0 || b[0] != '"' {
			i := bytes.IndexByte(b, ',')
			if i < 0 {
				return append(fields, view(b))
			}
			fields, b = append(fields, view(b[:i])), b[i+1:]
			continue
		}
		to, i := 0, 1
		for ; i < len(b); i++ {
			if b[i] == '"' {
				if i++; i >= len(b) || b[i] != '"' {
					break
				}
			}
			b[to] = b[i]
			to++
		}
		fields = append(fields, view(b[:to]))
		if i >= len(b) {
			return fields
		}
		next := bytes.IndexByte(b[i:], ',')
		if next < 0 {
			return fields
		}
		b = b[i+next+1:]
	}
}

// beginsRecord reports whether a line begins a record of csvlog: a time, and a
// user that is in quotes or not there.
func beginsRecord(line string) bool {
	if strings.IndexByte(line[:min(len(line), len("0000-00-00 00:00:00.000 +00:00,"))], ',') < 0 {
		return false
	}
	i := timestamp(line, 0)
	return i > 0 && i+1 < len(line) && line[i] == ',' && (line[i+1] == '"' || line[i+1] == ',')
}

// The columns of csvlog, which later versions added to at the end: backend_type in
// 13, leader_pid and query_id in 14.
const (
	csvSeverity  = 11
	csvMessage   = 13
	csvDetail    = 14
	csvStatement = 19
	csvApp       = 22
)

// csvlog hands on what a record of csvlog tells.
func (r *reader) csvlog(line int, f []string) {
	if len(f) <= csvApp || !tells(f[csvSeverity], f[csvMessage]) {
		return
	}
	r.tell(line, who{at: f[0], user: f[1], database: f[2], pid: f[3], host: address(f[4]), session: f[5], start: f[8], app: f[csvApp]},
		f[csvSeverity], f[csvMessage], f[csvDetail], f[csvStatement])
}

// address is the host in HOST:PORT.
func address(s string) string {
	if host, port, ok := cutLast(s, ":"); ok && run(port, 0, digit) == len(port) {
		return host
	}
	return s
}

// columns are where those of pg_stat_statements stand, by name.
type columns map[string]int

// columnsOf reports whether a line names the columns of pg_stat_statements, and
// keeps where they are.
func (r *reader) columnsOf(line string) bool {
	line = strings.TrimPrefix(line, "\ufeff")
	if !strings.Contains(line, "query") || !strings.Contains(line, "calls") {
		return false
	}
	names := splitCSV([]byte(line), nil)
	if !slices.Contains(names, "query") || !slices.Contains(names, "calls") {
		return false
	}
	r.columns = columns{}
	for i, name := range names {
		r.columns[strings.Clone(name)] = i
	}
	return true
}

// statistic hands on a row of pg_stat_statements. Names of the role and the
// database are there where it was joined to the catalogs that have them.
func (r *reader) statistic(line int, f []string) {
	column := func(names ...string) string {
		for _, name := range names {
			if i, ok := r.columns[name]; ok && i < len(f) {
				return f[i]
			}
		}
		return ""
	}
	calls, err := strconv.ParseInt(column("calls"), 10, 64)
	if err != nil || column("query") == "" || column("query") == "<insufficient privilege>" {
		return
	}
	e := r.fresh(line)
	e.Kind, e.SQL, e.Calls = Statistic, column("query"), calls
	e.User, e.Database = column("rolname", "usename", "user"), column("datname", "database")
	r.hand()
}
