package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func TestGitHubAnnotations(t *testing.T) {
	var b bytes.Buffer
	found := []finding{
		{Rule: "set-role", Outcome: "leaks", Evidence: "measured", File: filepath.Join("a", "b:c,d%.go"), Line: 3, Column: 2, EndLine: 3, EndColumn: 7, Message: "50%: a, b\r\nc"},
		{Rule: "listen", Outcome: "pins", File: "a.go", Line: 3, Column: 2, EndLine: 4, EndColumn: 7, Message: "m"},
		{Rule: "listen", Outcome: "ok", File: "a.go", Message: "m"},
	}
	r := &report{findings: found, unread: []notice{
		{Kind: ofText, File: "a.go", Line: 7, Column: 3, Package: "example.com/a", Message: "not read: syntax error"},
		{Kind: ofPackage, Package: "example.com/b", Message: "not listed"},
	}, vain: []notice{{Kind: ofFlag, Message: "-direct=x: no"}}}
	r.summary = summary{Poolers: []string{"RDS Proxy"}, Packages: 2}
	r.end()
	if err := writeGitHub(&b, r, new(sources), false); err != nil {
		t.Fatal(err)
	}
	want := `::error file=a/b%3Ac%2Cd%25.go,line=3,endLine=3,col=2,endColumn=7,title=poolvet%3A set-role::50%25: a, b%0D%0Ac
::warning file=a.go,line=3,endLine=4,title=poolvet%3A listen::m
::notice file=a.go,title=poolvet%3A listen::m
::warning title=poolvet%3A flag::-direct=x: no
::error file=a.go,line=7,endLine=7,col=3,endColumn=3,title=poolvet%3A not read::not read: syntax error
::error title=poolvet%3A not read::package example.com/b: not listed
::notice title=poolvet%3A summary::3 findings in 2 packages; 2 packages read for RDS Proxy; left out: 1 package not read in full, 1 text not read; exit status 2: something could not be read in full
`
	if b.String() != want {
		t.Errorf("got\n%s", &b)
	}
}

// What the schema does not say. The outputs module validates against it.
func TestSARIFPlaces(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
-- a file.go --
package app

import "database/sql"

func Use(db *sql.DB) { db.Exec("/* 日本 😀 é */ SET ROLE x") }
func Same(db *sql.DB) { db.Exec("SET ROLE x"); db.Exec("SET ROLE x") }
`)
	r := poolvet(t, dir, "", "-format=sarif", "-pooler=pgbouncer", ".")
	var log sarifLog
	if err := json.Unmarshal([]byte(r.stdout), &log); err != nil || r.status != 1 {
		t.Fatalf("%v: %+v", err, r)
	}
	results := log.Runs[0].Results
	if len(results) != 3 {
		t.Fatal(r.stdout)
	}
	first := results[0].Locations[0].Physical
	if got, want := *first.Region, (sarifRegion{5, 47, 5, 55}); got != want {
		t.Errorf("region %v, want %v, in UTF-16 units", got, want)
	}
	if first.Artifact.URI != "a%20file.go" || first.Artifact.BaseID != sourceRoot {
		t.Errorf("artifact %v", first.Artifact)
	}
	if name := results[0].Locations[0].Logical[0].Name; name != "example.com/app.Use" {
		t.Errorf("in %q", name)
	}
	prints := map[string]bool{}
	for _, res := range results {
		prints[res.Fingerprints["poolvetFinding/v1"]] = true
		if rule := log.Runs[0].Tool.Driver.Rules[res.RuleIndex]; rule.ID != res.RuleID || !strings.Contains(rule.Help.Markdown, "## How to fix it") {
			t.Errorf("rule %d is %q", res.RuleIndex, rule.ID)
		}
	}
	if len(prints) != 3 {
		t.Errorf("fingerprints %v", prints)
	}
	poolvet(t, dir, "", "-format=sarif", "-pooler=none", ".").want(t, 0, `"results": []`, "")
}

func TestSARIFFixes(t *testing.T) {
	var src sources
	src.put("a.go", "x\né := SET y")
	fixes := src.sarifFixes(&suggestedFix{Title: "Use SET LOCAL", Edits: []textEdit{{"a.go", 2, 11, 2, 11, "LOCAL "}, {"b.go", 1, 1, 1, 2, ""}}})
	got, _ := json.Marshal(fixes)
	want := `[{"description":{"text":"Use SET LOCAL"},"artifactChanges":[` +
		`{"artifactLocation":{"uri":"a.go","uriBaseId":"%SRCROOT%"},"replacements":[{"deletedRegion":{"startLine":2,"startColumn":10,"endLine":2,"endColumn":10},"insertedContent":{"text":"LOCAL "}}]},` +
		`{"artifactLocation":{"uri":"b.go","uriBaseId":"%SRCROOT%"},"replacements":[{"deletedRegion":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":2},"insertedContent":{"text":""}}]}]}]`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFilesOutsideTheRootAreAbsolute(t *testing.T) {
	a := artifact(filepath.Join("..", "x.go"))
	if !strings.HasPrefix(a.URI, "file:///") || !strings.HasSuffix(a.URI, "/x.go") || a.BaseID != "" {
		t.Errorf("%+v", a)
	}
}

func TestSourceShowsNoPasswords(t *testing.T) {
	for source, want := range map[string]string{
		`sql.Open("pgx", "postgres://u:s3cret@h/db")`:    `sql.Open("pgx", "postgres://u:******@h/db")`,
		`"postgres://u:s3@cret@h/db?x=:1"`:               `"postgres://u:*******@h/db?x=:1"`,
		`"host=h password=s3cret dbname=d"`:              `"host=h password=****** dbname=d"`,
		`"host=h PASSWORD='s3 cret' dbname=d"`:           `"host=h PASSWORD=********* dbname=d"`,
		`"postgres://h/db?user=u&password=s3cret&a=b"`:   `"postgres://h/db?user=u&password=******&a=b"`,
		`"see https://example.com:80/a", db.Exec("SET")`: `"see https://example.com:80/a", db.Exec("SET")`,
	} {
		if got := hidePasswords(source); got != want {
			t.Errorf("%s shows %s", source, got)
		}
	}
}
