package trace

import (
	"strings"

	"github.com/poolvet/poolvet/internal/client"
)

// shape writes a text without its plain strings and numbers: texts of one shape
// are the same statements, so that a log's millions need no scanner. A text in
// which that is not easily seen is its own shape.
func shape(buf []byte, sql string) []byte {
	start := len(buf)
	for i := 0; i < len(sql); {
		from := i
		for i < len(sql) && !special[sql[i]] {
			i++
		}
		buf = append(buf, sql[from:i]...)
		if i == len(sql) {
			break
		}
		end := i + 1
		switch c := sql[i]; {
		case c == '\'':
			if end = stringEnd(sql, i); end < 0 {
				return append(buf[:start], sql...)
			}
			buf, i = append(buf, '\''), end
			continue
		case c == '"':
			n := strings.IndexByte(sql[end:], '"')
			if n < 0 {
				return append(buf[:start], sql...)
			}
			end += n + 1
		case isDigit(c):
			if i > 0 && inName(sql[i-1]) {
				break
			}
			for end < len(sql) && isDigit(sql[end]) {
				end++
			}
			number := sql[i:end]
			if !client.IsKey(number) {
				number = "0"
			}
			buf, i = append(buf, number...), end
			continue
		case beginsComment(sql, i):
			if end = commentEnd(sql, i); end < 0 {
				return append(buf[:start], sql...)
			}
			buf, i = appendComment(buf, sql[i:end]), end
			continue
		case mayDecide(sql, i):
			return append(buf[:start], sql...)
		}
		buf, i = append(buf, sql[i:end]...), end
	}
	return buf
}

// special are the bytes that are not always copied.
var special = func() (table [256]bool) {
	for _, c := range "\x00\"$'-/0123456789\\_{" {
		table[c] = true
	}
	return table
}()

func beginsComment(sql string, i int) bool {
	return strings.HasPrefix(sql[i:], "--") || strings.HasPrefix(sql[i:], "/*")
}

// commentEnd is the end of the comment at i, which says who sent the statement and
// is copied as it is; -1 where it is not easily seen.
func commentEnd(sql string, i int) int {
	mark, end := "\n", len(sql)
	if sql[i] == '/' {
		mark, end = "*/", -1
	}
	if n := strings.Index(sql[i+2:], mark); n >= 0 {
		end = i + 2 + n + len(mark)
	}
	if end < 0 || strings.ContainsAny(sql[i:end], "{\\\x00\r") || strings.Contains(sql[i+2:end], "/*") {
		return -1
	}
	return end
}

// varying are keys of sqlcommenter that Comment leaves out: their values tell runs
// apart, and not statements.
var varying = [...]string{"traceparent='", "tracestate='", "route='"}

func appendComment(buf []byte, comment string) []byte {
	for _, key := range varying {
		if at := strings.Index(comment, key); at >= 0 {
			from := at + len(key)
			if n := strings.IndexByte(comment[from:], '\''); n >= 0 && !strings.Contains(comment[from:from+n], "--") {
				return appendComment(appendComment(buf, comment[:from]), comment[from+n:])
			}
		}
	}
	return append(buf, comment...)
}

// mayDecide reports whether what begins at i, or goes on there, is set_config, or
// of another syntax than plain strings and numbers.
func mayDecide(sql string, i int) bool {
	next := byte(0)
	if i+1 < len(sql) {
		next = sql[i+1]
	}
	switch sql[i] {
	case '_':
		return next|0x20 == 'c' && isSetConfig(sql, i)
	case '-', '/':
		return false
	case '{':
		return next == '{'
	case '$':
		return !isDigit(next)
	}
	return true // a backslash, a zero
}

// isSetConfig reports whether the _ at i is that of set_config.
func isSetConfig(sql string, i int) bool {
	return i >= 3 && i+7 <= len(sql) && strings.EqualFold(sql[i-3:i+7], "set_config")
}

// setsConfig reports whether a text names set_config, whose arguments decide.
func setsConfig(sql string) bool {
	for from := 0; ; {
		i := strings.IndexByte(sql[from:], '_')
		if i < 0 {
			return false
		}
		if i += from; isSetConfig(sql, i) {
			return true
		}
		from = i + 1
	}
}

// stringEnd is the end of the plain string at i, -1 for one that is not.
func stringEnd(sql string, i int) int {
	if i > 0 && inName(sql[i-1]) { // E'…' and its like
		return -1
	}
	for i++; i < len(sql); i++ {
		switch {
		case sql[i] == '{' && strings.HasPrefix(sql[i:], "{{"):
			return -1
		case sql[i] == '\'' && i+1 < len(sql) && sql[i+1] == '\'':
			i++
		case sql[i] == '\'':
			return i + 1
		}
	}
	return -1
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func inName(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c == '$' || c >= 0x80
}
