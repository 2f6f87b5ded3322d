package conformance

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/conformance/internal/wire"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/session"
)

// statement is one of PostgreSQL's regression statements.
type statement struct {
	file   string // "guc"
	number string // "042"
	text   string
}

const regressModule = "github.com/sqlc-dev/oliphant"

// regression reads PostgreSQL's regression statements, as the module of the
// parser's Go port brings them for its own tests. The tables of test_setup
// come first, as PostgreSQL's own schedule has it.
func regression(t *testing.T) [][]statement {
	t.Helper()
	out, err := exec.Command("go", "mod", "download", "-json", regressModule).Output()
	if err != nil {
		t.Fatalf("go mod download: %v: %s", err, out)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(module.Dir, "parser/testdata/fingerprint/postgres_regress")
	paths, err := filepath.Glob(filepath.Join(dir, "*.test"))
	if err != nil || len(paths) < 200 {
		t.Fatalf("%d files in %s", len(paths), dir)
	}
	slices.SortStableFunc(paths, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	var files [][]statement
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, statements(strings.TrimSuffix(filepath.Base(path), ".test"), string(data)))
	}
	return files
}

func rank(path string) int {
	if filepath.Base(path) == "test_setup.test" {
		return 0
	}
	return 1
}

// statements splits a file: a line "== 042", the text, a line "--" and the
// fingerprint.
func statements(file, data string) []statement {
	var all []statement
	for part := range strings.SplitSeq("\n"+data, "\n== ") {
		number, text, ok := strings.Cut(part, "\n")
		end := strings.LastIndex(text, "\n--\n")
		if ok && end >= 0 {
			all = append(all, statement{file, number, text[:end]})
		}
	}
	return all
}

// tried is a statement that ran without error outside a transaction block,
// and what it changed.
type tried struct {
	statement
	before  state
	changes []change
	fresh   func() bool // whether it changes a new session
}

func TestEffectsAgainstServer(t *testing.T) {
	files := regression(t)
	var counts tallyOfEffects
	counts.reasons = map[string]*untold{}
	pg, err := server.StartPostgres("", "statement_timeout=1s", "lock_timeout=1s", "autovacuum=off", "jit=off", "max_locks_per_transaction=256", "log_min_messages=panic")
	if err != nil {
		t.Fatal(err)
	}
	defer pg.Stop()
	c, err := wire.Connect(pg.Addr, login())
	if err == nil {
		_, err = c.Query(lookFunction)
		c.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		r := runner{t: t, pg: pg}
		r.file(file, counts.judge)
		counts.ran += r.ran
		counts.died += r.died
	}
	counts.report(t)
}

// A runner runs the statements of one file in one session.
type runner struct {
	t    *testing.T
	pg   *server.Postgres
	c    *wire.Client
	now  state
	own  []string // parameters that only texts of this file name
	ran  int
	died int
}

func (r *runner) connect() {
	r.t.Helper()
	c, err := wire.Connect(r.pg.Addr, login())
	if err == nil {
		r.c = c
		r.now, err = look(c, r.own)
	}
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *runner) file(all []statement, judge func(*testing.T, tried)) {
	r.connect()
	defer func() { r.c.Close() }()
	for _, s := range all {
		if unfit(s) != "" {
			continue
		}
		if r.learn(s) && r.c.Status == 'I' {
			r.now, _ = look(r.c, r.own)
		}
		status := r.c.Status
		_, err := r.c.Query(s.text)
		if err != nil && !isServerError(err) || r.c.Status == 0 {
			r.reconnect()
			continue
		}
		if r.c.Status != 'I' || err != nil && status == 'I' && !outlives.MatchString(s.text) {
			continue
		}
		before := r.now
		now, lookErr := look(r.c, r.own)
		if lookErr != nil {
			r.reconnect()
			continue
		}
		r.now = now.known(before)
		if err == nil && status == 'I' {
			r.ran++
			judge(r.t, tried{s, before, before.changes(r.now), func() bool { return r.fresh(s) }})
		}
	}
}

// learn notes the parameters of one's own that a text names, as the server
// lists only those that it knows.
func (r *runner) learn(s statement) (more bool) {
	for _, m := range ownParameter.FindAllStringSubmatch(s.text, -1) {
		if name := cmp.Or(m[1], m[2]); !slices.Contains(r.own, name) {
			r.own, more = append(r.own, name), true
		}
	}
	return more
}

var ownParameter = regexp.MustCompile(`(?i)\b(?:set|reset)\s+(?:session\s+)?(\w+\.[\w.]+)|set_config\(\s*'(\w+\.[\w.]+)'`)

func (r *runner) reconnect() {
	r.died++
	r.c.Close()
	r.connect()
}

// fresh reports whether the statement changes a session that has nothing yet.
func (r *runner) fresh(s statement) bool {
	c, err := wire.Connect(r.pg.Addr, login())
	if err != nil {
		r.t.Fatal(err)
	}
	defer c.Close()
	before, err := look(c, r.own)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err := c.Query(s.text); err != nil {
		return false
	}
	after, err := look(c, r.own)
	return err == nil && len(before.changes(after.known(before))) > 0
}

// outlives matches texts that may leave something although they fail.
var outlives = regexp.MustCompile(`(?i);|lock|val\s*\(|commit`)

