package dsn

import (
	"slices"
	"strings"
	"testing"
)

func TestParseDSN(t *testing.T) {
	tests := []struct {
		dsn   string
		want  string // key=value in order
		whole bool
	}{
		{"postgres://u:p@h:5432/db?sslmode=disable&search_path=a%2Cb", "sslmode=disable search_path=a,b", true},
		{"postgres://u:p@h/db", "", true},
		{"postgresql://u@h/db?a=1#search_path=x", "a=1", true},
		{"postgres://u@h/db?a=1&a=2", "a=1 a=2", true},
		{"postgres://u:\x00@\x00:\x00/\x00?sslmode=\x00&search_path=x", "sslmode=\x00 search_path=x", true},
		{"postgres://u@h/db?sslmode=disable&\x00", "sslmode=disable", false},
		{"postgres://u@h/db?\x00=\x00&a=1", "a=1", false},
		{"postgres://u@h/\x00", "", false},
		{"\x00?search_path=x", "search_path=x", false},
		{"\x00&options=-c%20search_path%3Dx", "options=-c search_path=x", false},
		{"\x00", "", false},
		{"\x00 search_path=\x00 application_name=\x00", "search_path=\x00 application_name=\x00", false},
		{"host=h user=u password='it''s' dbname=d", "", false}, // the quote ends, s'…' is no pair
		{`host=h password='it\'s a secret' binary_parameters = yes`, `host=h password=it's a secret binary_parameters=yes`, true},
		{`host=h password=a\ b port=5432`, "host=h password=a b port=5432", true},
		{"host=h\n\tport=5432", "host=h port=5432", true},
		{"host=h sslmode=", "host=h sslmode=", true},
		{"host=h password='open", "", false},
		{"host=h password=my secret=abc", "", false},
		{"password=p search_path=a", "password=p search_path=a", true},
		{"just words", "", false},
		{"host=h\u00a0k=v", "host=h\u00a0k=v", false}, // to lib/pq there is a k
		{"", "", true},
		{"postgres://u:pa%zz@h/db?search_path=x", "", false},
		{"postgres://user:1234?secret=x@host/db", "", false},
		{"postgres://u@h/db?search_path=%zz&a=1", "a=1", true},
		{"Postgres://u@h/db?a=1", "", false},
		{"postgres://u@h/db?a=1#b&c=2", "a=1", false},   // to pgx there is a c
		{"postgres://u@h/db?b%3Dc=d&a=1", "a=1", false}, // to lib/pq it is b, and c is in its value
	}
	for _, tt := range tests {
		d := Parse(tt.dsn)
		var got []string
		for _, p := range d.Params {
			got = append(got, p.Key+"="+p.Value)
			if k := tt.dsn[p.KeyStart:p.KeyEnd]; k != p.Key {
				t.Errorf("%q: the key %q stands at %q", tt.dsn, p.Key, k)
			}
		}
		if s := strings.Join(got, " "); s != tt.want || d.Whole != tt.whole {
			t.Errorf("%q\n\tgot  %q, whole %v\n\twant %q, whole %v", tt.dsn, s, d.Whole, tt.want, tt.whole)
		}
	}
}

// What a deployment sets is told to poolvet, and its secrets are not.
func TestDeployment(t *testing.T) {
	for s, ok := range map[string]bool{"": true, "binary_parameters=yes": true, "binary_parameters=yes password=hunter2": false,
		"sslpassword=hunter2": false, "hunter2": false} {
		if _, err := Deployment(s); (err == nil) != ok || err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestDSNOffsets(t *testing.T) {
	dsn := "host=h statement_timeout = '5 s' a=b"
	p, ok := Parse(dsn).Get("statement_timeout")
	if !ok || dsn[p.KeyStart:p.KeyEnd] != "statement_timeout" || dsn[p.ValueStart:p.ValueEnd] != "'5 s'" || p.Value != "5 s" {
		t.Errorf("got %+v", p)
	}
}

func TestDuplicateKeys(t *testing.T) {
	for dsn, want := range map[string]string{"postgres://h/?a=1&a=2": "1", "a=1 a=2": "2"} {
		if p, _ := Parse(dsn).Get("a"); p.Value != want {
			t.Errorf("%q: a=%s, want %s", dsn, p.Value, want)
		}
	}
}

// Drivers differ in what they make of these: the key is known, the value is not.
func TestValuesThatDriversReadDifferently(t *testing.T) {
	for dsn, unsure := range map[string]bool{
		"postgres://h/d?k=a+b": true, "postgres://h/d?k=a#b": true, "postgres://h/d?k=a&k=b": true,
		"postgres://h/d?k=a&k=a": false, "postgres://h/d?k=a%20b": false, "host=h k=a+b": false, "host=h k=a k=b": false, "host=h k=\u00a0a": true, "k=a\u2007l=b": true, "postgres://h/d?k=a&l=b#c": false,
	} {
		if p, ok := Parse(dsn).Get("k"); !ok || p.Known() == unsure {
			t.Errorf("%s: %+v, %t", dsn, p, ok)
		}
	}
}

func TestCommandLine(t *testing.T) {
	tests := []struct {
		value string
		want  []string
		whole bool
	}{
		{"-c search_path=a", []string{"search_path"}, true},
		{"-csearch_path=a --statement-timeout=5s", []string{"search_path", "statement_timeout"}, true},
		{`-c search_path=a\ b -c jit=off`, []string{"search_path", "jit"}, true},
		{"-c search_path=\x00", []string{"search_path"}, true},
		{"\x00", nil, false},
		{"-c \x00 -c jit=off", []string{"jit"}, false},
		{"", nil, true},
		{`-c jit=off\`, []string{"jit"}, true},
	}
	for _, tt := range tests {
		opts, whole := CommandLine(tt.value)
		var got []string
		for _, o := range opts {
			got = append(got, o.Name)
		}
		if !slices.Equal(got, tt.want) || whole != tt.whole {
			t.Errorf("%q: %v, %v", tt.value, got, whole)
		}
	}
}

func FuzzParseDSN(f *testing.F) {
	for _, s := range []string{"postgres://u:p@h/db?a=b", "a='b\\' c=d", "\x00?a=\x00", "a = ", "://", "x://\x00\x00?&=&"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range Parse(s).Params {
			if p.KeyStart > p.KeyEnd || p.KeyEnd > p.ValueStart || p.ValueStart > p.ValueEnd || p.ValueEnd > len(s) {
				t.Errorf("%q: %+v", s, p)
			}
			CommandLine(p.Value)
		}
	})
}
