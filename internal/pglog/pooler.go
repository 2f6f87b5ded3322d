package pglog

import (
	"regexp"
	"strings"
)

// pooler reads a line of RDS Proxy's log or of PgBouncer's, and says of which.
func (r *reader) pooler(text string) string {
	switch {
	case strings.Contains(text, "[clientConnection="):
		r.rdsProxy(text)
		return "rdsproxy"
	case strings.Contains(text, " C-0x") || strings.Contains(text, " S-0x") || strings.HasPrefix(text, "C-0x") || strings.HasPrefix(text, "S-0x"):
		r.pgBouncer(text)
		return "pgbouncer"
	case ofPgBouncer.MatchString(text):
		return "pgbouncer"
	}
	return ""
}

// ofPgBouncer is a line of PgBouncer's that is of no connection.
var ofPgBouncer = regexp.MustCompile(`^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}(?: \w+)? \[\d+\] (?:LOG|WARNING|ERROR|FATAL|DEBUG|NOISE) `)

// rdsProxy hands on that a session was pinned, or will be when a statement runs.
func (r *reader) rdsProxy(text string) {
	pins := strings.Contains(text, "The client session was pinned to the database connection")
	will := strings.Contains(text, "If this prepared statement runs, the client session will be pinned")
	if !pins && !will {
		return
	}
	r.flush()
	e := r.fresh(r.line)
	e.Kind = Pin
	if will {
		e.Step = Parse
	}
	if to := timestamp(text, 0); to > 0 {
		e.Time = instant(text[:to])
	} else {
		e.Time = instant(r.outer.at)
	}
	_, rest, _ := strings.Cut(text, "[clientConnection=")
	e.Session, _, _ = strings.Cut(rest, "]")
	if _, server, ok := strings.Cut(rest, "[dbConnection="); ok {
		e.Server, _, _ = strings.Cut(server, "]")
	}
	if _, reason, ok := strings.Cut(rest, " Reason: "); ok {
		e.Reason, e.Digest, _ = strings.Cut(reason, ` Digest: "`)
		e.Reason = strings.TrimSpace(e.Reason)
		e.Digest = strings.TrimSuffix(strings.TrimRight(e.Digest, " ."), `"`)
	}
	r.hand()
}

// routine are the reasons for which PgBouncer closes connections all day.
var routine = []string{
	"client close request", "client unexpected eof", "server idle timeout", "server lifetime over",
	"server_lifetime", "successfully sent cancel request", "database configuration changed",
	"obsolete connection", "pause mode", "suspend_timeout", "evicted", "server shutting down", "pooler is shutting down",
}

// pgBouncer hands on that a connection was closed for a reason that is not
// routine: "C-0x55: shop/alice@10.0.0.1:5000 closing because: REASON (age=3s)".
func (r *reader) pgBouncer(text string) {
	before, reason, ok := strings.Cut(text, " closing because: ")
	if !ok {
		return
	}
	// The address of a socket is used again, the client's port not so soon.
	socket := max(strings.LastIndex(before, "C-0x"), strings.LastIndex(before, "S-0x"))
	if socket < 0 {
		return
	}
	reason, _, _ = cutLast(reason, " (age=")
	for _, s := range routine {
		if reason == s {
			return
		}
	}
	r.flush()
	e := r.fresh(r.line)
	e.Kind, e.Reason = Refusal, reason
	if to := timestamp(before, 0); to > 0 {
		e.Time = instant(before[:to])
	} else {
		e.Time = instant(r.outer.at)
	}
	e.Session = before[socket:]
	_, peer, _ := strings.Cut(e.Session, ": ")
	var from string
	if e.Database, from, ok = strings.Cut(peer, "/"); ok {
		e.User, e.Host, _ = cutLast(from, "@")
		e.Host = strings.Trim(address(e.Host), "[]")
	}
	if e.Database == "(nodb)" {
		e.Database = ""
	}
	if e.User == "(nouser)" {
		e.User = ""
	}
	r.hand()
}
