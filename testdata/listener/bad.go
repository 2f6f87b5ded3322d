// want package:"sessionChanges"

// Package listener is judged behind PgBouncer 1.18.
package listener

import (
	"context"
	"time"

	"github.com/go-pg/pg/v10"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgxlisten"
	"github.com/lib/pq"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/driver/pgdriver"
)

func listeners(ctx context.Context, dsn string, db *pg.DB, bundb *bun.DB) {
	l := pq.NewListener(dsn, time.Second, time.Minute, nil) // want `pq.NewListener: hears nothing behind PgBouncer 1.18, without an error; give the listener a direct connection, or poll \(listener\)`
	l.Listen("jobs")
	l.Listen("mails")
	db.Listen(ctx, "jobs")      // want `db.Listen.*\(listener\)`
	pgdriver.NewListener(bundb) // want `pgdriver.NewListener.*\(listener\)`
	_ = &pgxlisten.Listener{Connect: func(ctx context.Context) (*pgx.Conn, error) {
		return nil, nil // want `pgxlisten.Listener.*\(listener\)`
	}}
	pq.NewListener("host=db search_path=app", time.Second, time.Minute, nil) // want `\(listener\)` `search_path in the connection string.*\(startup-parameter\)`
}

func works(pool *pgxpool.Pool, workers *river.Workers) {
	river.NewClient(riverpgxv5.New(pool), &river.Config{ // want `river.NewClient.*PollOnly: true.*\(listener\)`
		Queues:  map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 100}},
		Workers: workers,
	})
}

type worker struct{ l *pq.Listener }

// A listener that is made elsewhere is one finding, at the first channel.
func (w *worker) listens() {
	w.l.Listen("jobs") // want `w\.l\.Listen\("jobs"\): hears nothing behind PgBouncer 1\.18.*\(listen\)`
	w.l.Listen("mails")
	w.l.Unlisten("jobs")
}
