package conformance

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"reflect"
	"slices"
	"testing"

	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/conformance/traced"
)

// traceRow is a statement of poolvet trace -format=json.
type traceRow struct {
	Statement, Application, User string
	Times                        int
	Code, Libraries              []struct {
		File, Function string
		Line           int
	}
	Clients []struct{ Name, When string }
}

// TestTraceOfRealLogs: real clients of other languages and a service in Go run on
// real servers, each as a user of its own, and trace must say from their logs
// alone whose each statement is.
func TestTraceOfRealLogs(t *testing.T) {
	system, binary := clientsRoot(), buildPoolvet(t)
	var all []traceRow
	for _, on := range append(server.Roots(), "") {
		if on.Name() == "trixie" {
			continue
		}
		t.Run("on "+cmp.Or(on.Name(), "here"), func(t *testing.T) {
			pg := startLogged(t, on)
			runAll(t, system, reals, pg)
			rows := traceLog(t, binary, pg, "log")
			for _, format := range []string{"csv", "json"} {
				if other := traceLog(t, binary, pg, format); !reflect.DeepEqual(other, rows) {
					t.Errorf("trace says of %slog\n%+v\nand of the log of stderr\n%+v", format, other, rows)
				}
			}
			scores := judgeTrace(t, rows)
			proveTrace(t, system, pg, scores)
			if system != "" {
				everyoneIsSeen(t, rows)
				all = append(all, rows...)
			}
		})
	}
	if system != "" {
		measured(t, system, all)
	}
}

// The log of RDS has no application's name: those are left out that are told by
// theirs.
func TestTraceOfLogsAsOnRDS(t *testing.T) {
	pg := startLogged(t, "", "log_destination=stderr", "log_line_prefix=%t:%r:%u@%d:[%p]:")
	runAll(t, clientsRoot(), reals[:slices.IndexFunc(reals, func(r real) bool { return r.user == "jdbc" })], pg)
	judgeTrace(t, traceLog(t, buildPoolvet(t), pg, "log"))
}

// clientsRoot is the system that has the clients, "" for none: run.sh says then
// that nothing is proved of them.
func clientsRoot() server.Root {
	for _, r := range server.Roots() {
		if r.Has("/etc/poolvet-clients") {
			return r
		}
	}
	return ""
}

// traceLog says whose the statements of a server's log of one format are.
func traceLog(t *testing.T, binary string, pg *server.Postgres, format string, flags ...string) []traceRow {
	t.Helper()
	flags = append([]string{"trace", "-format=json", "-pooler=pgbouncer,rdsproxy", "-log=" + pg.Path("log/postgresql."+format)}, flags...)
	cmd := exec.Command(binary, append(flags, "./traced")...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, errs.String())
	}
	var report struct {
		Statements []traceRow
		Log        struct{ Other int }
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatal(err)
	}
	if report.Log.Other > 0 {
		t.Errorf("%d lines of the log are of no known format", report.Log.Other)
	}
	return slices.DeleteFunc(report.Statements, func(r traceRow) bool { return r.User == "postgres" }) // what prepared the server
}

// everyoneIsSeen holds that who changes its session is in the log, and no one
// else.
func everyoneIsSeen(t *testing.T, rows []traceRow) {
	t.Helper()
	seen := map[string]bool{}
	for _, r := range rows {
		seen[r.User] = true
	}
	want := map[string]bool{service: true}
	for _, c := range reals {
		if !c.quiet && !slices.Contains(lost.users, c.user) {
			want[c.user] = true
		}
	}
	for _, w := range traced.Ways {
		want[w.Func] = true
	}
	if !maps.Equal(seen, want) {
		t.Errorf("sessions are changed by %v, want %v", slices.Sorted(maps.Keys(seen)), slices.Sorted(maps.Keys(want)))
	}
}

// A verdict is how right trace is on a statement.
type verdict int

const (
	right  verdict = iota
	first          // of several that may
	behind         // another that may
	nobody         // though someone is known
	wrong
	verdicts
)

// score counts verdicts.
type score [verdicts]int

func (s score) all() (n int) {
	for _, of := range s {
		n += of
	}
	return n
}

func (s score) String() string {
	return fmt.Sprintf("%d of %d statements right, %d first of several, %d behind another, %d no one's, %d wrong", s[right], s.all(), s[first], s[behind], s[nobody], s[wrong])
}

