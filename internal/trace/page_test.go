package trace

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/poolvet/poolvet/internal/output"
	"github.com/poolvet/poolvet/internal/pglog"
)

// pageOf is the page of what a log has, behind some poolers.
func pageOf(t *testing.T, poolers string, unseen bool, sources []*Source, entries ...*pglog.Entry) string {
	t.Helper()
	l := NewLog(behind(t, strings.Split(poolers, ",")...))
	for _, e := range entries {
		if e.Calls == 0 {
			e.Calls = 1
		}
		l.Add(e)
	}
	r := l.Report(new(output.Report), pglog.Counts{}, sources)
	r.Web = func(file string, line int) string {
		return fmt.Sprintf("https://github.com/acme/app/blob/c0ffee/%s#L%d", file, line)
	}
	var b strings.Builder
	if err := WriteHTML(&b, r, unseen); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// at is an entry at a time of the day.
func at(minute int, e *pglog.Entry) *pglog.Entry {
	e.Time = time.Date(2026, 3, 12, 9, minute, 0, 0, time.UTC)
	return e
}

func wantAll(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(page, part) {
			t.Errorf("%s is missing in\n%s", part, page[strings.Index(page, "<body>"):])
		}
	}
}

// What has pinned the most sessions stands first, and the legend of the plot
// leads to each cause.
func TestPlotLeadsToItsCauses(t *testing.T) {
	page := pageOf(t, "rdsproxy", false, nil,
		at(0, run("often", "1", "SET work_mem = 1")), at(1, run("often", "1", "SET work_mem = 1")), at(2, run("often", "1", "SET work_mem = 1")),
		at(0, run("many", "2", "SET jit = off")), at(5, run("many", "3", "SET jit = off")), at(9, run("many", "2", "SELECT 1")),
		at(9, run("later", "3", "LISTEN a")))
	wantAll(t, page, `<h2 id="time-title">Pinned sessions over time</h2>`, `role="img" aria-labelledby="plot-title plot-about"`,
		`From 2026-03-12 09:00:00 to`, "At most 2 sessions at once, at 2026-03-12 09:00:00 UTC.",
		`<b>1</b> <a href="#cause-1">SET jit</a> <span class="most">app many, at most 2 sessions</span>`,
		`<b>2</b> <a href="#cause-2">SET work_mem</a> <span class="most">app often, at most 1 session</span>`)
	heads := regexp.MustCompile(`id="cause-(\d)">\n<h3>(<svg class="swatch".*</svg>)?<span class="nth">\d</span> <code>([^<]*)`).FindAllStringSubmatch(page, -1)
	var got []string
	for _, m := range heads {
		got = append(got, fmt.Sprint(m[1], " ", m[3], " ", m[2] != ""))
	}
	// What only came later into a session that was pinned is not in the plot.
	if want := "1 SET jit true; 2 SET work_mem true; 3 LISTEN a false"; strings.Join(got, "; ") != want {
		t.Errorf("%s, want %s", strings.Join(got, "; "), want)
	}
}

// Behind a pooler that pins nothing, no session is called pinned; without times
// there is no plot.
func TestPlotIsOfWhatHappens(t *testing.T) {
	page := pageOf(t, "pgbouncer", false, nil, at(0, run("a", "1", "SET work_mem = 1")))
	if strings.Contains(strings.ToLower(page[strings.Index(page, "<body>"):]), "pinned") {
		t.Error("PgBouncer pins")
	}
	wantAll(t, page, `<h2 id="time-title">Sessions over time that something stays in</h2>`, "leaks to other clients")
	if page := pageOf(t, "rdsproxy", false, nil, run("a", "1", "SET work_mem = 1")); strings.Contains(page, "<figure") || !strings.Contains(page, `id="cause-1"`) {
		t.Error("a plot without times, or no cause")
	}
}

