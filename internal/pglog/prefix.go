package pglog

import (
	"fmt"
	"strings"
)

// The escapes of log_line_prefix that say whose a line is.
const (
	app = iota
	user
	database
	host
	pid
	at
	session
	start
	fields
)

// span is a part of a line.
type span struct{ from, to int }

// head is what stands before the message of a line.
type head struct {
	field    [fields]span
	severity span
	message  int // where it begins
	tries    int
}

// part is an escape of a prefix, or what stands between two.
type part struct {
	escape  byte // 0 for text
	text    string
	padding bool
}

// prefix is a log_line_prefix.
type prefix struct {
	text  string
	parts []part
}

// compile reads a log_line_prefix as postgresql.conf has it.
func compile(s string) (*prefix, error) {
	p := &prefix{text: s}
	literal := func(text string) {
		if n := len(p.parts); n > 0 && p.parts[n-1].escape == 0 {
			p.parts[n-1].text += text
			return
		}
		p.parts = append(p.parts, part{text: text})
	}
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			literal(s[i : i+1])
			continue
		}
		from := i
		i++
		for i < len(s) && (s[i] == '-' || digit(s[i])) {
			i++
		}
		switch {
		case i == len(s):
			return nil, fmt.Errorf("log_line_prefix %q ends in an escape that is not whole: %q; write %%%% for a percent sign", s, s[from:])
		case s[i] == '%':
			literal("%")
		case strings.IndexByte("aubdrhLpPtmnsvxielcqQ", s[i]) < 0:
			return nil, fmt.Errorf("log_line_prefix %q: PostgreSQL knows no escape %q; those that it knows are in its documentation of log_line_prefix", s, s[from:i+1])
		default:
			p.parts = append(p.parts, part{escape: s[i], padding: i > from+1})
		}
	}
	return p, nil
}

// match reads the prefix and the severity at the begin of a line.
func (p *prefix) match(line string, h *head) bool {
	*h = head{}
	return match(p.parts, line, 0, h)
}

func match(parts []part, line string, i int, h *head) bool {
	for n, p := range parts {
		if p.padding {
			i = skip(line, i, ' ')
		}
		switch p.escape {
		case 0:
			if !strings.HasPrefix(line[i:], p.text) {
				return false
			}
			i += len(p.text)
			continue
		case 'q':
			// What follows is of sessions only.
			return match(parts[n+1:], line, i, h) || severity(line, i, h)
		case 'a', 'u', 'd', 'r', 'h', 'b', 'i', 'L':
			return free(p, parts[n+1:], line, i, h)
		}
		to := fixed(p.escape, line, i)
		if to < 0 {
			return false
		}
		h.set(p.escape, span{i, to})
		i = to
		if p.padding {
			i = skip(line, i, ' ')
		}
	}
	return severity(line, i, h)
}

// tries bounds how many ways a line is read in: a name can hold what stands
// between names, and a line can be made of that alone.
const tries = 2000

// free reads a value of any letters: the shortest that lets the rest match.
func free(p part, rest []part, line string, i int, h *head) bool {
	next := ""
	if len(rest) > 0 && rest[0].escape == 0 {
		next = rest[0].text
	}
	for to := i; to <= len(line) && h.tries < tries; to++ {
		h.tries++
		if next != "" {
			n := strings.Index(line[to:], next)
			if n < 0 {
				return false
			}
			to += n
		}
		if match(rest, line, to, h) {
			h.set(p.escape, span{i, i + len(strings.TrimRight(line[i:to], " "))})
			return true
		}
	}
	return false
}

func (h *head) set(escape byte, s span) {
	switch escape {
	case 'a':
		h.field[app] = s
	case 'u':
		h.field[user] = s
	case 'd':
		h.field[database] = s
	case 'r', 'h':
		h.field[host] = s
	case 'p':
		h.field[pid] = s
	case 't', 'm', 'n':
		h.field[at] = s
	case 'c':
		h.field[session] = s
	case 's':
		h.field[start] = s
	}
}

// fixed is where a value ends whose letters its escape tells, -1 where it is none.
func fixed(escape byte, line string, i int) int {
	switch escape {
	case 't', 'm', 's':
		return timestamp(line, i)
	case 'c':
		return run(line, i, func(c byte) bool { return hex(c) || c == '.' })
	case 'e':
		if i+5 <= len(line) && run(line[:i+5], i, sqlstate) == i+5 {
			return i + 5
		}
		return -1
	case 'n':
		return run(line, i, func(c byte) bool { return digit(c) || c == '.' })
	case 'v':
		return max(i, run(line, i, func(c byte) bool { return digit(c) || c == '/' || c == '-' }))
	case 'P':
		return max(i, run(line, i, digit))
	case 'Q':
		return run(line, i, func(c byte) bool { return digit(c) || c == '-' })
	}
	return run(line, i, digit)
}

// run is where the bytes of a kind end, -1 where there are none.
func run(line string, i int, kind func(byte) bool) int {
	from := i
	for i < len(line) && kind(line[i]) {
		i++
	}
	if i == from {
		return -1
	}
	return i
}

func skip(line string, i int, c byte) int {
	for i < len(line) && line[i] == c {
		i++
	}
	return i
}

func digit(c byte) bool    { return '0' <= c && c <= '9' }
func hex(c byte) bool      { return digit(c) || 'a' <= c && c <= 'f' }
func letter(c byte) bool   { return upper(c) || 'a' <= c && c <= 'z' }
func upper(c byte) bool    { return 'A' <= c && c <= 'Z' }
func sqlstate(c byte) bool { return digit(c) || upper(c) }

// severity reads "LOG:  ", and what verbose logs put between it and the message.
func severity(line string, i int, h *head) bool {
	to := run(line, i, sqlstate)
	if to < 0 || !strings.HasPrefix(line[to:], ":  ") {
		return false
	}
	switch word := line[i:to]; word {
	case "LOG", "ERROR", "FATAL", "PANIC", "WARNING", "NOTICE", "INFO",
		"DETAIL", "HINT", "STATEMENT", "CONTEXT", "QUERY", "LOCATION", "BACKTRACE":
	default:
		if !strings.HasPrefix(word, "DEBUG") {
			return false
		}
	}
	h.severity, h.message = span{i, to}, to+len(":  ")
	if m := h.message; m+7 <= len(line) && line[m+5:m+7] == ": " && fixed('e', line, m) > 0 && strings.ContainsAny(line[m:m+5], "0123456789") {
		h.message = m + 7
	}
	return true
}
