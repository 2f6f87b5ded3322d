package conformance

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
)

// A script shows on a bench what becomes of one effect.
type script struct {
	kind effect.Kind
	// text is the SQL that has the effect, or what a library does.
	text string
	show func(s *bench, text string) pooler.Outcome
	// effect is set where no SQL text has it.
	effect effect.Effect
}

func (s script) of(t *testing.T) effect.Effect {
	t.Helper()
	if s.effect.Kind != "" {
		return s.effect
	}
	for _, e := range session.Analyze(s.text).Effects {
		if e.Kind == s.kind {
			return e
		}
	}
	t.Fatalf("%q: no effect %s among %+v", s.text, s.kind, session.Analyze(s.text).Effects)
	return effect.Effect{}
}

// brief is the text as a table shows it.
func (s script) brief() string {
	text := portNumber.ReplaceAllString(s.text, "port=…")
	if len(text) > 120 {
		text = text[:40] + "…"
	}
	if s.effect.Kind == "" {
		text = "`" + text + "`"
	}
	return text
}

var portNumber = regexp.MustCompile(`port=\d+`)

// The sections of a site name the settings that are not the product's defaults.
func sectionVerdicts(p *pooler.Pooler, at site) string {
	return p.Title + at.setup() + ": what becomes of an effect"
}

func sectionPooled(p *pooler.Pooler, at site) string {
	return p.Title + at.setup() + ": drivers by mode"
}

func TestVerdicts(t *testing.T) {
	atEach(t, func(t *testing.T, at site) {
		p := at.judge(t)
		pg, err := at.upstream()
		if err != nil {
			t.Fatal(err)
		}
		for _, script := range scripts(pg) {
			t.Run(script.text, func(t *testing.T) {
				e := script.of(t)
				v := p.Verdict(e)
				s := newBench(t, at)
				got := script.show(s, script.text)
				if got != v.Outcome {
					t.Errorf("%s: %s of %s %q: %s, and the table says %s: %s", p, script.text, e.Kind, e.Object, got, v.Outcome, v.Why)
				}
				prove(t, sectionVerdicts(p, at), fmt.Sprintf("%s: %s: %s", e.Kind, script.brief(), got), s.with())
			})
		}
		t.Run("every cell has a script", func(t *testing.T) { checkCells(t, p, pg) })
	})
}

// noScript are the kinds that no server can show, and why.
var noScript = map[effect.Kind]string{
	effect.DeadOption: "the option has no effect, so nothing reaches a server",
}

// checkCells fails for a cell without a script: one of a kind, and one of a
// parameter that has a verdict of its own.
func checkCells(t *testing.T, p *pooler.Pooler, pg *server.Postgres) {
	shown := map[string]bool{}
	for _, s := range scripts(pg) {
		shown[cell(p, s.of(t))] = true
	}
	for _, kind := range effect.Kinds() {
		e := effect.Effect{Kind: kind, Local: effect.False}
		v := p.Verdict(e)
		if noScript[kind] == "" && !shown[cell(p, e)] {
			t.Errorf("%s: %s, %s: no script", kind, v.Outcome, v.Evidence)
		}
	}
	for _, name := range parameters(t, pg) {
		for _, kind := range []effect.Kind{effect.Set, effect.StartupParameter} {
			e := effect.Effect{Kind: kind, Object: name}
			if v := p.Verdict(e); v.Evidence == pooler.Measured && !shown[cell(p, e)] {
				t.Errorf("%s of %s: %s, %s: no script", kind, name, v.Outcome, v.Evidence)
			}
		}
	}
}

// cell names the cell of the table that judges an effect: that of its kind,
// or of its parameter.
func cell(p *pooler.Pooler, e effect.Effect) string {
	object := strings.ToLower(e.Object)
	if p.Verdict(e) == p.Verdict(effect.Effect{Kind: e.Kind, Local: effect.False}) {
		object = ""
	}
	return string(e.Kind) + " " + object
}

// parameters are those of the server that a client can set.
func parameters(t *testing.T, pg *server.Postgres) []string {
	t.Helper()
	c := direct(t, pg)
	rows, err := c.Query("select lower(name) from pg_settings where context in ('user', 'superuser') order by 1")
	if err != nil || len(rows) < 100 {
		t.Fatalf("%d parameters, %v", len(rows), err)
	}
	var names []string
	for _, r := range rows {
		names = append(names, r[0])
	}
	return names
}