// Each cause has all that is known of it, with links to the code and to where it
// was read.
func TestCausesHaveTheirPlaces(t *testing.T) {
	from := run("orders", "1", "SET search_path TO a")
	from.User, from.Host = "shop", "10.0.0.7"
	sources := code("SET search_path TO …", "SELECT pg_advisory_lock(1)")
	page := pageOf(t, "rdsproxy,pgbouncer", false, sources, from, run("billing", "2", "SELECT set_config('jit', $1, false)", "on"),
		run("", "3", "LISTEN a"), run("", "3", "SELECT 1"), &pglog.Entry{Kind: pglog.Statistic, SQL: "SELECT set_config($1, $2, $3)", Calls: 4711})
	wantAll(t, page,
		"<pre>SET search_path TO …</pre>", "app orders, user shop", "from 10.0.0.7",
		`<a href="https://github.com/acme/app/blob/c0ffee/a.go#L1" rel="noreferrer">a.go:1:1</a></span> db.Exec in app.Use`,
		`asyncpg sends it while it reads types; tell it`, `<a class="reference" href="https://github.com/MagicStack/asyncpg/blob/`,
		"no line of these packages: dynamic SQL, another program, or a person",
		`data-pooler="rdsproxy" data-outcome="pins" data-unsure="false">RDS Proxy</span> <span class="evidence">documented</span>`,
		`data-outcome="leaks" data-unsure="false">PgBouncer 1.26</span>`,
		"4711 times", "is not in the log; log_statement = all shows it",
		"4 statements of the log leave something in the session: 1 from the code, 2 known of other clients, 1 from no one who is known.",
		"1 more statement leaves nothing in the session", `content="default-src &#39;none&#39;; img-src data:; style-src &#39;sha256-`)
	if strings.Contains(page, "a.go:2") || strings.Contains(page, "script") {
		t.Error("what the log does not have is listed unasked, or there is a script")
	}
	wantAll(t, pageOf(t, "rdsproxy", true, sources, from), `a.go:2:1</a></span> db.Exec in app.Use <code>SELECT pg_advisory_lock(…)</code>`)
}

func TestPinsOfTheProxyStandInThePage(t *testing.T) {
	pin := &pglog.Entry{Kind: pglog.Pin, Reason: "SQL changed session settings", Digest: "set search_path to $1,$2"}
	none := &pglog.Entry{Kind: pglog.Pin, Reason: "A parse message was detected."}
	page := pageOf(t, "rdsproxy", false, nil, run("", "1", "SET search_path TO a, b"), pin, pin, none)
	wantAll(t, page, "the proxy&#39;s log: pinned 2 times", "<dt>1 time</dt><dd>A parse message was detected.</dd>")
	wantAll(t, pageOf(t, "rdsproxy", false, nil, at(0, pin)), "by the proxy&#39;s log", "the proxy&#39;s log: SQL changed session settings", "Pinned sessions over time")
}

func TestHostileLogsStayText(t *testing.T) {
	const bad = "\x1b\u202e</script></title><img src=x onerror=alert(1)>\"'"
	e := at(0, run(bad, bad, `SET ROLE "<img src=x onerror=alert(1)>"`))
	e.User, e.Host = bad, bad
	page := pageOf(t, "rdsproxy,pgbouncer", true, code(`LISTEN "<img onerror=alert(1)>"`), e,
		at(1, run(bad, "2", `LISTEN "<img src=x onerror=alert(1)>"`)), at(1, run(bad, "4", "CREATE TEMP TABLE \"\x1b[2J\u202e</svg><script>\" (a int)")),
		at(2, &pglog.Entry{Kind: pglog.Pin, Reason: bad, Digest: `set "<script>alert(1)</script>" to $1`}), &pglog.Entry{Kind: pglog.Refusal, Reason: bad})
	for _, part := range []string{"<img", "<script", "</script", "\x1b", "\u202e"} {
		if strings.Contains(page, part) {
			t.Errorf("%q is in the page", part)
		}
	}
	wantAll(t, page, "&lt;/script&gt;&lt;/title&gt;&lt;img")
}

// No value is shown but for those that decide, and no password.
func TestPageShowsNoValues(t *testing.T) {
	page := pageOf(t, "rdsproxy", true, code("SET app.key = 'hunter2'", "LISTEN a"),
		at(0, run("a", "1", "SET app.key = 'hunter2'")), at(1, run("a", "1", "SELECT set_config($1, $2, false)", "app.tenant", "hunter2")),
		at(1, run("a", "2", "SET SESSION AUTHORIZATION 'hunter2'")), at(2, run("a", "2", "CREATE TEMP TABLE t AS SELECT 'hunter2' AS a, 4711 AS b")),
		at(3, run("a", "3", "LISTEN b; ALTER ROLE a PASSWORD 'hunter2'")),
		at(4, &pglog.Entry{Kind: pglog.Pin, Reason: "SQL changed session settings", Digest: "set app.other = 'hunter2'"}))
	if strings.Contains(page, "hunter2") || strings.Contains(page, "4711") {
		t.Error("a value is shown")
	}
	wantAll(t, page, "set_config(&#39;app.tenant&#39;, …, false)")
}

func TestPageOfNothing(t *testing.T) {
	wantAll(t, pageOf(t, "rdsproxy", true, nil, run("", "1", "SELECT 1")), "No statement of the log leaves anything in the session.", "</html>")
}

func TestTitleNamesThePoolersOrCountsThem(t *testing.T) {
	r := &Report{Report: new(output.Report)}
	for _, want := range []string{"", " behind A", " behind A, B", " behind A, B, C", " behind 4 poolers"} {
		if got := r.title(); got != "What stays in sessions"+want {
			t.Errorf("%q, want %q behind it", got, want)
		}
		r.Summary.Poolers = append(r.Summary.Poolers, string(rune('A'+len(r.Summary.Poolers))))
	}
}
