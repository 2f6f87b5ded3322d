// want package:"sessionChanges"

// Package given listens on what others make.
package given

import "github.com/lib/pq"

func jobs(l *pq.Listener) {
	l.Listen("jobs") // want `l.Listen\("jobs"\): hears nothing behind PgBouncer 1.18.*\(listen\)`
}
