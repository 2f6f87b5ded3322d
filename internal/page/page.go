// Package page is what the pages of poolvet have in common: each is one file that
// asks no one for anything. Its policy lets nothing run or load but its own script
// and style, whatever the source or the log that it shows says.
package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"

	"github.com/poolvet/poolvet/internal/output"
)

var (
	//go:embed shared.html
	sharedHTML string
	//go:embed page.css
	style string

	shared = template.Must(template.New("shared").Parse(sharedHTML))
)

// Template is that of a page, which can use the shared ones: "head", "at",
// "verdicts" and "notices".
func Template(html string) *template.Template {
	return template.Must(template.Must(shared.Clone()).New("page").Parse(html))
}

// Head is what the head of a page says.
type Head struct {
	Title  string
	Policy string
	Style  template.CSS
}

// NewHead is of a page with one script, "" for none, and with styles besides the
// shared one.
func NewHead(title, script, styles string) Head {
	css := style + styles
	policy := "default-src 'none'; img-src data:; style-src '" + digest(css) + "'"
	if script != "" {
		policy += fmt.Sprintf("; script-src '%s'", digest(script))
	}
	return Head{title, policy + "; base-uri 'none'; form-action 'none'", template.CSS(css)}
}

// digest is how a policy names a script or style that it lets pass.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// Reference is a text, and where it leads, "" for nowhere.
type Reference struct{ Text, URL string }

// ReferenceIn parts a reference from the address that it may hold.
func ReferenceIn(text string) Reference {
	i := strings.Index(text, "https://")
	if i < 0 {
		return Reference{Text: text}
	}
	url, rest, _ := strings.Cut(text[i:], " ")
	return Reference{strings.TrimSpace(text[:i] + rest), strings.TrimRight(url, ";,.)")}
}

// Web is where a line can be read on the web, "" for nowhere; nil is the same.
type Web func(file string, line int) string

// At is a place in the code.
func (w Web) At(file string, line, column int) Reference {
	at := Reference{Text: output.OneLine(output.Finding{File: file, Line: line, Column: column}.Place())}
	if w != nil {
		at.URL = w(file, line)
	}
	return at
}
