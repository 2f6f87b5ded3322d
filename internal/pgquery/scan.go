package pgquery

import "strings"

// Hole is the byte that stands in a text for a part that is not known.
const Hole = '\x00'

// TokenKind is what a token of SQL text is.
type TokenKind uint8

const (
	Word   TokenKind = iota // a keyword or an unquoted name
	Quoted                  // "a name"
	Str                     // 'a', E'a', U&'a', B'1', X'ff'
	Dollar                  // $tag$ … $tag$
	Number                  // 1, 1.5e3
	Param                   // $1
	Op                      // a run of operator characters, or : := ::
	Punct                   // one of ( ) [ ] , ; .
	Spot                    // text in which a client puts something else: see Token.Place
)

// Place is what will be put in the place of a Spot.
type Place uint8

const (
	NoPlace     Place = iota
	Unknown           // a run of Hole bytes
	Placeholder       // ?, ?0, ?name, :name, @name
	Template          // {{ … }}, ${ … }
)

// A Token is one lexical unit of a text, in bytes.
type Token struct {
	Start, End int
	Close      int // of an opening bracket: how many tokens on its closing one stands, 0 where it has none
	Ordinal    int // of a ?: which it is, from 1
	Kind       TokenKind
	Place      Place
	Broken     bool // its closing quote is missing
}

// MaxTokens is the number of tokens after which Scan stops: most of a
// megabyte of usual text.
const MaxTokens = 150_000

// Scan splits text into tokens by PostgreSQL's lexical rules
// (https://www.postgresql.org/docs/current/sql-syntax-lexical.html), and
// by those of Go's database libraries for placeholders. Comments, psql's
// backslash lines and the data after COPY … FROM stdin are left out. It
// takes any bytes, never fails and never recurses, and stops after MaxTokens.
//
// It is not the parser's own scanner, because that one stops at the first
// error, knows no placeholders and has no room for what is not known.
func Scan(text string) []Token {
	s := scanner{text: text}
	s.tokens = make([]Token, 0, len(text)/5+4)
	for s.skip(); s.pos < len(text) && len(s.tokens) < MaxTokens; s.skip() {
		s.next()
	}
	return s.tokens
}

type scanner struct {
	text     string
	pos      int
	first    int // index of the first token of the statement
	brackets int // depth of [ ]: a colon inside is a slice, not a placeholder
	open     []int
	marks    int // number of ? so far
	tokens   []Token
}

func (s *scanner) emit(kind TokenKind, end int) *Token {
	s.tokens = append(s.tokens, Token{Kind: kind, Start: s.pos, End: end})
	s.pos = end
	return &s.tokens[len(s.tokens)-1]
}

func (s *scanner) spot(place Place, end int) {
	s.emit(Spot, end).Place = place
}

// at returns the byte at i, or a space where there is none.
func (s *scanner) at(i int) byte {
	if i < 0 || i >= len(s.text) {
		return ' '
	}
	return s.text[i]
}

// skip passes white space, comments and psql's backslash lines.
func (s *scanner) skip() {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case isSpace(c):
			s.pos++
		case c == '-' && s.at(s.pos+1) == '-' && s.parts():
			return
		case c == '-' && s.at(s.pos+1) == '-':
			s.pos = s.lineEnd(s.pos)
		case c == '/' && s.at(s.pos+1) == '*':
			s.pos = s.commentEnd(s.pos)
		case c == '\\' && s.startsLine(s.pos) && !s.sends(s.pos):
			s.pos = s.lineEnd(s.pos)
		default:
			return
		}
	}
}

