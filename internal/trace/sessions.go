package trace

import (
	"strings"

	"github.com/poolvet/poolvet/internal/pglog"
)

// maxHeld is of how many sessions the time is kept over which they held state.
const maxHeld = 1 << 17

// names are those of the sessions that sent something, if need be not all of them.
type names struct {
	all  map[string]bool
	more bool
}

// add adds one, where left of all that may be kept there are some.
func (n *names) add(session string, left *int) {
	switch {
	case session == "" || n.all[session]:
	case len(n.all) == maxSessions || *left == 0:
		n.more = true
	default:
		if n.all == nil {
			n.all = map[string]bool{}
		}
		n.all[strings.Clone(session)] = true
		*left--
	}
}

// held is a session from the first statement on that left something in it.
type held struct {
	row      *Row  // of that statement
	from, to int64 // in microseconds
}

// sessions are those that hold state.
type sessions struct {
	all  []held
	open map[string]int // those that did not end, by their names
}

func newSessions() sessions { return sessions{open: map[string]int{}} }

// seen notes that a session is still there.
func (s *sessions) seen(e *pglog.Entry) {
	if i, ok := s.open[e.Session]; ok {
		s.all[i].to = max(s.all[i].to, micros(e.Time))
	}
}

// end notes that a session is over: its name may be another's later.
func (s *sessions) end(e *pglog.Entry) {
	s.seen(e)
	delete(s.open, e.Session)
}

// holds notes that a statement left something in its session.
func (s *sessions) holds(r *Row, e *pglog.Entry) {
	if e.Session == "" || e.Time.IsZero() || len(s.all) == maxHeld {
		return
	}
	if _, ok := s.open[e.Session]; !ok {
		s.open[strings.Clone(e.Session)] = len(s.all)
		s.all = append(s.all, held{r, micros(e.Time), micros(e.Time)})
	}
}
