package frontends

// repeated is a module of several packages and files whose findings hang on facts
// of other packages. One package has C where there is a compiler, and other Go
// where there is none.
const repeated = `
-- go.mod --
module example.com/repeated
go 1.25
-- store/store.go --
// Package store has what the others use: functions that take SQL, that change
// the session, that need a transaction, and pools behind other poolers.
package store

import (
	"database/sql"
	"fmt"
)

type Store struct{ db *sql.DB }

func (s *Store) Run(name, query string) { s.db.Exec(query) }

func (s *Store) Runf(name, format string, args ...any) { s.Run(name, fmt.Sprintf(format, args...)) }

func In(tx *sql.Tx, query string) { tx.Exec(query) }

func Both(db *sql.DB, first, second string) { db.Exec(first); db.Exec(second) }

type Job struct{ SQL string }

func (j Job) Do(db *sql.DB) { db.Exec(j.SQL) }

// DB is what a pool and a transaction have in common.
type DB interface {
	Exec(query string, args ...any) (sql.Result, error)
}

func Tenant(db DB) { db.Exec("SET LOCAL app.tenant = 'a'") }

func Wait(db DB) { db.Exec("LOCK TABLE orders") }
-- store/open.go --
package store

import "database/sql"

func Open(url string) (*sql.DB, error) { return sql.Open("postgres", url) }

// Options are what a pool is opened with.
type Options struct{ URL string }

func (o Options) Open() (*sql.DB, error) { return sql.Open("postgres", o.URL) }

func URL() string { return "postgres://app@db.internal/app?options=-csearch_path%3Dapp" }

var Reports = "postgres://app@reports.internal/app?statement_timeout=5s"

// Pools are all that there are.
type Pools struct {
	Main *sql.DB
	//poolvet:pooler odyssey -- the archive
	Archive *sql.DB
	//poolvet:direct -- port 5432
	Direct *sql.DB
}
-- store/session.go --
package store

import (
	"database/sql"
	_ "embed"
)

//go:embed setup.sql
var setup string

func Setup(db *sql.DB) { db.Exec(setup) }

func Become(db *sql.DB) { db.Exec("SET ROLE auditor") }

func Lock(db *sql.DB) { db.Exec("SELECT pg_advisory_lock(1)") }

func Hear(db *sql.DB) { db.Exec("LISTEN orders") }

func Native() int { return native() }
-- store/setup.sql --
SET ROLE app;
CREATE FUNCTION become() RETURNS void LANGUAGE sql AS 'SET ROLE other';
SELECT become();
CREATE TEMP TABLE seen (id int);
-- store/native_cgo.go --
//go:build cgo

package store

// static int native(void) { return 1; }
import "C"

func native() int { return int(C.native()) }
-- store/native_go.go --
//go:build !cgo

package store

func native() int { return 0 }
-- orders/orders.go --
package orders

import (
	"database/sql"

	"example.com/repeated/store"
)

type Orders struct {
	store *store.Store
	pools store.Pools
}

func (o *Orders) Run(query string) { o.store.Run("orders", query) }

func (o *Orders) All(db *sql.DB, tx *sql.Tx, role string) {
	o.store.Run("a", "SET ROLE app")
	o.store.Runf("b", "SET app.x = %d", 1)
	o.Run("LISTEN a; SET ROLE b")
	store.In(tx, "LISTEN orders")
	store.Both(db, "SET work_mem = '1MB'", "CREATE TEMP TABLE t (id int)")
	store.Job{SQL: "SET search_path = " + role}.Do(db)
	store.Tenant(db)
	store.Wait(db)
	store.Setup(db)
	store.Become(db)
}

func (o *Orders) Pools() {
	o.pools.Main.Exec("SET ROLE a")
	o.pools.Archive.Exec("SET ROLE a")
	o.pools.Direct.Exec("SET ROLE a")
}
-- orders/open.go --
package orders

import (
	"database/sql"

	"example.com/repeated/store"
)

func open(deep bool) []*sql.DB {
	a, _ := store.Open("postgres://app@db/app?search_path=app&statement_timeout=5s")
	b, _ := store.Options{URL: "host=db search_path=app role=app"}.Open()
	c, _ := sql.Open("postgres", store.URL())
	d, _ := sql.Open("postgres", store.Reports)
	query := "SET ROLE a"
	if deep {
		query = "SET ROLE b"
	}
	for _, db := range []*sql.DB{a, b, c, d} {
		db.Exec(query)
		for _, q := range []string{"LISTEN x", "LISTEN y", "SELECT 1"} {
			db.Exec(q)
		}
	}
	return []*sql.DB{a, b, c, d}
}
-- orders/orders_test.go --
package orders

import (
	"database/sql"

	"example.com/repeated/store"
)

func inTest(db *sql.DB) { store.Lock(db); db.Exec("LISTEN tests") }
-- reports/reports.go --
// Package reports is behind another pooler.
package reports

import (
	"database/sql"

	"example.com/repeated/store"
)

func Use(db *sql.DB, s *store.Store) {
	s.Run("a", "SET ROLE app")
	store.Lock(db)
	db.Exec("PREPARE p AS SELECT 1")
	db.Exec("DECLARE c CURSOR WITH HOLD FOR SELECT 1")
}
-- main.go --
package main

import (
	"database/sql"

	"example.com/repeated/orders"
	"example.com/repeated/reports"
	"example.com/repeated/store"
)

func main() {
	db, _ := store.Open("")
	new(orders.Orders).Run("SET ROLE main")
	new(orders.Orders).All(db, nil, "a")
	reports.Use(db, new(store.Store))
	hear(db)
}

func hear(db *sql.DB) { store.Hear(db) }
`
