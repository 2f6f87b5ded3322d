package dsn

import (
	"cmp"
	"strings"

	"github.com/poolvet/poolvet/internal/text"
)

// Server is one that a connection string names.
type Server struct{ Host, Port string }

// Servers are those of a connection string, in its order; none where a host is
// not known in full. A port that is not given is PostgreSQL's own, 5432.
//
// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-MULTIPLE-HOSTS
func Servers(s string) (all []Server) {
	d := Parse(s)
	hosts, ports := d.word("host"), d.word("port")
	if scheme, rest, isURL := strings.Cut(s, "://"); isURL && d.IsURL && scheme != text.HoleText {
		rest, _, _ = strings.Cut(rest, "?")
		rest, _, _ = strings.Cut(rest, "/")
		if strings.Contains(rest, "#") || strings.Count(rest, "@") > 1 { // which pgx reads as libpq since v5.11
			return nil
		}
		if rest = rest[strings.LastIndexByte(rest, '@')+1:]; strings.Contains(rest, "%") {
			return nil
		}
		var hs, ps []string
		for server := range strings.SplitSeq(rest, ",") {
			h, p := cutPort(server)
			hs, ps = append(hs, h), append(ps, p)
		}
		hosts, ports = cmp.Or(hosts, strings.Join(hs, ",")), cmp.Or(ports, strings.Join(ps, ","))
	}
	ps := strings.Split(ports, ",")
	for i, host := range strings.Split(hosts, ",") {
		port := ps[min(i, len(ps)-1)]
		if host == "" || strings.Contains(host+port, text.HoleText) {
			return nil
		}
		all = append(all, Server{strings.ToLower(host), cmp.Or(port, "5432")})
	}
	return all
}

// word is the value of a key as it stands, "" for none, and a hole where drivers
// read it in different ways: of an empty one in a URL's query some make the
// default, and others what the URL says before.
func (d DSN) word(key string) string {
	p, ok := d.Get(key)
	if p.Unsure || ok && d.IsURL && p.Value == "" {
		return text.HoleText
	}
	return p.Value
}

// cutPort cuts host:port; an IPv6 address stands in brackets.
func cutPort(server string) (host, port string) {
	if end := strings.IndexByte(server, ']'); strings.HasPrefix(server, "[") && end > 0 {
		return server[1:end], strings.TrimPrefix(server[end+1:], ":")
	}
	host, port, _ = strings.Cut(server, ":")
	return host, port
}
