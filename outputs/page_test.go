package outputs

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Source that tries to become a part of the page.
const hostileModule = `
-- go.mod --
module example.com/app
go 1.25
-- role/role.go --
package role

import "database/sql"

func Use(db *sql.DB) {
	db.Exec("SET ROLE a") // </pre></script><script>window.hacked = 1</script><img src=https://example.com/x onerror="window.hacked=1">
	db.Exec("SET ROLE \"<b onmouseover=alert(1)>{{.}}\"")
}
-- lock/lock.go --
package lock

import "database/sql"

func Use(db *sql.DB) { db.Exec("SELECT pg_advisory_lock(1)") }
`

// tab is an open page and what went on in it.
type tab struct {
	context.Context
	mu       sync.Mutex
	requests []string
	errors   []string
}

// openPage opens a file in a fresh headless Chromium.
func openPage(t *testing.T, file string, before ...chromedp.Action) *tab {
	t.Helper()
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("Chromium is missing: run.sh installs it")
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(profile(t)),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-background-networking", true), chromedp.WindowSize(1400, 1300))...)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	p := &tab{Context: ctx}
	chromedp.ListenTarget(ctx, func(event any) {
		p.mu.Lock()
		defer p.mu.Unlock()
		switch event := event.(type) {
		case *network.EventRequestWillBeSent:
			p.requests = append(p.requests, event.Request.URL)
		case *runtime.EventExceptionThrown:
			p.errors = append(p.errors, event.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			p.errors = append(p.errors, string(event.Type))
		case *log.EventEntryAdded:
			p.errors = append(p.errors, event.Entry.Text)
		}
	})
	actions := append([]chromedp.Action{network.Enable(), runtime.Enable(), log.Enable()}, before...)
	p.do(t, append(actions, chromedp.Navigate("file://"+file), chromedp.WaitReady("footer"))...)
	return p
}

// profile is a fresh folder for the browser. It is no t.TempDir: the browser's
// last processes may still write to it when it is removed.
func profile(t *testing.T) string {
	dir, err := os.MkdirTemp("", "poolvet-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 50 {
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Logf("%s could not be removed", dir)
	})
	return dir
}

func (p *tab) do(t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(p, actions...); err != nil {
		t.Fatal(err)
	}
}

// text evaluates an expression in the page.
func (p *tab) text(t *testing.T, expression string) (s string) {
	t.Helper()
	p.do(t, chromedp.Evaluate("String("+expression+")", &s))
	return s
}

// want checks expressions.
func (p *tab) want(t *testing.T, values map[string]string) {
	t.Helper()
	for expression, want := range values {
		if got := p.text(t, expression); got != want {
			t.Errorf("%s is %q, want %q", expression, got, want)
		}
	}
}

// quiet checks that the page asked no one for anything, and met no error.
func (p *tab) quiet(t *testing.T) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, url := range p.requests {
		if !strings.HasPrefix(url, "file:///") && !strings.HasPrefix(url, "data:") {
			t.Errorf("a request to %s", url)
		}
	}
	if files := strings.Count(strings.Join(p.requests, "\n")+"\n", "file:///"); files != 1 {
		t.Errorf("%d files are read: %q", files, p.requests)
	}
	if len(p.errors) > 0 {
		t.Errorf("errors: %q", p.errors)
	}
}

