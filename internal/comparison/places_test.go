package comparison

import (
	"fmt"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/pooler"
)

// What happens alike behind several poolers is said once, with who says so of which.
func TestVerdictsAreSaidOnce(t *testing.T) {
	finding := func(title, happens, evidence, reference string) []output.Finding {
		return []output.Finding{{
			Rule: "listen", Outcome: "leaks", Evidence: evidence, File: "a.go", Line: 3, Column: 2,
			Message: "LISTEN a: " + happens + " " + title + "; poll (listen)", Text: "LISTEN a", Remedy: "poll", Reference: reference,
		}}
	}
	c := &Comparison{}
	for _, row := range []struct{ title, happens, evidence, reference string }{
		{"One", "leaks to other clients behind", "measured", "https://a.example"},
		{"Two", "leaks to other clients behind", "documented", "two.c"},
		{"Three", "leaks to other clients behind", "measured", "https://a.example"},
		{"Four", "probably leaks to other clients behind", "inferred", "https://a.example"},
		{"Five", "is refused by", "measured", ""},
	} {
		c.Rows = append(c.Rows, &Row{Pooler: &pooler.Pooler{Name: row.title, Title: row.title}, Findings: finding(row.title, row.happens, row.evidence, row.reference)})
	}
	var src output.Sources
	places := c.places("listen", &src)
	var said strings.Builder
	for _, p := range places {
		fmt.Fprintln(&said, p.At.Text, p.Text)
		for _, v := range p.Verdicts {
			fmt.Fprintln(&said, v.Happens, v.Unsure, v.Remedy)
			for _, s := range v.Sources {
				fmt.Fprint(&said, "-")
				for _, row := range s.Poolers {
					fmt.Fprint(&said, " ", row.Title)
				}
				fmt.Fprintln(&said, ":", s.Evidence, s.Text+s.URL)
			}
		}
	}
	const want = `a.go:3:2 LISTEN a
leaks to other clients false poll
- One Three: measured https://a.example
- Two: documented two.c
probably leaks to other clients true poll
- Four: inferred https://a.example
is refused false poll
- Five: measured 
`
	if said.String() != want {
		t.Errorf("got\n%swant\n%s", &said, want)
	}
}

func TestPageTellsWhatWasNotRead(t *testing.T) {
	c := &Comparison{Report: &output.Report{Unread: []output.Notice{{Kind: output.TextNotice, File: "a.go", Line: 7, Message: "no <SQL>"}}}}
	var b strings.Builder
	if err := WritePage(&b, c); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "<li>a.go:7: no &lt;SQL&gt;</li>") {
		t.Error("the notice is missing in the page")
	}
}
