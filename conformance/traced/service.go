// Package traced is a small service that changes its sessions in each of the
// ways that poolvet trace must find the line of: the test runs it, each function
// as a database user of the function's name, and reads the server's log.
package traced

import (
	"context"
	"database/sql"
	_ "embed"
)

//go:embed schema.sql
var Schema string

// A Way is a function that changes the session, by the name that poolvet gives
// it.
type Way struct {
	Func string
	Run  func(ctx context.Context, dsn string) error
}

// Ways are all of them.
var Ways = []Way{
	{"openPool", withPool},
	{"connector.Connect", withConnector},
	{"store.setTenant", withStore(func(ctx context.Context, s *store) error { return s.setTenant(ctx, "a") })},
	{"store.useSchema", withStore(func(ctx context.Context, s *store) error { return s.useSchema(ctx, "public") })},
	{"store.enter", withStore(func(ctx context.Context, s *store) error { return s.enter(ctx, "a") })},
	{"store.actAs", withStore(func(ctx context.Context, s *store) error { return s.actAs(ctx, "postgres") })},
	{"store.totals", withStore(func(ctx context.Context, s *store) error { return s.totals(ctx) })},
	{"store.planSlowly", withStore(func(ctx context.Context, s *store) error { return s.planSlowly(ctx) })},
	{"lockReports", withConn(lockReports)},
	{"setting", withConn(setting)},
	{"listen", withConn(listen)},
	{"prepare", withConn(prepare)},
	{"cursor", withConn(cursor)},
	{"forget", withConn(forget)},
	{"readOnly", withGorm},
	{"listener", listener},
	{"migrateUp", migrateUp},
}

// store runs SQL by a wrapper of its own.
type store struct{ db *sql.DB }

func (s *store) run(ctx context.Context, query string, args ...any) error {
	_, err := s.db.ExecContext(ctx, query, args...)
	return err
}

func withStore(f func(ctx context.Context, s *store) error) func(ctx context.Context, dsn string) error {
	return func(ctx context.Context, dsn string) error {
		db, err := sql.Open("postgres", dsn)
		if err != nil {
			return err
		}
		defer db.Close()
		return f(ctx, &store{db})
	}
}
