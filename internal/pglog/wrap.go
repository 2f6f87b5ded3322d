package pglog

import (
	"encoding/json"
	"regexp"
	"strings"
)

// outer is what stands around a line of a log.
type outer struct {
	at, pid string
	within  bool // something does
	goesOn  bool // the line goes on where the last one ended
}

// kept is a copy that lasts longer than the line.
func (o outer) kept() outer {
	o.at, o.pid = strings.Clone(o.at), strings.Clone(o.pid)
	return o
}

var (
	// "Mar 12 10:04:05 " or "<134>1 2026-03-12T10:04:05.678Z ", of syslog and of
	// what writes as it does, and of exports: aws logs tail, a folder of S3, kubectl.
	stamp = regexp.MustCompile(`^(?:<\d{1,3}>1? ?)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?))[ \t]`)
	// "db1 postgres[77]: [5-1] " and "db1 postgres 77 - - [5-1] ".
	ident = regexp.MustCompile(`^\S+ [^\s\[]+(?:\[(\d+)\]:| (\d+) \S+ (?:-|\[.*?\])) ?(?:\[\d+-(\d+)\] ?)?`)
	// What a container's runtime puts before a line, or with P a part of a long one.
	stream = regexp.MustCompile(`^(?:stdout|stderr) [FP] `)
	// "EVENTS" of aws logs … --output text, with the times around the message.
	events = regexp.MustCompile(`^EVENTS\t(?:\d{30,}\t)?(\d{13})\t(.*?)(?:\t(\d{13}))?$`)
	// A line of JSON over several lines, as aws logs prints it.
	property = regexp.MustCompile(`^\s*(?:"[A-Za-z]+": |[][{}]+,?$)`)
)

// mayBeWrapped reports whether a line begins as what unwrap knows does: cheaply,
// as most lines do not.
func (r *reader) mayBeWrapped(text string) bool {
	if r.outer.within || text == "" {
		return false
	}
	if digit(text[0]) {
		return len(text) > 10 && text[10] == 'T'
	}
	return upper(text[0]) || strings.IndexByte(" <{}[]\"", text[0]) >= 0
}

// unwrap reads a line without what stands around it.
func (r *reader) unwrap(line []byte, whole bool) string {
	r.outer.within = true
	text := view(line)
	if property.MatchString(text) {
		return r.property(text)
	}
	if m := events.FindStringSubmatch(text); m != nil {
		r.outer.at = m[3]
		return around("export", r.inner([]byte(m[2]), whole))
	}
	m := stamp.FindStringSubmatchIndex(text)
	if m == nil {
		return ""
	}
	rest := text[m[1]:]
	if m[2] >= 0 {
		r.outer.at = text[m[2]:m[3]]
	}
	of := ident.FindStringSubmatchIndex(rest)
	if of == nil {
		if of := stream.FindString(rest); of != "" {
			rest = rest[len(of):]
			r.outer.goesOn, r.partial = r.partial, strings.HasSuffix(of, " P ")
		}
		return around("export", r.inner([]byte(rest), whole))
	}
	for _, n := range []int{2, 4} {
		if of[n] >= 0 {
			r.outer.pid = rest[of[n]:of[n+1]]
		}
	}
	goesOn := of[6] >= 0 && rest[of[6]:of[7]] != "1"
	rest = rest[of[1]:]
	return around("syslog", r.chunk(rest, goesOn, whole))
}

// chunk reads what syslog has of a message: it splits one at its line ends, and
// where a line is too long for it, and writes a tab as #011.
func (r *reader) chunk(s string, goesOn, whole bool) string {
	if rest, ok := strings.CutPrefix(s, "#011"); ok {
		s = "\t" + rest
	}
	s = strings.ReplaceAll(s, "#011", "\t")
	r.outer.goesOn = goesOn && !strings.HasPrefix(s, "\t") && findSeverity(s) < 0
	return r.inner([]byte(s), whole)
}

// property reads a line of JSON over several lines.
func (r *reader) property(text string) string {
	text = strings.TrimSuffix(strings.TrimSpace(text), ",")
	if n, ok := strings.CutPrefix(text, `"timestamp": `); ok {
		r.eventAt = strings.Clone(n)
	}
	quoted, ok := strings.CutPrefix(text, `"message": `)
	if !ok {
		return "export"
	}
	var message string
	if err := json.Unmarshal([]byte(quoted), &message); err != nil || !r.event(message, r.eventAt) {
		return ""
	}
	return "export"
}

// around is the format of a line with something around it: that of PostgreSQL has
// the name of what that is.
func around(outer, inner string) string {
	if inner == "stderr" {
		return outer
	}
	return inner
}
