package outputs

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// view is how wide the page is seen, and in which colours.
func view(width int64, scheme string) chromedp.Tasks {
	return chromedp.Tasks{
		emulation.SetDeviceMetricsOverride(width, 900, 1, width < 600),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
	}
}

// axe is what axe-core finds in the page as it is now.
func (p *tab) axe(t *testing.T) (found []string) {
	t.Helper()
	script, err := os.ReadFile(filepath.Join("node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatalf("axe-core is missing: run.sh installs it: %v", err)
	}
	const run = `axe.run(document).then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + n.html + ": " + n.failureSummary)))`
	p.do(t, chromedp.Evaluate(string(script)+"; 0", nil),
		chromedp.Evaluate(run, &found, func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
	return found
}

// lowContrasts are texts on colours below a contrast of 4.5, which WCAG 2.2 asks
// for. axe-core leaves out what something else may cover, as the first column
// and the heads do.
const lowContrasts = `(() => {
	const lum = (c) => c.match(/[\d.]+/g).slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
		.reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	const back = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (c !== "rgba(0, 0, 0, 0)") return c; } return "rgb(255, 255, 255)"; };
	return [...document.querySelectorAll("h1, .verdict, .about, .chip, th, td a, .place, pre, .number, mark, .evidence, .remedy, .reference, dt, dd, footer, main a, select, button, .often, .note, .nth, .most, .senders li, figcaption, summary, figure td")].map((e) => {
		const [a, b] = [lum(getComputedStyle(e).color), lum(back(e))].sort((x, y) => y - x);
		return [(a + 0.05) / (b + 0.05), e.tagName + "." + e.className + " " + back(e)];
	}).filter(([c]) => c < 4.5).map(([c, e]) => c.toFixed(2) + " " + e).slice(0, 5).join("; ");
})()`

func TestPageInEveryView(t *testing.T) {
	file := htmlPage(t, filepath.Join("..", "testdata"), "./demo", "./local-outside-tx", "./long-statement")
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1280, 390} {
			t.Run(fmt.Sprint(scheme, " ", width), func(t *testing.T) {
				p := openPage(t, file, view(width, scheme))
				p.want(t, map[string]string{
					`matchMedia("(prefers-color-scheme: dark)").matches && getComputedStyle(document.body).backgroundColor < "rgb(2"`: fmt.Sprint(scheme == "dark"),
					`innerWidth`:                           fmt.Sprint(width),
					`document.documentElement.scrollWidth`: fmt.Sprint(width),
				})
				for _, found := range p.axe(t) {
					t.Error(found)
				}
				p.do(t, chromedp.Click(cell("rdsproxy", "set-parameter")))
				for _, found := range p.axe(t) {
					t.Errorf("with a cell open: %s", found)
				}
				p.do(t, chromedp.Click("#clear"))
				if low := p.text(t, lowContrasts); low != "" {
					t.Error(low)
				}
				p.quiet(t)
			})
		}
	}
}

// On a phone the table scrolls in itself, and its first column stays.
func TestTableScrollsInItself(t *testing.T) {
	p := openPage(t, htmlPage(t, filepath.Join("..", "testdata"), "./demo"), view(390, "light"))
	const lefts = `["tbody th", "tbody td:last-child"].map(s => Math.round(document.querySelector(s).getBoundingClientRect().left))`
	var before, after []int
	p.do(t, chromedp.Evaluate(lefts, &before),
		chromedp.Evaluate(`document.querySelector(".scroll").scrollLeft = 200`, nil), chromedp.Evaluate(lefts, &after))
	if after[0] != before[0] || after[1] != before[1]-200 {
		t.Errorf("the first column goes from %d to %d, the last from %d to %d", before[0], after[0], before[1], after[1])
	}
	p.want(t, map[string]string{`scrollX`: "0", `document.documentElement.scrollWidth`: "390"})
}

const (
	focused = `document.activeElement.textContent.trim()`
	inGrid  = `Boolean(document.activeElement.closest("#grid"))`
)

func TestPageByKeyboard(t *testing.T) {
	p := openPage(t, htmlPage(t, files(t, hostileModule), "-pooler=rdsproxy,pgbouncer@1.18", "./..."))
	tabs := 0
	for ; tabs < 9 && p.text(t, inGrid) == "false"; tabs++ {
		p.do(t, chromedp.KeyEvent(kb.Tab))
	}
	if tabs > 4 {
		t.Errorf("it takes %d tabs to the table", tabs)
	}
	const ctrl = input.ModifierCtrl
	for _, press := range []struct {
		key  string
		with input.Modifier
		want string
	}{
		{kb.ArrowRight, 0, "RDS Proxy, set-role: 2 pin"},
		{kb.ArrowDown, 0, "PgBouncer 1.18, set-role: 2 leak"},
		{kb.ArrowDown, 0, "PgBouncer 1.18, set-role: 2 leak"},
		{kb.End, 0, "PgBouncer 1.18, session-lock: 1 leaks"},
		{kb.ArrowRight, 0, "PgBouncer 1.18, session-lock: 1 leaks"},
		{kb.Home, 0, "PgBouncer 1.18, all rules: 3 leak"},
		{kb.ArrowLeft, 0, "PgBouncer 1.18, all rules: 3 leak"},
		{kb.Home, ctrl, "RDS Proxy, all rules: 3 pin"},
		{kb.End, ctrl, "PgBouncer 1.18, session-lock: 1 leaks"},
		{kb.PageUp, 0, "RDS Proxy, session-lock: 1 pins"},
		{kb.ArrowUp, 0, "session-lock"},
		{kb.PageDown, 0, "RDS Proxy, session-lock: 1 pins"},
		{kb.PageDown, 0, "PgBouncer 1.18, session-lock: 1 leaks"},
		{kb.ArrowLeft, 0, "PgBouncer 1.18, set-role: 2 leak"},
	} {
		p.do(t, chromedp.KeyEvent(press.key, chromedp.KeyModifiers(press.with)))
		if got := p.text(t, focused); got != press.want {
			t.Fatalf("%q leads to %q, want %q", press.key, got, press.want)
		}
	}
	p.do(t, chromedp.KeyEvent(kb.Enter))
	p.want(t, map[string]string{visiblePlaces: "2", openCells: "1", `document.activeElement.id`: "findings-title"})
	p.do(t, chromedp.KeyEvent(kb.Escape))
	p.want(t, map[string]string{visiblePlaces: "3", openCells: "0", focused: "PgBouncer 1.18, set-role: 2 leak"})
	// One tab leads out of the table, and one back to the same cell.
	p.do(t, chromedp.KeyEvent(kb.Tab))
	p.want(t, map[string]string{inGrid: "false"})
	p.do(t, chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(input.ModifierShift)))
	p.want(t, map[string]string{focused: "PgBouncer 1.18, set-role: 2 leak"})
	// A rule's head shows that rule alone; a cell that goes is reached no more.
	p.do(t, chromedp.KeyEvent(kb.Home), chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowUp),
		chromedp.KeyEvent(kb.ArrowLeft), chromedp.KeyEvent(kb.Enter))
	p.want(t, map[string]string{
		`document.getElementById("rule").value`:                                          "set-role",
		`[...document.querySelectorAll("#grid a")].filter(a => a.tabIndex === 0).length`: "1",
		focused: "set-role",
	})
	p.do(t, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.End))
	p.want(t, map[string]string{focused: "RDS Proxy, set-role: 2 pin"})
	// Keys with Alt are the browser's.
	p.want(t, map[string]string{`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowLeft", altKey: true, bubbles: true, cancelable: true}))`: "true"})
	p.quiet(t)
}