func (s *scanner) lineEnd(i int) int {
	if n := strings.IndexByte(s.text[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(s.text)
}

func (s *scanner) startsLine(i int) bool {
	for i--; i >= 0 && (s.text[i] == ' ' || s.text[i] == '\t'); i-- {
	}
	return i < 0 || s.text[i] == '\n'
}

// commentEnd finds the end of the comment at i; they nest.
func (s *scanner) commentEnd(i int) int {
	for depth := 0; i < len(s.text); i++ {
		switch {
		case s.text[i] == '/' && s.at(i+1) == '*':
			depth++
			i++
		case s.text[i] == '*' && s.at(i+1) == '/':
			depth--
			i++
			if depth == 0 {
				return i + 1
			}
		}
	}
	return len(s.text)
}

func (s *scanner) next() {
	c := s.text[s.pos]
	switch {
	case c == Hole:
		s.hole()
	case isIdentStart(c):
		s.word()
	case isDigit(c) || c == '.' && isDigit(s.at(s.pos+1)):
		s.number()
	case c == '\'':
		s.quoted(Str, s.pos, false)
	case c == '"':
		s.quoted(Quoted, s.pos, false)
	case c == '$':
		s.dollar()
	case c == ';':
		s.emit(Punct, s.pos+1)
		if len(s.open) == 0 {
			s.endStatement()
		}
	case strings.IndexByte("()[],.", c) >= 0:
		s.punct(c)
	case c == '\\':
		s.command()
	case c == '-' && s.at(s.pos+1) == '-': // a mark, or skip would have passed it
		end := s.lineEnd(s.pos)
		s.emit(Punct, s.pos+2)
		s.endStatement()
		s.pos = end
	case c == ':':
		s.colon()
	case c == '?':
		s.question()
	case c == '{' && s.at(s.pos+1) == '{':
		s.spot(Template, s.closing("}}"))
	case isOperator(c):
		s.operator()
	default:
		s.emit(Op, s.pos+1)
	}
}

// hole takes a run of holes, as a word of its own or as part of a name:
// `tmp_%s`, `%s_id`. At the start of a statement what stands before its
// keyword is something else, such as a comment.
func (s *scanner) hole() {
	end := s.pos
	for s.at(end) == Hole {
		end++
	}
	if !isIdent(s.at(end)) || len(s.tokens) == s.first {
		s.spot(Unknown, end)
		return
	}
	s.word()
}

func (s *scanner) word() {
	end := s.identEnd(s.pos)
	if q := s.at(end); q == '\'' || q == '"' || q == '&' {
		switch p := s.text[s.pos:end]; {
		case q == '\'' && len(p) == 1 && strings.Contains("eE", p):
			s.quoted(Str, end, true)
			return
		case q == '\'' && len(p) == 1 && strings.Contains("bBxXnN", p):
			s.quoted(Str, end, false)
			return
		case q == '&' && (p == "u" || p == "U") && s.at(end+1) == '\'':
			s.quoted(Str, end+1, false)
			return
		case q == '&' && (p == "u" || p == "U") && s.at(end+1) == '"':
			s.quoted(Quoted, end+1, false)
			return
		}
	}
	s.emit(Word, end)
}

func (s *scanner) identEnd(i int) int {
	for i < len(s.text) && (isIdent(s.text[i]) || s.text[i] == '$' || s.text[i] == Hole) {
		i++
	}
	return i
}

func (s *scanner) number() {
	end := s.pos
	for end < len(s.text) {
		c := s.text[end]
		sign := (c == '+' || c == '-') && strings.IndexByte("eE", s.text[end-1]) >= 0 && isDigit(s.at(end+1))
		if !isIdent(c) && c != '.' && c != Hole && !sign {
			break
		}
		if c == '.' && s.at(end+1) == '.' { // 1..10 of PL/pgSQL
			break
		}
		end++
	}
	s.emit(Number, end)
}

// quoted takes a string or a name whose opening quote stands at open.
func (s *scanner) quoted(kind TokenKind, open int, escapes bool) {
	quote, templates := s.text[open], false
	for i := open + 1; i < len(s.text); i++ {
		if n := template(s.text[i:]); n > 0 {
			templates = templates || strings.IndexByte(s.text[i:i+n], quote) >= 0
			i += n - 1
			continue
		}
		switch {
		case escapes && s.text[i] == '\\':
			i++
		case s.text[i] == quote && s.at(i+1) == quote:
			i++
		case s.text[i] == quote && templates: // which no parser reads
			s.spot(Template, i+1)
			return
		case s.text[i] == quote:
			s.emit(kind, i+1)
			return
		}
	}
	s.emit(kind, len(s.text)).Broken = true
}

func (s *scanner) dollar() {
	i := s.pos + 1
	switch c := s.at(i); {
	case isDigit(c) || c == Hole:
		for isDigit(s.at(i)) || s.at(i) == Hole {
			i++
		}
		s.emit(Param, i)
		return
	case c == '{':
		s.spot(Template, s.closing("}"))
		return
	}
	for isIdent(s.at(i)) {
		i++
	}
	if s.at(i) != '$' || isDigit(s.at(s.pos+1)) {
		s.emit(Op, s.pos+1)
		return
	}
	tag := s.text[s.pos : i+1]
	if n := strings.Index(s.text[i+1:], tag); n >= 0 {
		s.emit(Dollar, i+1+n+len(tag))
		return
	}
	s.emit(Dollar, len(s.text)).Broken = true
}

func (s *scanner) punct(c byte) {
	n := len(s.tokens)
	s.emit(Punct, s.pos+1)
	switch c {
	case '(', '[':
		s.open = append(s.open, n)
		if c == '[' {
			s.brackets++
		}
	case ')', ']':
		if c == ']' {
			s.brackets = max(0, s.brackets-1)
		}
		if last := len(s.open) - 1; last >= 0 {
			s.tokens[s.open[last]].Close = n - s.open[last]
			s.open = s.open[:last]
		}
	}
}

func (s *scanner) operator() {
	if s.text[s.pos] == '@' && isIdentStart(s.at(s.pos+1)) {
		s.spot(Placeholder, s.identEnd(s.pos+1))
		return
	}
	end := s.pos + 1
	for ; isOperator(s.at(end)); end++ {
		c, d := s.text[end], s.at(end+1)
		if c == '-' && d == '-' || c == '/' && d == '*' || c == '@' && s.text[end-1] != '<' && isIdentStart(d) {
			break
		}
	}
	s.emit(Op, end)
}

// closing returns the end of the bracket that closes with end.
func (s *scanner) closing(end string) int {
	if n := strings.Index(s.text[s.pos:], end); n >= 0 {
		return s.pos + n + len(end)
	}
	return len(s.text)
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isIdentStart(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c >= 0x80
}

func isIdent(c byte) bool { return isIdentStart(c) || isDigit(c) }

func isOperator(c byte) bool { return strings.IndexByte("+-*/<>=~!@#%^&|`", c) >= 0 }
