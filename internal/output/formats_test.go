package output

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

func TestGitHubAnnotations(t *testing.T) {
	var b bytes.Buffer
	found := []Finding{
		{Rule: "set-role", Outcome: "leaks", Evidence: "measured", File: filepath.Join("a", "b:c,d%.go"), Line: 3, Column: 2, EndLine: 3, EndColumn: 7, Message: "50%: a, b\r\nc"},
		{Rule: "listen", Outcome: "pins", File: "a.go", Line: 3, Column: 2, EndLine: 4, EndColumn: 7, Message: "m"},
		{Rule: "listen", Outcome: "ok", File: "a.go", Message: "m"},
	}
	r := &Report{Findings: found, Unread: []Notice{
		{Kind: TextNotice, File: "a.go", Line: 7, Column: 3, Package: "example.com/a", Message: "not read: syntax error"},
		{Kind: PackageNotice, Package: "example.com/b", Message: "not listed"},
	}, Vain: []Notice{{Kind: FlagNotice, Message: "-direct=x: no"}}}
	r.Summary = Summary{Poolers: []string{"RDS Proxy"}, Packages: 2}
	r.End()
	if err := writeAnnotations(&b, r); err != nil {
		t.Fatal(err)
	}
	want := `::error file=a.go,line=7,endLine=7,col=3,endColumn=3,title=poolvet%3A not read::not read: syntax error
::error title=poolvet%3A not read::package example.com/b: not listed
::error file=a/b%3Ac%2Cd%25.go,line=3,endLine=3,col=2,endColumn=7,title=poolvet%3A set-role::50%25: a, b%0D%0Ac
::warning title=poolvet%3A flag::-direct=x: no
::warning file=a.go,line=3,endLine=4,title=poolvet%3A listen::m
::notice title=poolvet%3A summary::3 findings, of which 1 note, in 2 packages; 2 packages read for RDS Proxy; left out: 1 package not read in full, 1 text not read; exit status 2: something could not be read in full
::notice file=a.go,title=poolvet%3A listen::m
`
	if b.String() != want {
		t.Errorf("got\n%s", &b)
	}
}

func TestSARIFFixes(t *testing.T) {
	var src Sources
	src.Put("a.go", "x\né := SET y")
	fixes := src.sarifFixes(&SuggestedFix{Title: "Use SET LOCAL", Edits: []TextEdit{{"a.go", 2, 11, 2, 11, "LOCAL "}, {"b.go", 1, 1, 1, 2, ""}}})
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
