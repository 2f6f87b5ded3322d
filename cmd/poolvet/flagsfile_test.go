package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const flagged = app + `
-- .poolvetflags --
# the main database
-pooler=pgbouncer@1.18

-direct=./jobs/...
-func='(*example.com/app/good.Store).Run:1'
-dsn="binary_parameters=yes application_name=a"
-rules=set-role
-rules=listen
-strict
-baseline=old.json
`

// One file of flags serves the command, and through it what does not read it.
func TestFilesOfFlags(t *testing.T) {
	dir := module(t, flagged)
	rewrite(t, filepath.Join(dir, ".poolvetflags"), "-baseline=old.json\n", "-format=json\n")
	r := poolvet(t, dir, "", "-flags=.poolvetflags", "./...")
	if !strings.Contains(r.stdout, `"pooler":"pgbouncer@1.18"`) || !strings.Contains(r.stderr, "-direct=./jobs/...: none") {
		t.Errorf("%+v", r)
	}
	r = poolvet(t, dir, "", "./...", "-flags", ".poolvetflags", "-pooler=none", "-format=text")
	if !strings.Contains(r.summary, "read for no pooler") || strings.Contains(r.stdout, `"pooler"`) {
		t.Errorf("the command line does not outweigh the file: %+v", r)
	}
	poolvet(t, dir, "SET ROLE a", "sql", "-flags=.poolvetflags").want(t, 1, `"pooler":"pgbouncer@1.18"`, "")
	r = poolvet(t, dir, "", "compare", "-flags=.poolvetflags", "./...")
	if r.status != 0 || !strings.Contains(r.stdout, "read for 24 poolers") {
		t.Errorf("a comparison is not of all poolers: %+v", r)
	}
}

func TestFilesOfFlagsArePrinted(t *testing.T) {
	dir := module(t, flagged)
	words := `-direct=./jobs/... '-dsn=binary_parameters=yes application_name=a' -func=(*example.com/app/good.Store).Run:1 -pooler=pgbouncer@1.18 -rules=set-role,listen -strict=true
`
	if r := poolvet(t, dir, "", "flags"); r.status != 0 || r.stdout != words || !strings.Contains(r.stderr, "-dsn holds what a shell splits") {
		t.Errorf("%+v", r)
	}
	r := poolvet(t, dir, "", "flags", "-for=golangci")
	if want := `linters:
  settings:
    custom:
      poolvet:
        settings:
          direct:
            - ./jobs/...
          dsn: binary_parameters=yes application_name=a
          functions:
            - name: (*example.com/app/good.Store).Run
              arg: 1
          pooler: pgbouncer@1.18
          rules:
            - set-role
            - listen
          strict: true
`; r.status != 0 || r.stdout != want || r.stderr != "" {
		t.Errorf("%+v", r)
	}
	r = poolvet(t, dir, "", "flags", "-why")
	for _, line := range []string{".poolvetflags:2  -pooler=pgbouncer@1.18 ", ".poolvetflags:10  -baseline=old.json"} {
		if !strings.Contains(r.stdout, line) {
			t.Errorf("%q is missing in\n%s", line, r.stdout)
		}
	}
	if !strings.HasSuffix(r.stdout, "poolvet alone\n") || strings.Count(r.stdout, "poolvet alone") != 1 {
		t.Errorf("who gets what:\n%s", r.stdout)
	}
	if err := os.Rename(filepath.Join(dir, ".poolvetflags"), filepath.Join(dir, "flags.txt")); err != nil {
		t.Fatal(err)
	}
	poolvet(t, dir, "", "flags", "-flags=flags.txt").want(t, 0, "-pooler=pgbouncer@1.18", "-dsn")
	poolvet(t, dir, "", "flags", "-for=yaml").want(t, 2, "", `-for: "yaml" is not known; known are golangci, words`)
}

// go vet takes what is printed.
func TestFilesOfFlagsUnderGoVet(t *testing.T) {
	dir := module(t, app+"-- .poolvetflags --\n-pooler=pgbouncer@1.18\n")
	r := poolvet(t, dir, "", "flags")
	v := vet(t, dir, append(strings.Fields(r.stdout), "./...")...)
	if !strings.Contains(v.stderr, "behind PgBouncer 1.18") {
		t.Errorf("%+v", v)
	}
}

func TestBadFilesOfFlagsNameTheLine(t *testing.T) {
	for content, want := range map[string]string{
		"# ok\n-poler=x\n":     "flags.txt:2: -poler is no flag (did you mean -pooler?)",
		"pooler=x\n":           `flags.txt:1: "pooler=x" is no flag: there is one a line, such as -pooler=pgbouncer`,
		"-strict\n\n-pooler\n": "flags.txt:3: ",
		"-pooler=a -strict\n":  `"a -strict" is not known`,
		"-flags=other\n":       "flags.txt:1: a file of flags names no other",
		"-strict=maybe\n":      "flags.txt:1: ",
		"-strict ./...\n":      "flags.txt:1: ",
		"-\n":                  "flags.txt:1: ",
		"-pooler=pgbounce\n":   `pooler "pgbounce" is not known`,
	} {
		dir := module(t, app)
		if err := os.WriteFile(filepath.Join(dir, "flags.txt"), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"-flags=flags.txt", "."}, {"flags", "-flags=flags.txt"}} {
			if r := poolvet(t, dir, "", args...); r.status != 2 || !strings.Contains(r.stderr, want) || strings.Count(r.stderr, "\n") != 1 {
				t.Errorf("%q, %v: %+v", content, args, r)
			}
		}
	}
}
