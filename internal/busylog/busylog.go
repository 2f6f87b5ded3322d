// Package busylog writes the log of a server that is busy: some hundred statements
// whose values change all the time, of many sessions and programs. It is the same
// one every time, of any length, for tests and benchmarks of what reads logs.
package busylog

import (
	"io"
	"math/rand/v2"
	"strconv"
	"time"
)

// Format is how the log is written.
type Format int

const (
	Stderr Format = iota // with Prefix
	RDS                  // with RDSPrefix
	CSV
	JSON
	Strange // as Stderr, each line of another session, with another statement
)

// The prefixes of the logs, as log_line_prefix has them.
const (
	Prefix    = "%m [%p] %q%u@%d %a "
	RDSPrefix = "%t:%r:%u@%d:[%p]:"
)

// New is a log of about size bytes: up to the end of a message.
func New(f Format, size int64) io.Reader {
	w := &writer{format: f, left: size, rand: rand.New(rand.NewPCG(1, 2)), now: time.Date(2026, 3, 12, 10, 4, 5, 0, time.UTC)}
	for range 200 {
		w.sessions = append(w.sessions, w.newSession())
	}
	return w
}

// session is one that the server has.
type session struct {
	pid, port, line     int
	start               time.Time
	user, db, app, host string
	id                  string
}

var (
	users = []string{"shop", "billing", "reports", "app_rw", "app_ro", "postgres"}
	dbs   = []string{"shop", "billing", "warehouse"}
	apps  = []string{"shop-api", "shop-worker", "billing", "reports", "psql", "PostgreSQL JDBC Driver", "cron", "search-indexer", "admin", "gateway"}
)

type writer struct {
	format   Format
	rand     *rand.Rand
	now      time.Time
	sessions []*session
	pids     int
	left     int64

	out    []byte // that is not read yet
	buf    []byte
	sql    []byte // of the message that is written
	values []byte // as DETAIL has them
}

func (w *writer) Read(b []byte) (int, error) {
	if len(w.out) == 0 {
		if w.left <= 0 {
			return 0, io.EOF
		}
		w.buf = w.buf[:0]
		for len(w.buf) < 1<<16 && int64(len(w.buf)) < w.left {
			w.event()
		}
		w.out = w.buf
		w.left -= int64(len(w.buf))
	}
	n := copy(b, w.out)
	w.out = w.out[n:]
	return n, nil
}

func pick[T any](w *writer, of []T) T { return of[w.rand.IntN(len(of))] }

func (w *writer) newSession() *session {
	w.pids++
	s := &session{
		pid: 4000 + w.pids, port: 1024 + w.pids*7%60000, start: w.now, user: pick(w, users), db: pick(w, dbs), app: pick(w, apps),
		host: "10.0." + strconv.Itoa(w.rand.IntN(4)) + "." + strconv.Itoa(w.rand.IntN(250)),
	}
	s.id = strconv.FormatInt(s.start.Unix(), 16) + "." + strconv.FormatInt(int64(s.pid), 16)
	return s
}

// event writes what happens next: one message or some that belong together.
func (w *writer) event() {
	w.now = w.now.Add(time.Duration(w.rand.IntN(400)) * time.Microsecond)
	at := w.rand.IntN(len(w.sessions))
	if w.format == Strange {
		w.strange()
		return
	}
	s := w.sessions[at]
	switch n := w.rand.IntN(1000); {
	case n < 300:
		w.fill(pick(w, statements), false)
		w.message(s, "statement: ", w.sql, nil)
	case n < 450:
		w.fill(pick(w, statements), false)
		w.message(s, w.took("statement: "), w.sql, nil)
	case n < 700:
		i := w.rand.IntN(len(statements))
		w.fill(statements[i], true)
		w.message(s, "execute stmtcache_"+strconv.Itoa(i)+": ", w.sql, w.values)
	case n < 800:
		w.fill(pick(w, statements), true)
		w.message(s, w.took("execute <unnamed>: "), w.sql, w.values)
	case n < 860:
		w.message(s, w.took(""), nil, nil)
	case n < 940:
		w.message(s, "statement: ", pick(w, plain), nil)
	case n < 955:
		w.fill(pick(w, settings), n%2 == 0)
		w.message(s, "execute <unnamed>: ", w.sql, w.values)
	case n < 975:
		w.fill(pick(w, statements), true)
		w.refused(s)
	case n < 990:
		w.message(s, "disconnection: session time: 0:00:12.345 user="+s.user+" database="+s.db+" host="+s.host, nil, nil)
		s = w.newSession()
		w.sessions[at] = s
		w.message(s, "connection received: host="+s.host+" port="+strconv.Itoa(s.port), nil, nil)
		w.message(s, "connection authorized: user="+s.user+" database="+s.db+" application_name="+s.app, nil, nil)
	default:
		w.message(s, "checkpoint complete: wrote "+strconv.Itoa(w.rand.IntN(9000))+" buffers (1.2%); 0 WAL file(s) added, 0 removed, 1 recycled; write=26.9 s, sync=0.004 s, total=26.9 s", nil, nil)
	}
}

// strange is a message that has nothing with another one in common.
func (w *writer) strange() {
	s := w.newSession()
	n := strconv.Itoa(w.pids)
	w.sql = append(append(append(append(append(w.sql[:0], "SET app"...), n...), ".tenant"...), n...), " = 'x'"...)
	if w.pids%2 == 0 {
		w.sql = append(append(append(append(w.sql[:0], "SELECT c"...), n...), " FROM t"...), n...)
	}
	s.app = "app" + n
	w.message(s, "statement: ", w.sql, nil)
}

// took begins the message of a duration.
func (w *writer) took(word string) string {
	ms := "duration: " + strconv.FormatFloat(float64(w.rand.IntN(90_000))/1000, 'f', 3, 64) + " ms"
	if word == "" {
		return ms
	}
	return ms + "  " + word
}
