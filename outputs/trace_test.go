package outputs

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// worker is an application that sends a statement on each of its connections:
// each minutes one more, which lasts for as many minutes, from some minute on.
type worker struct {
	app, user, sql     string
	each, lasts, first int
}

// morning is a log of four hours of testdata/demo and of those beside it.
func morning(workers ...worker) string {
	type line struct {
		at   time.Duration
		text string
	}
	var lines []line
	session := 2100
	for _, w := range workers {
		for at := w.first; at < 240; at += w.each {
			session++
			say := func(minute int, text string) {
				lines = append(lines, line{time.Duration(minute)*time.Minute + time.Duration(session)*time.Millisecond, fmt.Sprintf("[%d] %s@shop %s LOG:  %s", session, w.user, w.app, text)})
			}
			say(at, "statement: "+w.sql)
			say(min(at+w.lasts+session%5, 240), "disconnection: session time: 0:01:00.000 user="+w.user+" database=shop host=10.0.0.7 port=5432")
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.at, b.at) })
	var b strings.Builder
	for _, l := range lines {
		at := time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC).Add(l.at)
		fmt.Fprintf(&b, "%s UTC %s\n", at.Format("2006-01-02 15:04:05.000"), l.text)
	}
	return b.String()
}

var busy = morning(
	worker{"billing", "app", "SELECT set_config('jit', 'off', false)", 4, 90, 20},
	worker{"orders", "app", "SET search_path TO shop, public", 7, 60, 0},
	worker{"reports", "app", "CREATE TEMP TABLE totals AS SELECT tenant, sum(total) AS total FROM orders GROUP BY tenant", 13, 35, 70},
	worker{"jobs", "app", "LISTEN orders", 60, 240, 5},
	worker{"psql", "ops", "SET work_mem = '1GB'", 45, 25, 100},
	worker{"", "etl", "SET ROLE etl", 31, 20, 33},
)

// tracePage writes the page of a log beside testdata/demo to a file.
func tracePage(t *testing.T, log string, args ...string) (file string) {
	t.Helper()
	dir := t.TempDir()
	file = filepath.Join(dir, "trace.html")
	if err := os.WriteFile(filepath.Join(dir, "pg.log"), []byte(log), 0o666); err != nil {
		t.Fatal(err)
	}
	args = append([]string{"trace", "-format=html", "-prefix=%m [%p] %u@%d %a ", "-log=" + filepath.Join(dir, "pg.log"), "-C", "testdata"}, args...)
	if err := os.WriteFile(file, poolvet(t, "..", append(args, "./demo")...), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// lowTexts are the texts of the plot below a contrast of 4.5, which are SVG's.
const lowTexts = `[...document.querySelectorAll(".canvas text")].filter(e => getComputedStyle(e).fill !== getComputedStyle(document.body).color).length`

func TestTracePageInEveryView(t *testing.T) {
	file := tracePage(t, busy, "-unseen", "-pooler=rdsproxy,pgbouncer,supavisor")
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{1280, 390} {
			t.Run(fmt.Sprint(scheme, " ", width), func(t *testing.T) {
				p := openPage(t, file, view(width, scheme))
				for _, open := range []string{"false", "true"} {
					p.do(t, chromedp.Evaluate(`document.querySelector("details").open = `+open, nil))
					for _, found := range p.axe(t) {
						t.Errorf("table open: %s: %s", open, found)
					}
					p.want(t, map[string]string{`document.documentElement.scrollWidth`: fmt.Sprint(width), lowContrasts: "", lowTexts: "0"})
				}
				p.want(t, map[string]string{
					`document.querySelectorAll(".canvas path[class^=c]").length`: "6",
					`document.scripts.length`:                                    "0",
				})
				p.quiet(t)
			})
		}
	}
}

// On a phone the plot scrolls in itself, and its texts can be read.
func TestPlotScrollsInItself(t *testing.T) {
	p := openPage(t, tracePage(t, busy), view(390, "light"))
	const left = `Math.round(document.querySelector(".canvas svg").getBoundingClientRect().left)`
	var before, after int
	p.do(t, chromedp.Evaluate(left, &before), chromedp.Evaluate(`document.querySelector(".canvas").scrollLeft = 200`, nil), chromedp.Evaluate(left, &after))
	if after != before-200 {
		t.Errorf("the plot goes from %d to %d", before, after)
	}
	p.want(t, map[string]string{
		`scrollX`: "0",
		`[...document.querySelectorAll(".canvas text")].filter(e => e.getBoundingClientRect().height < 11).length`: "0",
	})
}

// No text of the plot covers another, or leaves it.
func TestTextsOfThePlotHaveRoom(t *testing.T) {
	const covered = `(() => {
		const box = document.querySelector(".canvas svg").getBoundingClientRect();
		const all = [...document.querySelectorAll(".canvas text")].map(e => [e.textContent, e.getBoundingClientRect()]);
		const out = all.filter(([, r]) => r.left < box.left || r.right > box.right || r.top < box.top || r.bottom > box.bottom);
		const over = all.filter(([, r], i) => all.some(([, q], k) => k < i && r.left < q.right && q.left < r.right && r.top < q.bottom - 2 && q.top < r.bottom - 2));
		return [...out, ...over].map(([text]) => text).join("; ");
	})()`
	for _, width := range []int64{1280, 390} {
		for name, log := range map[string]string{
			"a morning": busy,
			"a second":  busy[:strings.Index(busy, "\n")],
			"days":      strings.ReplaceAll(strings.ReplaceAll(busy, "12 11:", "17 23:"), "12 10:", "14 10:"),
			"years":     strings.ReplaceAll(busy, "2026-03-12 11:", "2029-03-12 11:"),
		} {
			p := openPage(t, tracePage(t, log), view(width, "light"))
			p.want(t, map[string]string{covered: "", `document.querySelectorAll(".canvas .middle").length > 2`: "true"})
			if t.Failed() {
				t.Fatalf("%s at %d", name, width)
			}
		}
	}
}

func TestTracePageByKeyboard(t *testing.T) {
	p := openPage(t, tracePage(t, busy))
	for _, want := range []string{`document.activeElement.className === "canvas"`, `document.activeElement.getAttribute("href") === "#cause-1"`, `document.activeElement.getAttribute("href") === "#cause-2"`} {
		p.do(t, chromedp.KeyEvent(kb.Tab))
		p.want(t, map[string]string{want: "true"})
	}
	p.do(t, chromedp.KeyEvent(kb.Enter))
	p.want(t, map[string]string{`location.hash`: "#cause-2", `document.querySelector("#cause-2").getBoundingClientRect().top < innerHeight / 2`: "true"})
	p.do(t, chromedp.Focus("summary"), chromedp.KeyEvent(kb.Enter))
	p.want(t, map[string]string{`document.querySelector("details").open`: "true"})
	p.do(t, chromedp.KeyEvent(kb.Tab))
	p.want(t, map[string]string{`document.activeElement.className`: "scroll"})
	p.quiet(t)
}

func TestHostileLogStaysText(t *testing.T) {
	const bad = `</script><img/src=x/onerror="window.hacked=1">`
	p := openPage(t, tracePage(t, morning(worker{bad, bad, `SET ROLE "</svg><script>window.hacked = 1</script>"`, 60, 30, 0})))
	p.want(t, map[string]string{
		`window.hacked`: "undefined",
		`document.querySelectorAll("img").length`: "0",
		`document.scripts.length`:                 "0",
		`document.querySelector("#cause-1").textContent.includes("app </script><img/src")`: "true",
	})
	p.quiet(t)
}
