// Package dsn reads connection strings of PostgreSQL, as far as they are known.
package dsn

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/text"
)

// DSN is what can be known of a connection string: a URL
// (postgres://u@h/db?k=v) or key=value pairs (host=h user=u), with a
// text.Hole for each part that is not known.
type DSN struct {
	Params []Param
	Scheme string // of a URL: "postgres"
	IsURL  bool
	// Whole: no part that is not known could hold a further key.
	Whole bool
}

// Param is one key of a connection string and its value.
type Param struct {
	Key, Value string // decoded; the value with its holes
	// Unsure: drivers read the value in different ways.
	Unsure bool
	// Where the key and the value stand in the string, in bytes.
	KeyStart, KeyEnd, ValueStart, ValueEnd int
}

// Parse reads a connection string. One that no driver would read is as
// good as a hole: nothing is known of it.
//
// https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
func Parse(s string) DSN {
	scheme, rest, isURL := strings.Cut(s, "://")
	if isURL && isScheme(scheme) {
		return parseURL(s, scheme, len(s)-len(rest))
	}
	if strings.HasPrefix(s, text.HoleText) { // a base that is not known, and what is added to it
		if i := strings.IndexAny(s, "?&"); i >= 0 && !strings.ContainsAny(s[:i], "= \t\n") {
			d := DSN{IsURL: true}
			d.query(s, i+1)
			d.Whole = false
			return d
		}
	}
	return parseWords(s)
}

func isScheme(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") == "" || s == text.HoleText
}

// parseURL reads a URL whose authority begins at from.
func parseURL(s, scheme string, from int) DSN {
	d := DSN{IsURL: true, Scheme: strings.ToLower(scheme), Whole: true}
	if strings.HasPrefix(d.Scheme, "postgres") && d.Scheme != scheme {
		return DSN{} // to pgx and lib/pq no URL, to go-pg and pgdriver one
	}
	if _, err := url.Parse(strings.ReplaceAll(strings.ReplaceAll(s, "%"+text.HoleText, "0"), text.HoleText, "0")); err != nil {
		return DSN{}
	}
	i := strings.IndexByte(s[from:], '?')
	if i < 0 {
		d.Whole = !strings.HasSuffix(s, text.HoleText)
		return d
	}
	// An @ behind the first ? is a password that nobody escaped.
	if strings.Contains(s[from+i:], "@") && !strings.Contains(s[from:from+i], "@") {
		return DSN{}
	}
	d.query(s, from+i+1)
	return d
}

// query reads the pairs of a URL's query, which begins at from.
func (d *DSN) query(s string, from int) {
	end := len(s)
	if i := strings.IndexByte(s[from:], '#'); i >= 0 {
		end = from + i
	}
	for at := from; at <= end; {
		stop := at + strings.IndexByte(s[at:end]+"&", '&')
		d.pair(s, at, stop)
		at = stop + 1
	}
	// Since v5.11 pgx reads URLs as libpq does, to which # is a character.
	d.Whole = d.Whole && !strings.Contains(s[end:], "&")
	if n := len(d.Params); n > 0 && end < len(s) && d.Params[n-1].ValueEnd == end {
		d.Params[n-1].Unsure = true
	}
}

// pair reads one k=v of a query at s[at:stop].
func (d *DSN) pair(s string, at, stop int) {
	pair := s[at:stop]
	key, value, ok := strings.Cut(pair, "=")
	k, err := url.QueryUnescape(key)
	v, err2 := url.QueryUnescape(strings.ReplaceAll(value, "%"+text.HoleText, text.HoleText))
	trimmed := strings.TrimSpace(k)
	spaced := trimmed != k || strings.TrimSpace(v) != v // which pgx v5.11 and later trims
	k = trimmed
	switch {
	case strings.Contains(key, text.HoleText), strings.Contains(k, "="):
		d.Whole = false // a hole may hold pairs of its own, and so does a = that is escaped, to lib/pq
	case err != nil || err2 != nil || !IsKey(k):
	case !ok: // an empty value to some drivers, an error to others
		d.Params = append(d.Params, Param{Key: k, Unsure: true, KeyStart: at, KeyEnd: stop, ValueStart: stop, ValueEnd: stop})
	default:
		d.Params = append(d.Params, Param{Key: k, Value: v, Unsure: spaced || strings.Contains(value, "+"), // to libpq no space
			KeyStart: at, KeyEnd: at + len(key), ValueStart: at + len(key) + 1, ValueEnd: stop})
	}
}