// judgeTrace holds what trace says against who ran, and counts it by who. Of a
// function that is a user of its own less is told than of a service, so that for
// it only others alone are wrong.
func judgeTrace(t *testing.T, rows []traceRow) map[string]score {
	t.Helper()
	scores := map[string]score{}
	for _, r := range rows {
		who, v := r.User, r.verdict(rows)
		if slices.ContainsFunc(traced.Ways, func(w traced.Way) bool { return w.Func == r.User }) {
			who = functions
		}
		if v != right {
			t.Logf("%s: %s: %s", [...]string{first: "first of several", behind: "behind another", nobody: "no one's", wrong: "WRONG"}[v], r.User, r)
		}
		s := scores[who]
		s[v]++
		scores[who] = s
	}
	if all := total(scores); all[wrong]+scores[functions][wrong] > 0 || 100*(all[right]+all[first]) < 98*all.all() {
		t.Errorf("%s; want 98 of 100 right or first, and none wrong, of functions too: %s", all, scores[functions])
	}
	return scores
}

// total is of all but the functions.
func total(scores map[string]score) (all score) {
	for who, s := range scores {
		for v, n := range s {
			if who != functions {
				all[v] += n
			}
		}
	}
	return all
}

func (r traceRow) String() string {
	return fmt.Sprintf("%s: code %v, libraries %v, clients %v", r.Statement, r.Code, r.Libraries, r.Clients)
}

// functions are the users of which each is a function of the service.
const functions = "functions"

// senders are who sent a row, by its user: a client, a function, or those of the
// service that sent the same as users of their own.
func (r traceRow) senders(rows []traceRow) (names []string) {
	if i := slices.IndexFunc(reals, func(c real) bool { return c.user == r.User }); i >= 0 {
		return reals[i].names
	}
	for _, w := range traced.Ways {
		if r.User == w.Func || r.User == service && slices.ContainsFunc(rows, func(of traceRow) bool {
			return of.User == w.Func && of.Statement == r.Statement
		}) {
			names = append(names, w.Func)
		}
	}
	return names
}

// verdict is on a row, among all of a log.
func (r traceRow) verdict(rows []traceRow) verdict {
	names := r.senders(rows)
	named := r.named()
	is := func(name string) bool { return slices.Contains(names, name) }
	not := func(name string) bool { return !is(name) }
	switch {
	case len(named) == 0 && r.User != someone: // who wrote it with no client's help
		return nobody
	case !slices.ContainsFunc(named, not):
		return right
	case is(named[0]):
		return first
	case slices.ContainsFunc(named, is):
		return behind
	}
	return wrong
}

// named are all that trace names, functions and clients, in its order.
func (r traceRow) named() (names []string) {
	for _, p := range slices.Concat(r.Code, r.Libraries) {
		names = append(names, p.Function)
	}
	for _, c := range r.Clients {
		names = append(names, c.Name)
	}
	return names
}

// proveTrace notes how right trace was on each client.
func proveTrace(t *testing.T, system server.Root, pg *server.Postgres, scores map[string]score) {
	t.Helper()
	postgres := "PostgreSQL " + major(pg.Version, 1)
	for user, claim := range map[string]string{service: "a service in Go: ", functions: "the same, each function as another user: "} {
		prove(t, sectionTrace, claim+given, fmt.Sprintf("%s, %s, %s: %s", of(modPgx5), of(modPq), postgres, scores[user]))
	}
	if system == "" {
		return
	}
	prove(t, sectionTrace, "who sent them is named alone or first for at least 98 of 100 statements, and none is given to others alone", fmt.Sprintf("%s: %s", postgres, total(scores)))
	for _, c := range reals {
		if slices.Contains(lost.users, c.user) {
			continue
		}
		with := fmt.Sprintf("%s %s, %s", c.names[0], packageOf(t, system, c), postgres)
		switch {
		case c.quiet:
			prove(t, sectionTrace, c.names[0]+": sends nothing by itself that changes a session", with)
		case c.user == someone:
			prove(t, sectionTrace, "what someone wrote in a script over psycopg 2: no line of code is named, and no other client", fmt.Sprintf("%s: %s", with, scores[c.user]))
		default:
			prove(t, sectionTrace, c.names[0]+": "+given, fmt.Sprintf("%s: %s", with, scores[c.user]))
		}
	}
}

const given = "what it sends is not given to others alone"
