package pglog

import (
	"regexp"
	"slices"
	"strings"
)

// widest is how long what stands before a message is taken to be at most.
const widest = 1 << 10

// known are the prefixes that were found out. A server may write another one when
// it has read its configuration anew, and several logs may be in one file.
type known []*prefix

// most is how many are kept.
const most = 8

// match reads the head of a line by the prefixes that are known.
func (k *known) match(line string, h *head) bool {
	for i, p := range *k {
		if p.match(line, h) {
			if i > 0 {
				copy((*k)[1:i+1], (*k)[:i])
				(*k)[0] = p
			}
			return true
		}
	}
	return false
}

// find reads the head of a line by the prefix that the line itself shows.
func (k *known) find(line string, h *head) bool {
	to := findSeverity(line)
	if to < 0 {
		return false
	}
	if p, err := compile(guess(line[:to])); err == nil && p.match(line, h) {
		k.learn(p)
		return true
	}
	return timed.match(line, h) || untimed.match(line, h)
}

// What is left of a prefix that cannot be made out.
var (
	timed   = &prefix{parts: []part{{escape: 'm'}, {escape: 'i'}}}
	untimed = &prefix{parts: []part{{escape: 'i'}}}
)

// learn keeps a prefix. Where one goes on where another ends, the short one is of
// processes that are no session's: the two are one, with %q.
func (k *known) learn(p *prefix) {
	for i, other := range *k {
		short, long := p.text, other.text
		if len(short) > len(long) {
			short, long = long, short
		}
		if rest, ok := strings.CutPrefix(long, short); ok && !strings.Contains(long, "%q") {
			if both, err := compile(short + "%q" + rest); err == nil {
				p = both
				*k = slices.Delete(*k, i, i+1)
				break
			}
		}
	}
	*k = slices.Insert(*k, 0, p)
	*k = (*k)[:min(len(*k), most)]
}

// findSeverity is where the severity of a line stands, -1 where there is none.
func findSeverity(line string) int {
	line = line[:min(len(line), widest)]
	var h head
	for from := 0; ; {
		i := strings.Index(line[from:], ":  ")
		if i < 0 {
			return -1
		}
		i += from
		from = i + 1
		word := i
		for word > 0 && sqlstate(line[word-1]) {
			word--
		}
		if severity(line, word, &h) {
			return word
		}
	}
}

var sessionID = regexp.MustCompile(`^[0-9a-f]{8}\.[0-9a-f]+\b`)

// shapes are what the escapes of a prefix look like, in the order in which they
// are tried; what is not among shapes is text, or a value that nothing names.
var shapes = []struct {
	like    *regexp.Regexp
	escapes string
}{
	{regexp.MustCompile(`^\d{10}\.\d{3}\b`), "%n"},
	{sessionID, "%c"},
	{regexp.MustCompile(`^\[local\]`), "%r"},
	{regexp.MustCompile(`^(::)?[0-9A-Za-z][0-9A-Za-z.:-]*\(\d+\)`), "%r"},
	{regexp.MustCompile(`^(\[unknown\]|[^][\s@,:;|()=<>/]+)@(\[unknown\]|[^][\s@,:;|()=<>/]+)`), "%u@%d"},
	{regexp.MustCompile(`^\d+\.\d+\.\d+\.\d+\b`), "%h"},
	{regexp.MustCompile(`^-?\d+/\d+\b`), "%v"},
	{regexp.MustCompile(`^(?:00000|\d\dP\d\d|[A-Z][0-9A-Z]000)\b`), "%e"}, // others look like the id of a process
	{regexp.MustCompile(`^\d+\b`), "%p%l%x%x%x"},
	{regexp.MustCompile(`^(client backend|not initialized|[a-z]+ (launcher|worker|writer|process)( \d+)?|\[unknown\]|[0-9A-Za-z_][^][\s@,:;|()=<>]*)`), "%i"},
}

