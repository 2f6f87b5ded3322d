package busylog

import (
	"bytes"
	"strconv"
)

// refused writes an error about the statement that is filled.
func (w *writer) refused(s *session) {
	const says, detail = `duplicate key value violates unique constraint "orders_pkey"`, "Key (id)=(4711) already exists."
	switch w.format {
	case CSV:
		w.csv(s, "ERROR", says, nil, []byte(detail), w.sql)
	case JSON:
		w.json(s, "ERROR", says, nil, []byte(detail), w.sql)
	default:
		w.line(s, "ERROR", says, nil)
		w.line(s, "DETAIL", detail, nil)
		w.line(s, "STATEMENT", "", w.sql)
	}
}

// message writes one; sql may be of several lines.
func (w *writer) message(s *session, says string, sql, detail []byte) {
	switch w.format {
	case CSV:
		w.csv(s, "LOG", says, sql, detail, nil)
	case JSON:
		w.json(s, "LOG", says, sql, detail, nil)
	default:
		w.line(s, "LOG", says, sql)
		if len(detail) > 0 {
			w.line(s, "DETAIL", "", detail)
		}
	}
}

func (w *writer) time(milliseconds bool) {
	if milliseconds {
		w.buf = w.now.AppendFormat(w.buf, "2006-01-02 15:04:05.000 UTC")
		return
	}
	w.buf = w.now.AppendFormat(w.buf, "2006-01-02 15:04:05 UTC")
}

func (w *writer) put(texts ...string) {
	for _, text := range texts {
		w.buf = append(w.buf, text...)
	}
}

func (w *writer) number(n int) { w.buf = strconv.AppendInt(w.buf, int64(n), 10) }

// line writes lines of a log in text.
func (w *writer) line(s *session, severity, says string, text []byte) {
	if w.time(w.format != RDS); w.format == RDS {
		w.put(":", s.host, "(")
		w.number(s.port)
		w.put("):", s.user, "@", s.db, ":[")
		w.number(s.pid)
		w.put("]:")
	} else {
		w.put(" [")
		w.number(s.pid)
		w.put("] ", s.user, "@", s.db, " ", s.app, " ")
	}
	w.put(severity, ":  ", says)
	for {
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			break
		}
		w.buf = append(append(w.buf, text[:i+1]...), '\t')
		text = text[i+1:]
	}
	w.buf = append(append(w.buf, text...), '\n')
}

// csv writes a record of csvlog, with the columns that it has since PostgreSQL 14.
func (w *writer) csv(s *session, severity, says string, sql, detail, statement []byte) {
	s.line++
	w.time(true)
	w.put(`,"`, s.user, `","`, s.db, `",`)
	w.number(s.pid)
	w.put(`,"`, s.host, ":")
	w.number(s.port)
	w.put(`",`, s.id, ",")
	w.number(s.line)
	w.put(`,"SELECT",`)
	w.buf = s.start.AppendFormat(w.buf, "2006-01-02 15:04:05 UTC")
	w.put(`,4/711,0,`, severity, `,00000,`)
	w.quoted([]byte(says), sql)
	w.put(",")
	w.quoted(detail)
	w.put(",,,,,")
	w.quoted(statement)
	w.put(`,,,"`, s.app, `","client backend",,0`, "\n")
}

// quoted writes a field of csvlog.
func (w *writer) quoted(texts ...[]byte) {
	if len(texts) == 1 && len(texts[0]) == 0 {
		return
	}
	w.put(`"`)
	for _, text := range texts {
		w.escaped(text, func(c byte) string {
			if c == '"' {
				return `""`
			}
			return ""
		})
	}
	w.put(`"`)
}

// escaped writes a text, of which some letters are written otherwise.
func (w *writer) escaped(text []byte, otherwise func(c byte) string) {
	from := 0
	for i, c := range text {
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		if as := otherwise(c); as != "" {
			w.buf = append(append(w.buf, text[from:i]...), as...)
			from = i + 1
		}
	}
	w.buf = append(w.buf, text[from:]...)
}

// json writes a line of jsonlog.
func (w *writer) json(s *session, severity, says string, sql, detail, statement []byte) {
	s.line++
	w.put(`{"timestamp":"`)
	w.time(true)
	w.put(`","user":"`, s.user, `","dbname":"`, s.db, `","pid":`)
	w.number(s.pid)
	w.put(`,"remote_host":"`, s.host, `","remote_port":`)
	w.number(s.port)
	w.put(`,"session_id":"`, s.id, `","line_num":`)
	w.number(s.line)
	w.put(`,"ps":"SELECT","session_start":"`)
	w.buf = s.start.AppendFormat(w.buf, "2006-01-02 15:04:05 UTC")
	w.put(`","vxid":"4/711","txid":0,"error_severity":"`, severity, `"`)
	w.property("message", []byte(says), sql)
	if len(detail) > 0 {
		w.property("detail", detail)
	}
	if len(statement) > 0 {
		w.property("statement", statement)
	}
	w.put(`,"application_name":"`, s.app, `","backend_type":"client backend","query_id":0}`, "\n")
}

func (w *writer) property(name string, texts ...[]byte) {
	w.put(`,"`, name, `":"`)
	for _, text := range texts {
		w.escaped(text, func(c byte) string {
			return map[byte]string{'\n': `\n`, '\t': `\t`, '"': `\"`, '\\': `\\`}[c]
		})
	}
	w.put(`"`)
}
