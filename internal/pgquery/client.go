package pgquery

import (
	"slices"
	"strings"
)

// What clients write that the server never sees: placeholders of drivers and
// templates, and the commands, variables and data of psql.

// endStatement passes the data that follows COPY … FROM stdin in a dump.
func (s *scanner) endStatement() {
	t := s.tokens[s.first:]
	s.first, s.brackets = len(s.tokens), 0
	if len(t) < 4 || !strings.EqualFold(s.text[t[0].Start:t[0].End], "copy") {
		return
	}
	for i, w := range t[1:] {
		if strings.EqualFold(s.text[w.Start:w.End], "stdin") && strings.EqualFold(s.text[t[i].Start:t[i].End], "from") {
			if n := strings.Index(s.text[s.pos:], "\n\\."); n >= 0 {
				s.pos += n + 3
			}
			return
		}
	}
}

// command takes a command of psql behind a statement, up to the next or to the
// end of the line: https://www.postgresql.org/docs/current/app-psql.html
func (s *scanner) command() {
	switch {
	case s.at(s.pos+1) == ';': // which sends with the next
		s.pos++
		return
	case !isIdentStart(s.at(s.pos + 1)):
		s.emit(Op, s.pos+1)
		return
	case s.sends(s.pos):
		s.emit(Punct, s.pos+1)
		s.endStatement()
	}
	end := s.lineEnd(s.pos)
	if n := strings.IndexByte(s.text[s.pos+1:end], '\\'); n >= 0 {
		end = s.pos + 1 + n
	}
	s.pos = max(end, s.pos+1)
}

// sends reports whether a command of psql sends what stands before it, as a
// semicolon does: \g and its like, \watch, \crosstabview.
func (s *scanner) sends(i int) bool {
	name := strings.ToLower(s.text[i+1 : s.identEnd(i+1)])
	return strings.HasPrefix(name, "g") && name != "getenv" || name == "watch" || name == "crosstabview"
}

// marks are comments of migration tools, in small letters, at which a statement
// ends, with a semicolon or without.
var marks = []string{"+goose statementend", "+goose down", "+goose up", "+migrate statementend", "+migrate down", "+migrate up", "migrate:down", "migrate:up"}

// parts reports whether the comment here is such a mark, behind a statement.
func (s *scanner) parts() bool {
	if len(s.tokens) == s.first || len(s.open) > 0 {
		return false
	}
	line := strings.ToLower(strings.TrimLeft(s.text[s.pos+2:min(s.pos+40, len(s.text))], " \t"))
	return slices.ContainsFunc(marks, func(mark string) bool { return strings.HasPrefix(line, mark) })
}

// template is how long the action of a template is that a text begins with, 0
// for none: {{1,2},{3,4}} is an array.
func template(text string) int {
	if len(text) < 5 || text[0] != '{' || text[1] != '{' || strings.IndexByte(" .-$", text[2]) < 0 && !isIdentStart(text[2]) {
		return 0
	}
	n := strings.Index(text, "}}")
	if n < 0 || strings.IndexByte(text[:n], '\n') >= 0 {
		return 0
	}
	return n + 2
}

// colon takes :: and := and the placeholders :name, :'name' and :"name".
func (s *scanner) colon() {
	switch c := s.at(s.pos + 1); {
	case c == ':' || c == '=':
		s.emit(Op, s.pos+2)
	case s.brackets > 0:
		s.emit(Op, s.pos+1)
	case isIdentStart(c):
		s.spot(Placeholder, s.identEnd(s.pos+1))
	case c == '\'' || c == '"':
		if n := strings.IndexByte(s.text[s.pos+2:], c); n >= 0 {
			s.spot(Placeholder, s.pos+3+n)
			return
		}
		s.emit(Op, s.pos+1)
	default:
		s.emit(Op, s.pos+1)
	}
}

// question takes the placeholders ?, ?0 and ?name, and the operators of
// jsonb: ?| and ?&, and ?? as clients escape them.
func (s *scanner) question() {
	c, d := s.at(s.pos+1), s.at(s.pos+2)
	switch {
	case c == '?', (c == '|' || c == '&') && d != c:
		s.emit(Op, s.pos+2)
	case isIdent(c):
		end := s.pos + 1
		for isIdent(s.at(end)) {
			end++
		}
		s.spot(Placeholder, end)
	default:
		s.spot(Placeholder, s.pos+1)
		s.marks++
		s.tokens[len(s.tokens)-1].Ordinal = s.marks
	}
}
