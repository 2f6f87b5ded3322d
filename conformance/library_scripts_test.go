package conformance

import (
	"context"
	"database/sql"
	"time"

	migrate "github.com/golang-migrate/migrate/v4/database/postgres"
	"github.com/lib/pq"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/uptrace/bun/driver/pgdriver"
)

// connectSet connects with pgdriver, which turns search_path into a SET.
func connectSet(probe, key string) func(*bench, string) pooler.Outcome {
	return func(s *bench, _ string) pooler.Outcome {
		db := sql.OpenDB(pgdriver.NewConnector(pgdriver.WithDSN(s.dsn() + "&" + key)))
		defer db.Close()
		has := func() (has bool) {
			if err := db.QueryRow(probe).Scan(&has); err != nil {
				s.Fatal(err)
			}
			return has
		}
		here := has()
		leaks, keeps := s.sees(s.b, probe), false
		s.elsewhere(func() { keeps = has() })
		switch {
		case leaks && !keeps:
			return pooler.Leaks
		case here && keeps:
			return pooler.OK
		}
		return pooler.Lost
	}
}

// listener listens with lib/pq, which reports no error and hears nothing.
func listener(listens string) func(*bench, string) pooler.Outcome {
	return func(s *bench, _ string) pooler.Outcome {
		l := pq.NewListener(s.dsn(), time.Second, time.Second, nil)
		defer l.Close()
		if err := l.Listen("news"); err != nil {
			return s.refused(err)
		}
		d := s.direct()
		for range 3 {
			s.value(d, "NOTIFY news")
		}
		heard := 0
		for timeout := time.After(200 * time.Millisecond); ; {
			select {
			case n := <-l.Notify:
				if n != nil {
					heard++
				}
				continue
			case <-timeout:
			}
			break
		}
		s.Logf("%d of 3 notifications", heard)
		switch {
		case heard == 3:
			return pooler.OK
		case s.sees(s.b, listens):
			return pooler.Leaks
		}
		return pooler.Lost
	}
}

// migrationLock locks with golang-migrate and unlocks on another server
// connection: it reports no error, and the lock stays.
func migrationLock(held string) func(*bench, string) pooler.Outcome {
	return func(s *bench, _ string) pooler.Outcome {
		db, err := sql.Open("postgres", s.dsn()+"&binary_parameters=yes")
		if err != nil {
			s.Fatal(err)
		}
		defer db.Close()
		conn, err := db.Conn(context.Background())
		if err != nil {
			s.Fatal(err)
		}
		m, err := migrate.WithConnection(context.Background(), conn, &migrate.Config{})
		if err != nil {
			s.Fatal(err)
		}
		if err := m.Lock(); err != nil {
			s.Fatal(err)
		}
		if !s.sees(s.direct(), "select count(*) > 0 from pg_locks where locktype = 'advisory'") {
			return pooler.Lost
		}
		s.elsewhere(func() {
			if err := m.Unlock(); err != nil {
				s.Errorf("golang-migrate notices that it did not unlock: %v", err)
			}
		})
		if s.sees(s.b, held) {
			return pooler.Leaks
		}
		return pooler.OK
	}
}