func isServerError(err error) bool {
	e, ok := err.(*wire.Error)
	return ok && e.Severity != "FATAL"
}

// unfit says why a statement is not run: it would harm the run of the others.
func unfit(s statement) string {
	text := strings.ToLower(s.text)
	for words, reason := range map[string]string{
		"alter system":         "changes the server for all that follow",
		"pg_terminate_backend": "ends the session",
		"pg_reload_conf":       "changes the server for all that follow",
	} {
		if strings.Contains(text, words) {
			return reason
		}
	}
	return ""
}

// lasting are the effects of a text that the server can show afterwards.
func lasting(text string) []effect.Effect {
	var effects []effect.Effect
	for _, e := range session.Analyze(text).Effects {
		if strings.HasPrefix(strings.ToLower(e.Words), "setval") {
			continue // lastval(), which shows the kind, is nextval's
		}
		if e.Kind.Scope() == effect.Session && e.Body != effect.FunctionBody && len(shows[e.Kind]) > 0 {
			effects = append(effects, e)
		}
	}
	return effects
}

// tallyOfEffects counts statements.
type tallyOfEffects struct {
	ran, died        int
	changed, right   int
	unchanged, false int
	misses, alarms   []string
	reasons          map[string]*untold
}

// untold is what no text tells: why, how often, and for example.
type untold struct {
	count   int
	example string
}

func (c *tallyOfEffects) because(reason string, s statement) {
	u := c.reasons[reason]
	if u == nil {
		u = &untold{example: s.brief()}
		c.reasons[reason] = u
	}
	u.count++
}

func (s statement) brief() string {
	text := strings.Join(strings.Fields(s.text), " ")
	if len(text) > 150 {
		text = text[:150] + "…"
	}
	return fmt.Sprintf("%s %s: %s", s.file, s.number, text)
}

func (c *tallyOfEffects) judge(t *testing.T, s tried) {
	effects := lasting(s.text)
	if len(s.changes) == 0 {
		c.judgeUnchanged(s, effects)
		return
	}
	var missed []change
	for _, ch := range s.changes {
		if !slices.ContainsFunc(effects, ch.isOf) {
			missed = append(missed, ch)
		}
	}
	for _, ch := range missed {
		reason := cannotTell(s.statement, ch)
		if reason == "" {
			c.changed++
			c.misses = append(c.misses, fmt.Sprintf("%s: %v, predicted %v", s.brief(), missed, kinds(effects)))
			return
		}
	}
	if len(missed) > 0 {
		c.because(cannotTell(s.statement, missed[0]), s.statement)
		return
	}
	c.changed++
	c.right++
}

func (c *tallyOfEffects) judgeUnchanged(s tried, effects []effect.Effect) {
	for _, e := range effects {
		switch {
		case s.before.lacks(e):
			c.because("it undoes what the session does not have", s.statement)
			return
		case s.fresh():
			c.because("it sets what the session has already; a new session is changed", s.statement)
			return
		}
	}
	c.unchanged++
	if len(effects) > 0 {
		c.false++
		c.alarms = append(c.alarms, fmt.Sprintf("%s: predicted %v", s.brief(), kinds(effects)))
	}
}

func kinds(effects []effect.Effect) []effect.Kind {
	var all []effect.Kind
	for _, e := range effects {
		all = append(all, e.Kind)
	}
	return all
}

func (c *tallyOfEffects) report(t *testing.T) {
	t.Logf("%d statements ran outside a transaction block, %d sessions died", c.ran, c.died)
	for _, reason := range slices.Sorted(maps.Keys(c.reasons)) {
		t.Logf("%d: %s; %s", c.reasons[reason].count, reason, c.reasons[reason].example)
	}
	right, false := percent(c.right, c.changed), percent(c.false, c.unchanged)
	t.Logf("predicted %d of %d that changed the session, %.2f %%; %d of %d that changed nothing, %.2f %%", c.right, c.changed, right, c.false, c.unchanged, false)
	if c.ran < 15000 || c.changed < 500 {
		t.Errorf("only %d statements ran and %d changed the session", c.ran, c.changed)
	}
	if right < 99.5 {
		t.Errorf("missed %d:\n%s", len(c.misses), strings.Join(c.misses, "\n"))
	}
	if false > 1 {
		t.Errorf("wrongly predicted %d:\n%s", len(c.alarms), strings.Join(c.alarms, "\n"))
	}
	proveEffects(t, c)
	t.Logf("missed:\n%s\nwrongly predicted:\n%s", strings.Join(c.misses, "\n"), strings.Join(c.alarms, "\n"))
}

func proveEffects(t *testing.T, c *tallyOfEffects) {
	with := fmt.Sprintf("%s, %s; ", postgresVersion(), of(regressModule))
	prove(t, sectionEffects, "at least 99.5 % of the statements that change the session are predicted with the right kind",
		with+fmt.Sprintf("%d of %d", c.right, c.changed))
	prove(t, sectionEffects, "at most 1 % of the statements that change nothing are predicted to last",
		with+fmt.Sprintf("%d of %d", c.false, c.unchanged))
	for reason, u := range c.reasons {
		prove(t, sectionUntold, reason, fmt.Sprintf("%d, the first is %s", u.count, u.example))
	}
}

func percent(part, whole int) float64 { return 100 * float64(part) / float64(max(whole, 1)) }
