package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/poolvet/poolvet/internal/output"
)

// A module with something to find, a package that does not compile, one that
// has no SQL that can be read, and one with an import that there is not.
const unreadable = `
-- go.mod --
module example.com/app
go 1.25
-- found/found.go --
package found

import "database/sql"

func Use(db *sql.DB) { db.Exec("SET ROLE x") }
-- broken/broken.go --
package broken

import "database/sql"

func Use(db *sql.DB) {
	var a int = "text"
	var b int = "text"
	db.Exec("LISTEN broken")
}
-- missing/missing.go --
package missing

import _ "example.com/nowhere"
-- syntax/syntax.go --
package syntax

func {
-- text/text.go --
package text

import "database/sql"

func Use(db *sql.DB) {
	db.Exec(` + "`" + `
		SELECT 1;
		SET @@sql_mode = 'x';` + "`" + `)
}
-- other/other_windows.go --
package other
-- other/other_linux.go --
package other
-- good/good.go --
package good
`

// The notices and the summary of JSON lines.
func notices(t *testing.T, r ran) (all []output.Notice, s output.Summary) {
	t.Helper()
	for line := range strings.Lines(r.stdout) {
		var l struct {
			output.Notice
			Rule    string
			Summary *output.Summary
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		switch {
		case l.Summary != nil:
			s = *l.Summary
		case l.Rule == "":
			all = append(all, l.Notice)
		}
	}
	return all, s
}

func TestWhatCannotBeReadIsToldEverywhere(t *testing.T) {
	dir := module(t, unreadable)
	r := poolvet(t, dir, "", "-format=json", "./...")
	told, sum := notices(t, r)
	want := []output.Notice{
		{Kind: output.PackageNotice, File: "broken/broken.go", Line: 6, Column: 14, Package: "example.com/app/broken"},
		{Kind: output.PackageNotice, File: "missing/missing.go", Line: 3, Column: 10, Package: "example.com/app/missing"},
		{Kind: output.PackageNotice, File: "syntax/syntax.go", Line: 3, Column: 6, Package: "example.com/app/syntax"},
		{Kind: output.TextNotice, File: "text/text.go", Line: 8, Column: 7, Package: "example.com/app/text"},
		{Kind: output.PackageNotice, File: "missing/missing.go", Line: 3, Column: 8, Package: "example.com/nowhere"},
	}
	if r.status != 2 || len(told) != len(want) {
		t.Fatalf("status %d\n%s%s", r.status, r.stdout, r.stderr)
	}
	for i, n := range told {
		message := n.Message
		if n.Message = ""; message == "" || n != want[i] {
			t.Errorf("%+v: %s\nwant %+v", n, message, want[i])
		}
		// The same on stderr, with the place as editors read it.
		if place := filepath.FromSlash(n.Place()) + ": "; !strings.Contains(r.stderr, place+message) {
			t.Errorf("stderr does not say %q:\n%s", place+message, r.stderr)
		}
	}
	if len(decode(t, r.stdout)) != len(want)+2 {
		t.Errorf("what can be read is not reported:\n%s", r.stdout)
	}
	sum.LeftOut.Files = 0 // of another system
	if sum.Packages < 5 || sum.Findings != 2 || sum.LeftOut != (output.LeftOut{Packages: 4, Texts: 1}) || sum.Status != 2 || sum.Pooler != "rdsproxy" {
		t.Errorf("summary %+v", sum)
	}
	if !strings.HasPrefix(r.summary, "2 findings in 2 packages; ") || !strings.Contains(r.summary, " read for RDS Proxy; left out: 4 packages not read in full, 1 text not read") {
		t.Errorf("summary %q", r.summary)
	}
}

func TestNotificationsOfSARIF(t *testing.T) {
	dir := module(t, unreadable)
	r := poolvet(t, dir, "", "-format=sarif", "-direct=example.com/app/nothing", "./broken", "./text")
	var log sarifLog
	if err := json.Unmarshal([]byte(r.stdout), &log); err != nil || r.status != 2 {
		t.Fatalf("%v: status %d\n%s", err, r.status, r.stderr)
	}
	run := log.Runs[0]
	inv := run.Invocations[0]
	if len(run.Invocations) != 1 || inv.Successful || inv.ExitCode != 2 || !strings.Contains(inv.Description, "RDS Proxy") || len(inv.Execution) != 2 || len(inv.Flags) != 1 {
		t.Fatalf("%+v", inv)
	}
	text := inv.Execution[1]
	if at := text.Locations[0].Physical; at.Artifact.URI != "text/text.go" || at.Region != (sarifRegion{8, 7, 8, 7}) || text.Level != "error" {
		t.Errorf("%+v %+v", text, at.Region)
	}
	for _, n := range append(inv.Execution, inv.Flags...) {
		if d := run.Tool.Driver.Notifications[n.Descriptor.Index]; d.ID != n.Descriptor.ID || n.Message.Text == "" {
			t.Errorf("%+v is %q", n, d.ID)
		}
	}
	if run.Properties.LeftOut.Packages != 1 || run.Properties.LeftOut.Texts != 1 || len(run.Results) != 1 {
		t.Errorf("%+v, %d results", run.Properties, len(run.Results))
	}
}

// Each exit status with its reason, in each format.
func TestSummaries(t *testing.T) {
	dir := module(t, unreadable)
	for _, test := range []struct {
		args string
		want string
	}{
		{"./good", "nothing found; 1 package read for RDS Proxy; exit status 0: nothing was found"},
		{"-pooler=pgbouncer@1.18 ./found ./good", "1 finding in 1 package; 2 packages read for PgBouncer 1.18; exit status 1: something was found"},
		{"-pooler=none -rules=listen ./text ./found", "nothing found; 2 packages read for no pooler; exit status 0: nothing was found"},
		{"-direct=example.com/app/found ./found", "nothing found; 1 package read for RDS Proxy; left out: 1 finding past the pooler; exit status 0: nothing was found"},
		{"./nowhere", "nothing found; 0 packages read for RDS Proxy; left out: 1 package not read in full; exit status 2: something could not be read in full"},
		{"-diff ./found", "1 finding in 1 package; 1 package read for RDS Proxy; exit status 0: there is nothing to change"},
	} {
		args := strings.Fields(test.args)
		text := poolvet(t, dir, "", args...)
		if text.summary != test.want+"\n" {
			t.Errorf("%s: %q", test.args, text.summary)
		}
		if text.status == 0 {
			continue
		}
		for format, want := range map[string]string{
			"json":   `{"summary":{"pooler":`,
			"github": "::notice title=poolvet%3A summary::" + test.want,
			"sarif":  `"exitCodeDescription": "` + test.want + `"`,
		} {
			r := poolvet(t, dir, "", append([]string{"-format=" + format}, args...)...)
			if !strings.Contains(r.stdout, want) || r.summary != text.summary || r.status != text.status {
				t.Errorf("%s as %s: status %d, %q\n%s", test.args, format, r.status, r.summary, r.stdout)
			}
		}
	}
}

// What no rule of the run could concern is not spoken of.
func TestSilentAboutWhatNoRuleConcerns(t *testing.T) {
	dir := module(t, unreadable)
	for args, status := range map[string]int{
		"./text":                            2,
		"-pooler=pgbouncer ./text":          2,
		"-pooler=none -rules=listen ./text": 0,
		"-pooler=none ./text":               2, // SET LOCAL could have no effect
		"-rules=session-lock ./text":        0,
		"-rules=-set-parameter,-set-role,-local-outside-tx ./text": 0,
	} {
		r := poolvet(t, dir, "", strings.Fields(args)...)
		if r.status != status || (status == 0) != (r.stderr == "") {
			t.Errorf("%s: status %d, want %d: %s", args, r.status, status, r.stderr)
		}
	}
	ignored := filepath.Join(dir, "text", "text.go")
	rewrite(t, ignored, "\tdb.Exec", "\t//poolvet:ignore set-parameter -- for MySQL\n\tdb.Exec")
	poolvet(t, dir, "", "./text").want(t, 0, "", "")
}

func TestFlagsThatMeanNothing(t *testing.T) {
	dir := module(t, unreadable)
	for args, words := range map[string]string{
		"-direct=example.com/ap/... ./good":                               "-direct=example.com/ap/...: none of the packages",
		"-pooler=rdsproxy,./god/...=none ./good":                          "-pooler=./god/...=none: none of the packages",
		"-pooler=rdsproxy,./good=pgbouncer ./good":                        "",
		"-direct=host:db.internal ./good":                                 "-direct=host:db.internal: nothing was found on such a server",
		"-pooler=rdsproxy,port:6543=none ./good":                          "-pooler=port:6543=none: nothing was found on such a server",
		"-tracked-params=jit ./good":                                      "-tracked-params: the pooler has no such setting",
		"-pooler=pgbouncer@1.18 -tracked-params=search_path ./good":       "-tracked-params: the pooler has no such setting",
		"-pooler=pgbouncer -tracked-params=search_path ./good":            "from version 18 on",
		"-pooler=none -prepared-statements=on ./good":                     "-prepared-statements: the pooler has no such setting",
		"-direct=example.com/app/good ./good":                             "",
		"-pooler=pgbouncer@1.25 -tracked-params=TimeZone ./good":          "",
		"-pooler=pgbouncer@1.25 -tracked-params=statement_timeout ./good": "PostgreSQL does not report statement_timeout",
	} {
		poolvet(t, dir, "", strings.Fields(args)...).want(t, 0, "", words)
	}
	poolvet(t, dir, "", "compare", "-pooler=pgbouncer,rdsproxy", "-tracked-params=TimeZone", "./good").want(t, 0, "nothing found", "")
	poolvet(t, dir, "", "compare", "-pooler=none,rdsproxy", "-tracked-params=TimeZone", "./good").want(t, 0, "nothing found", "-tracked-params")
	poolvet(t, dir, "SELECT 1", "sql", "-tracked-params=TimeZone").want(t, 0, "", "-tracked-params")
}

func TestTextsThatAreNoSQL(t *testing.T) {
	dir := module(t, "-- a.sql --\nSELECT 1;\n  SELEC 2;\nSET ROLE x;\nDROP TABEL t;\n-- b.sql --\nSELECT 1;\n-- prose.sql --\nSet the table, then reset the clock.\n")
	poolvet(t, dir, "", "sql", "a.sql").want(t, 2, "a.sql:3:1: warning: SET ROLE", "a.sql:2:3: not analysed: syntax error for PostgreSQL ")
	poolvet(t, dir, "", "sql", "a.sql").want(t, 2, "a.sql:3:1: warning: SET ROLE", " (and 1 more)\n")
	poolvet(t, dir, "", "sql", "prose.sql").want(t, 2, "", "prose.sql:1:9: not analysed: ")
	poolvet(t, dir, "", "sql", "b.sql").want(t, 0, "", "")
	poolvet(t, dir, "SELECT 1;\nSELECT 'a", "sql").want(t, 2, "", "<stdin>:2:8: not analysed: the quote that opens here is not closed")
	r := poolvet(t, dir, "SELEC 1", "sql", "-format=json", "a.sql", "b.sql", "-")
	told, sum := notices(t, r)
	if len(told) != 2 || told[0].Place() != "a.sql:2:3" || told[1].Place() != "<stdin>:1:1" || sum.Texts != 3 || sum.LeftOut.Texts != 2 || sum.Status != 2 || sum.Findings != 1 {
		t.Errorf("%+v\n%+v", told, sum)
	}
	if r.summary != "1 finding in 1 text; 3 texts read for RDS Proxy; left out: 2 texts not read; exit status 2: something could not be read in full\n" {
		t.Errorf("%q", r.summary)
	}
	r = poolvet(t, dir, "SELEC 1", "sql", "-format=sarif")
	if !strings.Contains(r.stdout, `"executionSuccessful": false`) || r.status != 2 {
		t.Errorf("status %d\n%s", r.status, r.stdout)
	}
	// What is ok is shown with -all, and does not count.
	poolvet(t, dir, "SELECT set_config('a.b', 'c', true)", "sql", "-all", "-pooler=pgbouncer").want(t, 0, "works behind", "")
}

// A panic in one package is told for itself, with its stack on stderr alone.
func TestNoticesOfAPackage(t *testing.T) {
	errs := []error{
		packages.Error{Pos: "/a/b.go:3:4", Msg: "no package x"},
		types.Error{Fset: token.NewFileSet(), Msg: "second"},
		fmt.Errorf("poolvet: panic: index out of range\ngoroutine 1:\n\tmain.go:3\n"),
	}
	all := packageNotices("example.com/a", "/a", errs)
	want := []output.Notice{
		{Kind: output.PackageNotice, File: "b.go", Line: 3, Column: 4, Package: "example.com/a", Message: "no package x (and 1 more)"},
		{Kind: output.PanicNotice, Package: "example.com/a", Message: "poolvet: panic: index out of range", Detail: "goroutine 1:\n\tmain.go:3\n"},
	}
	if !slices.Equal(all, want) {
		t.Errorf("%+v", all)
	}
	var s output.Summary
	s.End(all)
	if s.Status != 2 || s.LeftOut.Packages != 1 {
		t.Errorf("%+v", s)
	}
	r := &output.Report{Unread: all[1:], Summary: s}
	var jsonLines, sarif bytes.Buffer
	output.WriteJSON(&jsonLines, r, new(output.Sources), false)
	output.WriteSARIF(&sarif, r, new(output.Sources), false)
	if !strings.Contains(jsonLines.String(), `{"kind":"panic","package":"example.com/a","error":"poolvet: panic: index out of range"}`) {
		t.Errorf("%s", &jsonLines)
	}
	if !strings.Contains(sarif.String(), `"text": "poolvet: panic: index out of range"`) || strings.Contains(sarif.String(), "goroutine 1:") {
		t.Error("SARIF does not hold the panic, or its stack")
	}
}

func TestPositionsOfTheGoCommand(t *testing.T) {
	for s, want := range map[string]token.Position{
		"/a/b.go:3:4": {Filename: "/a/b.go", Line: 3, Column: 4},
		"/a/b.go:3":   {Filename: "/a/b.go", Line: 3},
		"C:/b.go":     {Filename: "C:/b.go"},
		"b.go":        {Filename: "b.go"},
	} {
		if got := position(s); got != want {
			t.Errorf("%s is %+v", s, got)
		}
	}
}

// What is found and not reported is counted.
func TestLeftOutIsCounted(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
-- app.go --
package app

import "database/sql"

func Use(db *sql.DB, tx *sql.Tx) {
	db.Exec("SET ROLE a") //poolvet:ignore set-role -- known
	tx.Exec("SET LOCAL jit = off")
	db.Exec("LISTEN orders")
}

//poolvet:direct -- port 5432
func Direct(db *sql.DB) { db.Exec("SET ROLE b") }
`)
	r := poolvet(t, dir, "", ".")
	want := "1 finding in 1 package; 1 package read for RDS Proxy; left out: 1 finding ignored, 1 finding past the pooler, 1 finding for -strict; exit status 1: something was found\n"
	if r.summary != want {
		t.Errorf("%q", r.summary)
	}
	r = poolvet(t, dir, "", "-strict", ".")
	if !strings.Contains(r.summary, "left out: 1 finding ignored, 1 finding past the pooler; ") {
		t.Errorf("%q", r.summary)
	}
}

// A builder of WHERE clauses is not spoken of, however many texts it can be:
// one with something of the session among them is.
func TestCutsThatNoRuleConcerns(t *testing.T) {
	builder := func(name, head string) string {
		b := "\nfunc " + name + "(db *sql.DB, on []bool) {\n\tq := " + strconv.Quote(head) + "\n"
		for i := range 12 {
			b += fmt.Sprintf("\tif on[%d] {\n\t\tq += \" AND x%[1]d = 1\"\n\t} else {\n\t\tq += \" AND y%[1]d = 1\"\n\t}\n", i)
		}
		return b + "\tdb.Exec(q)\n}\n"
	}
	head := "-- go.mod --\nmodule example.com/app\ngo 1.25\n-- app.go --\npackage app\n\nimport \"database/sql\"\n"
	dir := module(t, head+builder("Where", "SELECT 1 FROM t WHERE true")+builder("Update", "UPDATE t SET a = 1 WHERE true"))
	poolvet(t, dir, "", ".").want(t, 0, "", "")
	dir = module(t, head+builder("Lock", "SELECT pg_advisory_lock(1) WHERE true"))
	if r := poolvet(t, dir, "", "-rules=-session-lock", "."); r.status != 0 || r.stderr != "" {
		t.Errorf("status %d: %s", r.status, r.stderr)
	}
}

// A panic costs the package that it was met in: the others' findings stand, and
// the status says that something is missing.
func TestPanicInOnePackage(t *testing.T) {
	t.Setenv("POOLVET_TEST_PANIC", "example.com/app/bad")
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.26
-- bad/bad.go --
package bad

import "database/sql"

func Run(db *sql.DB) { db.Exec("SET ROLE a") }
-- good/good.go --
package good

import "database/sql"

func Run(db *sql.DB) { db.Exec("SET ROLE b") }
`)
	r := poolvet(t, dir, "", "-pooler=pgbouncer", "-format=json", "./...")
	r.want(t, 2, "good/good.go", "example.com/app/bad")
	if strings.Contains(r.stdout, "bad/bad.go") || !strings.Contains(r.stdout, `"package":"example.com/app/bad","error":"poolvet panicked at poolvet/main_test.go:`) ||
		!strings.Contains(r.stderr, "told so") || !strings.Contains(r.stderr, "main_test.go:") {
		t.Errorf("stdout:\n%s\nstderr:\n%s", r.stdout, r.stderr)
	}
}
