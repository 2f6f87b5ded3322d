package trace

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/client"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// Comment is what the comments of a statement say of where it comes from: sqlc's
// "-- name:", and the keys of sqlcommenter (google.github.io/sqlcommenter/spec),
// which Rails' query logs write too.
//
// Not included: route, which Rails fills with the path of the request, and with
// that with values; what tells one run from another, as traceparent.
type Comment struct {
	Name string // that sqlc gives it

	Framework, Library, Driver      string // SQLAlchemy is a Library
	Application, Controller, Action string
}

// key tells comments apart.
func (c Comment) key() string {
	return strings.Join([]string{c.Name, c.Framework, c.Library, c.Driver, c.Application, c.Controller, c.Action}, hole)
}

func (c Comment) clone() Comment {
	for _, s := range []*string{&c.Name, &c.Framework, &c.Library, &c.Driver, &c.Application, &c.Controller, &c.Action} {
		*s = strings.Clone(*s)
	}
	return c
}

// String is what sqlcommenter wrote, for people, "" for nothing.
func (c Comment) String() string {
	var said []string
	for _, part := range [...][2]string{{"", cmp.Or(c.Framework, c.Library, c.Driver)}, {"application ", c.Application}, {"controller ", c.Controller}, {"action ", c.Action}} {
		if part[1] != "" {
			said = append(said, part[0]+part[1])
		}
	}
	return strings.Join(said, ", ")
}

var (
	sqlcName = regexp.MustCompile(`--\s*name:\s*([A-Za-z_]\w*)`)
	tagged   = regexp.MustCompile(`(\w+)(?:='((?:[^'\\]|\\.)*)'|:([^,*]+))`) // key='value', and Rails' key:value
)

// commentOf reads the comments of a statement, which stand between its tokens.
func commentOf(sql string, tokens []pgquery.Token) (c Comment) {
	from := 0
	for i := 0; i <= len(tokens); i++ {
		to := len(sql)
		if i < len(tokens) {
			to = tokens[i].Start
		}
		if to-from > len("--") {
			c.read(sql[from:to])
		}
		if i < len(tokens) {
			from = tokens[i].End
		}
	}
	return c
}

// read reads what stands between two tokens.
func (c *Comment) read(gap string) {
	if m := sqlcName.FindStringSubmatch(gap); m != nil && c.Name == "" {
		c.Name = m[1]
	}
	_, gap, ok := strings.Cut(gap, "/*")
	if !ok {
		return
	}
	for _, m := range tagged.FindAllStringSubmatch(gap, -1) {
		to, ok := map[string]*string{"framework": &c.Framework, "db_framework": &c.Library, "db_driver": &c.Driver,
			"application": &c.Application, "controller": &c.Controller, "action": &c.Action}[m[1]]
		if !ok || *to != "" {
			continue
		}
		value := strings.TrimSpace(cmp.Or(m[2], m[3]))
		if plain, err := url.PathUnescape(value); err == nil {
			value = plain
		}
		*to = value
	}
}

// tags are what names who sent the statement.
func (c Comment) tags() []string { return []string{c.Framework, c.Library, c.Driver} }

// narrow leaves of the texts that a statement can be an instance of those that its
// comments let it be.
func (c Comment) narrow(code []*Source) []*Source {
	if client.IsTagged(c.tags()) {
		return nil
	}
	for _, is := range []func(s *Source) bool{
		func(s *Source) bool { return c.Name != "" && s.pattern.Comment.Name == c.Name },
		func(s *Source) bool {
			return c.Action != "" && s.Func == c.Action[strings.LastIndexByte(c.Action, '.')+1:]
		},
	} {
		if slices.ContainsFunc(code, is) {
			code = slices.DeleteFunc(code, func(s *Source) bool { return !is(s) })
		}
	}
	return code
}
