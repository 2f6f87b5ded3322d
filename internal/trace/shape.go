package trace

import (
	"strings"

	"github.com/poolvet/poolvet/internal/client"
)

// shape writes a text without its plain strings and numbers: texts of one shape
// are the same statements, so that a log's millions need no scanner. A text in
// which that is not easily seen is its own shape.
func shape(buf []byte, sql string) []byte {
	from := len(buf)
	for i := 0; i < len(sql); {
		c := sql[i]
		switch {
		case c == '\'':
			end := stringEnd(sql, i)
			if end < 0 {
				return append(buf[:from], sql...)
			}
			buf, i = append(buf, '\''), end
			continue
		case c == '"':
			n := strings.IndexByte(sql[i+1:], '"')
			if n < 0 {
				return append(buf[:from], sql...)
			}
			buf, i = append(buf, sql[i:i+n+2]...), i+n+2
			continue
		case isDigit(c) && (i == 0 || !inName(sql[i-1])):
			end := i + 1
			for end < len(sql) && isDigit(sql[end]) {
				end++
			}
			number := sql[i:end]
			if !client.IsKey(number) {
				number = "0"
			}
			buf, i = append(buf, number...), end
			continue
		case c == '_' && i >= 3 && i+7 <= len(sql) && strings.EqualFold(sql[i-3:i+7], "set_config"),
			c == '-' && strings.HasPrefix(sql[i:], "--"), c == '/' && strings.HasPrefix(sql[i:], "/*"),
			c == '{' && strings.HasPrefix(sql[i:], "{{"), c == '\\', c == 0,
			c == '$' && (i+1 == len(sql) || !isDigit(sql[i+1])):
			return append(buf[:from], sql...)
		}
		buf = append(buf, c)
		i++
	}
	return buf
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