// isKey: what else stands where a key should may be part of a secret.
func IsKey(k string) bool {
	return k != "" && len(k) < 64 &&
		strings.Trim(k, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == ""
}

// parseWords reads key=value pairs, a value perhaps in quotes.
func parseWords(s string) DSN {
	d := DSN{Whole: !strings.ContainsFunc(s, otherSpace)}
	r := words{s: s}
	for {
		r.spaces()
		if r.at >= len(s) {
			return d
		}
		p, ok := r.pair()
		switch {
		case ok && strings.Contains(p.Key, text.HoleText):
			d.Whole = false
		case ok && IsKey(p.Key):
			if n := len(d.Params); n > 0 && d.Params[n-1].Key == "password" && !isWellKnown(p.Key) {
				return DSN{} // the rest of a password with a space
			}
			d.Params = append(d.Params, p)
		case ok:
			return DSN{}
		case strings.Trim(s[p.KeyStart:r.at], text.HoleText) == "":
			d.Whole = false // a word of which nothing is known
		default:
			return DSN{} // no connection string, or one that every driver refuses
		}
	}
}

// isWellKnown reports whether a key is that of a driver, or a parameter that
// programs are known to set.
func isWellKnown(key string) bool {
	for _, d := range []*library.Driver{library.Pq, library.Pgxpool5, library.Pgxpool4} {
		if d.Keys.Has(key) {
			return true
		}
	}
	return parameters.Has(strings.ToLower(key))
}

var parameters = library.Words(`application_name bytea_output client_encoding client_min_messages datestyle
	default_transaction_deferrable default_transaction_isolation default_transaction_read_only extra_float_digits
	idle_in_transaction_session_timeout idle_session_timeout intervalstyle jit lock_timeout log_statement options
	plan_cache_mode role row_security search_path standard_conforming_strings statement_timeout synchronous_commit
	timezone transaction_timeout tz work_mem`)

type words struct {
	s  string
	at int
}

func (r *words) spaces() {
	for r.at < len(r.s) && isSpace(r.s[r.at]) {
		r.at++
	}
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// otherSpace is one that ends a word to lib/pq alone.
func otherSpace(c rune) bool { return c > unicode.MaxASCII && unicode.IsSpace(c) }

// pair reads one key = value; it is false where there is no =, or a quote is
// left open.
func (r *words) pair() (Param, bool) {
	p := Param{KeyStart: r.at}
	for r.at < len(r.s) && r.s[r.at] != '=' && !isSpace(r.s[r.at]) {
		r.at++
	}
	p.KeyEnd = r.at
	p.Key = r.s[p.KeyStart:p.KeyEnd]
	back := r.at
	r.spaces()
	if r.at >= len(r.s) || r.s[r.at] != '=' {
		r.at = back
		return p, false
	}
	r.at++
	r.spaces()
	p.ValueStart = r.at
	var ok bool
	p.Value, ok = r.value()
	p.ValueEnd = r.at
	p.Unsure = strings.ContainsFunc(r.s[p.ValueStart:r.at], func(c rune) bool {
		return c == '\\' || otherSpace(c) // pgx v4 and v5 keep or drop the first, by what follows
	})
	return p, ok
}

func (r *words) value() (string, bool) {
	var b strings.Builder
	quoted := r.at < len(r.s) && r.s[r.at] == '\''
	if quoted {
		r.at++
	}
	for ; r.at < len(r.s); r.at++ {
		switch c := r.s[r.at]; {
		case c == '\\' && r.at+1 < len(r.s):
			r.at++
			b.WriteByte(r.s[r.at])
		case quoted && c == '\'':
			r.at++
			return b.String(), true
		case !quoted && isSpace(c):
			return b.String(), true
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), !quoted
}

// Get is the value that a driver takes for a key. Of several in a URL some take
// the first and some the last: of those that differ none is known. In key=value
// form the last counts.
func (d DSN) Get(key string) (Param, bool) {
	var found Param
	ok := false
	for _, p := range d.Params {
		switch {
		case p.Key != key:
		case ok && d.IsURL:
			found.Unsure = found.Unsure || found.Value != p.Value
		default:
			found, ok = p, true
		}
	}
	return found, ok
}

// Deployment reads the keys that a deployment's connection string is known to
// set. Its error quotes nothing that may be secret.
func Deployment(s string) (DSN, error) {
	d := Parse(s)
	if s != "" && len(d.Params) == 0 {
		return d, fmt.Errorf("want keys as a connection string has them, as in binary_parameters=yes default_query_exec_mode=exec")
	}
	for _, p := range d.Params {
		if p.Key == "password" || p.Key == "sslpassword" {
			return DSN{}, fmt.Errorf("name the keys that matter alone: %s has no place here", p.Key)
		}
	}
	return d, nil
}

// Known reports whether all of p's value is known.
func (p Param) Known() bool { return !p.Unsure && !strings.Contains(p.Value, text.HoleText) }

// An option is one parameter in the value of options: -c k=v, -ck=v, --k=v.
type option struct {
	Name       string
	start, end int // of the name, in the value
}

// Flag is what stands before the name, in the value: CockroachDB's is --,
// Neon's is nothing.
func (o option) Flag(value string) string {
	switch before := strings.TrimRight(value[:o.start], " \t"); {
	case strings.HasSuffix(before, "-c"):
		return "-c "
	case strings.HasSuffix(before, "--"):
		return "--"
	}
	return ""
}

// CommandLine reads the value of options as PostgreSQL's server does. It is
// false where words are in it that are not known.
func CommandLine(value string) ([]option, bool) {
	var opts []option
	whole := true
	r := words{s: value}
	for {
		r.spaces()
		start := r.at
		for r.at < len(value) && !isSpace(value[r.at]) {
			if value[r.at] == '\\' {
				r.at++
			}
			r.at++
		}
		r.at = min(r.at, len(value))
		word := value[start:r.at]
		switch {
		case word == "":
			return opts, whole
		case word == "-c":
			continue // the next word is the setting
		case strings.HasPrefix(word, "-c"), strings.HasPrefix(word, "--"):
			start, word = start+2, word[2:]
		}
		name, _, ok := strings.Cut(word, "=")
		if !ok || !IsKey(name) {
			whole = false
			continue
		}
		opts = append(opts, option{strings.ReplaceAll(name, "-", "_"), start, start + len(name)})
	}
}