// Of a long table the Page keys leap over what is seen, and no cell that they or
// the arrows lead to is hidden behind the heads or the first column.
func TestLongTableByKeyboard(t *testing.T) {
	p := openPage(t, htmlPage(t, filepath.Join("..", "testdata"), "./demo"), view(390, "light"))
	const row = `[...document.querySelectorAll("#grid tr")].indexOf(document.activeElement.closest("tr"))`
	const seen = `(() => {
		const at = document.activeElement.closest("td"), box = at.getBoundingClientRect();
		return document.elementFromPoint(box.left + 4, box.top + 4).closest("td") === at;
	})()`
	p.do(t, chromedp.Focus(cell("rdsproxy", "")), chromedp.KeyEvent(kb.Home, chromedp.KeyModifiers(input.ModifierCtrl)))
	p.want(t, map[string]string{row: "1"})
	p.do(t, chromedp.KeyEvent(kb.PageDown))
	var leap int
	p.do(t, chromedp.Evaluate(row, &leap))
	if leap < 5 || leap > 20 {
		t.Errorf("PageDown leads to row %d", leap)
	}
	for _, key := range []string{kb.PageUp, kb.ArrowRight, kb.ArrowRight, kb.ArrowRight, kb.ArrowLeft, kb.ArrowLeft, kb.PageDown, kb.End, kb.Home, kb.PageDown, kb.PageDown, kb.ArrowUp, kb.PageUp} {
		p.do(t, chromedp.KeyEvent(key))
		if p.text(t, seen) != "true" {
			t.Errorf("%q leads to a cell that is not seen: %s", key, p.text(t, focused))
		}
	}
	p.quiet(t)
}
