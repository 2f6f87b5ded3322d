package conformance

import (
	"fmt"
	"sync"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
)

// tally counts what came of many queries with two statements that several
// clients send at once.
type tally struct{ right, wrong, failed int }

// hammer has clients of a mode share fewer server connections.
func (m mode) hammer(t *testing.T, dsn string, clients, queries int) (all tally) {
	t.Helper()
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range clients {
		c := m.open(t, dsn)
		text, factor, term := m.marked("select $1::int4 + 1"), 1, 1
		if i%2 == 1 {
			text, factor, term = m.marked("select $1::int4 * 1000"), 1000, 0
		}
		wg.Go(func() {
			var own tally
			for n := range queries {
				switch got, err := guarded(c, text, n); {
				case err != nil:
					own.failed++
				case got != n*factor+term:
					own.wrong++
				default:
					own.right++
				}
			}
			mu.Lock()
			defer mu.Unlock()
			all.right += own.right
			all.wrong += own.wrong
			all.failed += own.failed
		})
	}
	wg.Wait()
	t.Logf("%+v", all)
	return all
}

// guarded takes a driver's panic on another client's rows for an error.
func guarded(c caller, text string, n int) (got int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return c.query(text, n)
}

// Each mode behind a pooler does what the table says of its effect: no error
// and no wrong row where it says ok, some where it does not.
func TestModesOfDriversBehindPoolers(t *testing.T) {
	atEach(t, func(t *testing.T, at site) {
		p := at.judge(t)
		running, pg := at.run(t, 3)
		for _, m := range driverModes {
			t.Run(m.name, func(t *testing.T) {
				verdict := pooler.Verdict{Outcome: pooler.OK}
				if kind := m.kind(); kind != "" {
					verdict = p.Verdict(effect.Effect{Kind: kind})
				}
				all := m.hammer(t, dsn(running.Addr), 6, 100)
				for range 5 { // on a busy machine the clients may run one after the other
					if verdict.Outcome == pooler.OK || all.wrong > 0 || all.failed > 0 && verdict.Outcome != pooler.WrongRows {
						break
					}
					all = m.hammer(t, dsn(running.Addr), 6, 100)
				}
				clean := all.wrong == 0 && all.failed == 0
				if clean != (verdict.Outcome == pooler.OK) {
					t.Errorf("%+v, and the table says %s: %s", all, verdict.Outcome, verdict.Why)
				}
				if verdict.Outcome == pooler.WrongRows && all.wrong == 0 {
					t.Errorf("%+v: no wrong row", all)
				}
				prove(t, sectionPooled(p, at), m.name+": "+outcomeOf(all), with(running, pg)+", "+of(m.module))
			})
		}
	})
}

func outcomeOf(all tally) string {
	switch {
	case all.wrong > 0:
		return "wrong rows"
	case all.failed > 0:
		return "errors"
	}
	return "no errors"
}

// What makes the rows wrong is the server connection changing between two
// round trips, so nothing goes wrong within a transaction.
func TestSplitStatementIsSafeInTransaction(t *testing.T) {
	s := newBench(t, sites()[0])
	s.release(s.other) // for b, as a keeps the other server connection
	s.value(s.a, "begin")
	parse(s, s.a, "", "select $1::int + 1")
	parse(s, s.b, "", "select $1::int * 1000")
	if v, err := execute(s.a, ""); err != nil || v != "42" {
		t.Errorf("41 + 1 is %s, %v", v, err)
	}
	s.value(s.a, "commit")
	prove(t, sectionDrivers, "an unnamed statement in two round trips is safe within a transaction", s.with())
}
