package trace

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/poolvet/poolvet/internal/pglog"
)

// What is kept of single pins and runs, to join them by time.
const (
	maxPins = 1 << 16
	maxRuns = 1 << 18

	// apart is how far the proxy's time of a pin and PostgreSQL's of the statement
	// can be: both are of the statement's run.
	apart = int64(2 * time.Second / time.Microsecond)
)

// pins are those of the proxy's log, and the runs that can be their reason.
type pins struct {
	groups   map[pinKey]*pinned
	each     []pin
	all      []ran
	sessions map[string]int32
	tooMany  bool // runs: only words are left to join by
}

func newPins() pins { return pins{groups: map[pinKey]*pinned{}, sessions: map[string]int32{}} }

type pinKey struct {
	of     *statement
	reason string
}

// pinned are the pins of one digest.
type pinned struct {
	runs
	of      *statement
	reason  string
	clients names
	first   Line
	left    *Row // of those that no row is the reason of
}

// pin is one of them.
type pin struct {
	group  *pinned
	at     int64  // in microseconds, as times of which there are many; 0 for none
	server string // the proxy's name of the connection to the database
	to     *Row   // its reason
}

// ran is a run of a statement that leaves something in its session.
type ran struct {
	row     *Row
	at      int64
	session int32
}

// micros is a time in microseconds, 0 for none: a third of a time.Time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// add takes a pin of the proxy's log; left are the names that may be kept yet.
func (p *pins) add(k *statement, e *pglog.Entry, left *int) {
	group := p.groups[pinKey{k, e.Reason}]
	if group == nil {
		if len(p.groups) == maxKinds {
			return
		}
		group = &pinned{of: k, reason: strings.Clone(e.Reason), first: lineOf(e)}
		p.groups[pinKey{k, group.reason}] = group
	}
	group.runs.add(e)
	group.clients.add(e.Session, left)
	if e.Step != pglog.Parse && len(p.each) < maxPins {
		p.each = append(p.each, pin{group: group, at: micros(e.Time), server: strings.Clone(e.Server)})
	}
}

// ran takes a run of PostgreSQL's log.
func (p *pins) ran(r *Row, e *pglog.Entry) {
	if p.tooMany || e.Time.IsZero() || e.Session == "" {
		return
	}
	if p.tooMany = len(p.all) == maxRuns; p.tooMany {
		p.all, p.sessions = nil, nil
		return
	}
	session, ok := p.sessions[e.Session]
	if !ok {
		session = int32(len(p.sessions))
		p.sessions[strings.Clone(e.Session)] = session
	}
	p.all = append(p.all, ran{r, micros(e.Time), session})
}

// join gives each pin to the row that is its reason: the only one whose words
// these are, else the one that ran at that time, on that connection where the
// proxy's name of it is known from another pin. Pins that no single row is the
// reason of are rows of their own.
func (p *pins) join(rows []*Row) []*Row {
	candidates := map[*pinned][]*Row{}
	for _, group := range p.groups {
		for _, r := range rows {
			if matches(group.of.tokens, r.tokens) {
				candidates[group] = append(candidates[group], r)
			}
		}
	}
	slices.SortStableFunc(p.all, func(a, b ran) int { return cmp.Compare(a.at, b.at) })
	byRow := map[*Row][]ran{}
	for _, run := range p.all {
		byRow[run.row] = append(byRow[run.row], run)
	}
	servers := map[string]int32{}
	for range 2 { // what the first finds tells connections apart in the second
		for i := range p.each {
			if pin := &p.each[i]; pin.to == nil {
				pin.to = p.reasonOf(pin, candidates[pin.group], byRow, servers)
			}
		}
	}
	left := map[*pinned]int64{}
	for _, group := range p.groups {
		left[group] = group.times()
		if of := candidates[group]; len(of) == 1 {
			of[0].Pins += group.times()
			left[group] = 0
		}
	}
	for _, pin := range p.each {
		if pin.to != nil && left[pin.group] > 0 {
			pin.to.Pins++
			left[pin.group]--
		}
	}
	return append(rows, p.rowsOf(left)...)
}

// maxNear is how many runs about the time of a pin are looked at for one row.
const maxNear = 1000

// reasonOf is the row that is the reason of a pin, nil for none or several.
func (p *pins) reasonOf(pin *pin, candidates []*Row, byRow map[*Row][]ran, servers map[string]int32) *Row {
	var of *Row
	if len(candidates) == 1 {
		of = candidates[0]
	}
	session, known := servers[pin.server]
	var sessions []int32
	for _, r := range candidates {
		for _, run := range near(byRow[r], pin.at) {
			switch {
			case known && run.session != session:
				continue
			case of != nil && of != r:
				return nil
			case !slices.Contains(sessions, run.session) && len(sessions) < 2:
				sessions = append(sessions, run.session)
			}
			of = r
		}
	}
	if len(sessions) == 1 && pin.server != "" {
		servers[pin.server] = sessions[0]
	}
	return of
}

// near are the runs about the time of a pin.
func near(all []ran, at int64) []ran {
	from, _ := slices.BinarySearchFunc(all, at-apart, byTime)
	to, _ := slices.BinarySearchFunc(all, at+apart+1, byTime)
	return all[from:min(to, from+maxNear)]
}

func byTime(r ran, at int64) int { return cmp.Compare(r.at, at) }

// rowsOf are rows of the pins that are left, in an order of their own.
func (p *pins) rowsOf(left map[*pinned]int64) (rows []*Row) {
	for group, n := range left {
		if n > 0 {
			group.left = &Row{statement: group.of, application: newApplication(appKey{}), Reason: group.reason, First: group.first, ran: runs{run: n}, sessions: group.clients}
			rows = append(rows, group.left)
		}
	}
	slices.SortFunc(rows, func(a, b *Row) int {
		return cmp.Or(inOrder(a, b), cmp.Compare(len(a.sessions.all), len(b.sessions.all)))
	})
	return rows
}