// htmlPage writes the page of a module to a file.
func htmlPage(t *testing.T, dir string, args ...string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "compare.html")
	out := poolvet(t, dir, append([]string{"compare", "-format=html"}, args...)...)
	if err := os.WriteFile(file, out, 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

const (
	visiblePlaces = `[...document.querySelectorAll("article")].filter(a => a.offsetParent).length`
	openCells     = `document.querySelectorAll("td.open").length`
)

func cell(pooler, rule string) string {
	return `tr[data-pooler="` + pooler + `"] td[data-rule="` + rule + `"] a`
}

// inner is the text of an element that is seen.
func inner(selector string) string {
	return "[...document.querySelector('" + selector + "').childNodes].filter(n => n.className !== 'for').map(n => n.innerText ?? n.textContent).join(' ').trim()"
}

func TestPageFilters(t *testing.T) {
	p := openPage(t, htmlPage(t, files(t, hostileModule), "./..."))
	p.want(t, map[string]string{
		visiblePlaces:                           "3",
		inner(cell("rdsproxy", "set-role")):     "2 pin",
		inner(cell("rdsproxy", "session-lock")): "1 pins",
		inner(cell("none", "set-role")):         "–",
	})
	choose := func(id, value string) chromedp.Action {
		return chromedp.Evaluate(`{const s = document.getElementById("`+id+`"); s.value = "`+value+`"; s.dispatchEvent(new Event("change"))}`, nil)
	}
	p.do(t, choose("package", "example.com/app/lock"))
	p.want(t, map[string]string{
		visiblePlaces:                           "1",
		inner(cell("rdsproxy", "set-role")):     "–",
		inner(cell("rdsproxy", "session-lock")): "1 pins",
		inner(cell("rdsproxy", "")):             "1 pins",
	})
	p.do(t, choose("package", ""), choose("rule", "set-role"))
	p.want(t, map[string]string{
		visiblePlaces: "2",
		`document.querySelector('th[data-rule="session-lock"]').hidden`: "true",
		inner(cell("rdsproxy", "")):                                     "2 pin",
	})
	p.do(t, chromedp.Click("#clear"), chromedp.Poll(visiblePlaces+" === 3", nil))
	p.quiet(t)
}

func TestPageCellsOpen(t *testing.T) {
	p := openPage(t, htmlPage(t, files(t, hostileModule), "./..."))
	p.do(t, chromedp.Click(cell("rdsproxy", "session-lock")))
	p.want(t, map[string]string{
		visiblePlaces: "1",
		openCells:     "1",
		`[...document.querySelectorAll("article [data-pooler]")].filter(c => c.offsetParent).map(c => c.dataset.pooler)`: "rdsproxy",
		inner("#selected"): "1 place behind RDS Proxy by session-lock.",
		`document.querySelector("article:not([hidden]) mark").textContent`:                               "pg_advisory_lock(1)",
		`document.querySelector("article:not([hidden]) li:not([hidden]) a").href.startsWith("https://")`: "true",
	})
	p.do(t, chromedp.Click(cell("rdsproxy", "")))
	p.want(t, map[string]string{visiblePlaces: "3", openCells: "1"})
	p.quiet(t)
}

func TestPageWithoutScript(t *testing.T) {
	file := htmlPage(t, files(t, hostileModule), "./...")
	p := openPage(t, file, emulation.SetScriptExecutionDisabled(true))
	p.want(t, map[string]string{
		visiblePlaces:                              "3",
		inner(cell("rdsproxy", "set-role")):        "2 pin",
		`document.querySelector("#filter").hidden`: "true",
		`document.querySelector('` + cell("rdsproxy", "set-role") + `').getAttribute("href")`: "#rule-set-role",
	})
	p.quiet(t)
	// The script shows the same grid as the page is written with.
	file = htmlPage(t, filepath.Join("..", "testdata"), "./demo", "./local-outside-tx", "./sequence-state")
	const grid = `document.querySelector("#grid tbody").innerText.replace(/\s+/g, " ")`
	with := openPage(t, file).text(t, grid)
	without := openPage(t, file, emulation.SetScriptExecutionDisabled(true)).text(t, grid)
	if without != with || !strings.Contains(with, ", of ") {
		t.Errorf("without script\n%s\nwith it\n%s", without, with)
	}
}

func TestHostileSourceStaysText(t *testing.T) {
	p := openPage(t, htmlPage(t, files(t, hostileModule), "./..."))
	p.want(t, map[string]string{
		`window.hacked`: "undefined",
		`document.querySelectorAll("img").length`: "0",
		`document.scripts.length`:                 "1",
		`document.querySelector("#rule-set-role pre").textContent.includes("<script>window.hacked = 1")`: "true",
	})
	p.quiet(t)
}

// A policy that lets nothing else run holds even if something got in.
func TestPolicyHolds(t *testing.T) {
	file := htmlPage(t, files(t, hostileModule), "./...")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	bad := strings.Replace(string(text), "<footer>", `<footer><script>window.hacked = 1</script>`, 1)
	if err := os.WriteFile(file, []byte(bad), 0o666); err != nil {
		t.Fatal(err)
	}
	p := openPage(t, file)
	p.want(t, map[string]string{`window.hacked`: "undefined"})
	if len(p.errors) == 0 {
		t.Error("the browser does not say that it ran nothing")
	}
}