// named are the escapes that a key before them tells: "user=alice,db=shop".
var named = map[string]string{
	"user": "%u", "usr": "%u", "u": "%u", "username": "%u",
	"db": "%d", "database": "%d", "dbname": "%d", "d": "%d",
	"app": "%a", "application": "%a", "application_name": "%a", "appname": "%a", "a": "%a",
	"client": "%r", "host": "%r", "remote": "%r", "h": "%r", "r": "%r", "client_addr": "%r", "ip": "%r",
	"pid": "%p", "p": "%p", "session": "%c", "sid": "%c", "session_id": "%c", "c": "%c",
	"line": "%l", "l": "%l",
}

var (
	key     = regexp.MustCompile(`^([A-Za-z_]+)=`)
	goesOn  = regexp.MustCompile(`^(?:[][,;|():\s-]+[A-Za-z_]+=|[][,;|():\s-]*$)`)
	percent = strings.NewReplacer("%", "%%")
)

// guess is the log_line_prefix that may have written what stands before a
// severity.
func guess(s string) string {
	var p strings.Builder
	used := map[string]bool{}
	for i := 0; i < len(s); {
		rest := s[i:]
		if to := timestamp(s, i); to > 0 {
			escape := "%m"
			if used[escape] {
				escape = "%s"
			}
			used[escape] = true
			p.WriteString(escape)
			i = to
			continue
		}
		if m := key.FindStringSubmatch(rest); m != nil {
			escape := named[strings.ToLower(m[1])]
			value := valueOf(rest[len(m[0]):])
			if escape == "%c" && !sessionID.MatchString(value) || escape == "%p" && run(value, 0, digit) != len(value) || escape == "" {
				escape = "%i"
			}
			p.WriteString(m[0] + escape)
			used[escape] = true
			i += len(m[0]) + len(value)
			continue
		}
		escapes, n := shape(rest, used)
		if name := application.FindString(rest); name != "" && !strings.HasPrefix(rest[len(name):], ".") && strings.Contains(p.String(), "%d") {
			escapes, n = "%a", len(name)
			if tags.MatchString(name) || strings.Contains(p.String(), "%a") {
				escapes = "%i"
			}
		}
		if n == 0 {
			escapes, n = percent.Replace(rest[:1]), 1
		}
		p.WriteString(escapes)
		i += n
	}
	return p.String()
}

// application is what ends a prefix that has told user and database: what else
// stands there freely is %i, whose values are known, and %b, whose values are in
// shapes. A host has dots.
var application = regexp.MustCompile(`^(?:\[unknown\]|[A-Za-z_][\w+-]*(?: [A-Za-z_(][\w+()-]*)*)`)

// tags are the values of %i and %b.
var tags = regexp.MustCompile(`^(?:[A-Z]+(?: [A-Z]+)*|idle(?: in transaction(?: \(aborted\))?)?|authentication|startup|waiting|initializing|notify interrupt|` +
	`client backend|not initialized|[a-z]+ (?:launcher|worker|writer|process|sender|receiver)(?: \d+)?|checkpointer|archiver|walwriter|postmaster|bgworker)$`)

// valueOf is the value at the begin of what follows a key: up to the next key.
func valueOf(s string) string {
	for i := range len(s) {
		if goesOn.MatchString(s[i:]) {
			return s[:i]
		}
	}
	return s
}

// shape is the escapes that the begin of s looks like, each but %i once, and how
// much of s they are.
func shape(s string, used map[string]bool) (escapes string, n int) {
	for _, shape := range shapes {
		found := shape.like.FindString(s)
		if found == "" {
			continue
		}
		if !strings.HasPrefix(shape.escapes, "%p") {
			return shape.escapes, len(found)
		}
		for e := shape.escapes; e != ""; e = e[2:] {
			if !used[e[:2]] || e[:2] == "%x" {
				used[e[:2]] = true
				return e[:2], len(found)
			}
		}
	}
	return "", 0
}
