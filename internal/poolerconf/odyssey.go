package poolerconf

import (
	"strings"
	"text/scanner"
)

// odyssey reads odyssey.conf, of which there is no library: words, strings and
// numbers, with braces. https://github.com/yandex/odyssey/tree/master/docs
func (r *reader) odyssey() error {
	var s scanner.Scanner
	s.Init(strings.NewReader(strings.Join(r.lines, "\n")))
	s.Mode = scanner.ScanIdents | scanner.ScanStrings | scanner.ScanInts
	s.IsIdentRune = func(c rune, i int) bool {
		return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && ('0' <= c && c <= '9' || c == '.' || c == '-')
	}
	var failure error
	s.Error = func(s *scanner.Scanner, msg string) {
		if failure == nil {
			failure = r.errorf(s.Pos().Line, "%s", msg)
		}
	}
	depth, key := 0, ""
	for tok := s.Scan(); tok != scanner.EOF && failure == nil; tok = s.Scan() {
		text := s.TokenText()
		switch {
		case tok == '#':
			for c := s.Next(); c != '\n' && c != scanner.EOF; {
				c = s.Next()
			}
		case tok == '{':
			depth, key = depth+1, ""
		case tok == '}':
			if depth--; depth < 0 {
				return r.errorf(s.Position.Line, "} closes nothing")
			}
		case key != "":
			if err := r.odysseySetting(s.Position.Line, key, strings.Trim(text, `"`)); err != nil {
				return err
			}
			key = ""
		case tok == scanner.Ident:
			key = text
		default:
			return r.errorf(s.Position.Line, "%s is no setting", text)
		}
	}
	if failure == nil && depth > 0 {
		return r.errorf(len(r.lines), "{ is not closed")
	}
	return failure
}

func (r *reader) odysseySetting(line int, name, value string) error {
	switch name {
	case "pool":
		return r.mode(line, name, value, "odyssey", "")
	case "pool_reserve_prepared_statement":
		if value != "yes" && value != "no" {
			return r.errorf(line, "%s is %q: want yes or no", name, value)
		}
		r.add(line, name, value, "prepared-statements="+onOff(value == "yes"), "")
	case "include":
		r.add(line, name, value, "", "the file is not read: give it too")
	case "pool_discard":
		if value == "no" {
			r.add(line, name, value, "", "nothing resets the server connection then, so that what is said to be lost leaks: no flag expresses that")
		}
	case "pool_pin_on_listen":
		if value == "yes" {
			r.add(line, name, value, "", "LISTEN keeps the server connection then: no flag expresses that")
		}
	}
	return nil
}
