package behind

import (
	"fmt"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/dsn"
)

func TestPackagePatterns(t *testing.T) {
	direct := []string{"example.com/app/migrations/...", "example.com/*/tool", "./jobs/...", "./cmd/lock", "example.com/.../gen"}
	s, err := Parse("", direct)
	if err != nil {
		t.Fatal(err)
	}
	for pkg, want := range map[string]bool{
		"example.com/app/migrations": true, "example.com/app/migrations/v1": true, "example.com/app/migrationsx": false,
		"example.com/a/tool": true, "example.com/a/b/tool": false,
		"example.com/app/jobs/nightly": true, "example.com/app/cmd/lock": true, "example.com/app/cmd": false, "example.com/other/jobs": false,
		"example.com/a/b/gen": true, "example.com/a/b/gen/c": false,
	} {
		if got := s.Package(pkg, "example.com/app") == Direct; got != want {
			t.Errorf("%s: %v", pkg, got)
		}
	}
	for file, want := range map[string]string{"jobs/a.sql": Direct, "./jobs/b/a.sql": Direct, "a.sql": "", "cmd/x/a.sql": "", "../jobs/a.sql": ""} {
		if got := s.Folder(file); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
	got := s.Matching(map[string]string{"example.com/app/jobs": "example.com/app", "example.com/x/tool": "example.com/app"}, nil)
	if want := "[false true true false false]"; fmt.Sprint(got) != want {
		t.Errorf("matching %v, want %s", got, want)
	}
}

func TestPoolersOfPackagesAndServers(t *testing.T) {
	s, err := Parse("rdsproxy, ./a/...=pgbouncer@1.21,./a/b=odyssey,host:db-*.internal=none,host:db-2.internal:6432=pgcat,port:6543=supavisor", nil)
	if err != nil {
		t.Fatal(err)
	}
	for pkg, want := range map[string]string{"m/a": "pgbouncer@1.21", "m/a/b": "odyssey", "m/a/b/c": "pgbouncer@1.21", "m/c": ""} {
		if got := s.Package(pkg, "m"); got != want {
			t.Errorf("%s: %q, want %q", pkg, got, want)
		}
	}
	for at, want := range map[dsn.Server]string{
		{Host: "db-1.internal", Port: "5432"}: "none", {Host: "db-2.internal", Port: "6432"}: "pgcat",
		{Host: "db-2.internal", Port: "5432"}: "none", {Host: "other", Port: "6543"}: "supavisor", {Host: "other", Port: "5432"}: "",
	} {
		if got := s.server(at); got != want {
			t.Errorf("%v: %q, want %q", at, got, want)
		}
	}
	if got, want := fmt.Sprint(s.Matching(nil, []dsn.Server{{Host: "db-2.internal", Port: "5432"}})), "[false false true false false]"; got != want {
		t.Errorf("matching %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(s.Poolers()), "[rdsproxy pgbouncer@1.21 odyssey none pgcat supavisor]"; got != want {
		t.Errorf("poolers %s, want %s", got, want)
	}
	if got, want := s.String(), "rdsproxy,./a/...=pgbouncer@1.21,./a/b=odyssey,host:db-*.internal=none,host:db-2.internal:6432=pgcat,port:6543=supavisor"; got != want {
		t.Errorf("as -pooler %s, want %s", got, want)
	}
	if got := WithPatterns(s.String(), func(p string) string { return strings.Replace(p, "./a", "./x/a", 1) }); !strings.HasPrefix(got, "rdsproxy,./x/a/...=pgbouncer@1.21,./x/a/b=odyssey,host:db-*") {
		t.Errorf("changed patterns: %s", got)
	}
}

func TestBadSpecsAreNamed(t *testing.T) {
	for want, test := range map[string]struct {
		pooler string
		direct []string
	}{
		`pooler: pooler "pgbounce" is not known`:                                                             {"pgbounce", nil},
		`pooler: pooler "pgbounce" is not known (did you mean pgbouncer?); `:                                 {"rdsproxy,./a=pgbounce", nil},
		`pooler: rdsproxy and pgbouncer are both for all code: write which code is behind the second, as in`: {"rdsproxy,pgbouncer", nil},
		`pooler: "[" is no package pattern`:                                                                  {"[=pgbouncer", nil},
		`pooler: "" is no package pattern`:                                                                   {"=pgbouncer", nil},
		`direct: "[" is no package pattern`:                                                                  {"", []string{"["}},
		`pooler: "host:" is no pattern: there are package patterns, host:NAME, host:NAME:PORT and port:PORT`: {"host:=none", nil},
		`direct: "port:x" is no pattern`:                                                                     {"", []string{"port:x"}},
	} {
		if _, err := Parse(test.pooler, test.direct); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v: %v, want %s", test, err, want)
		}
	}
}
