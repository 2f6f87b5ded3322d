package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Pools that one package opens, another takes through a third, and a fourth
// takes in a field.
const givenPools = `
-- go.mod --
module example.com/app
go 1.25
-- db/db.go --
package db

import "database/sql"

type Pools struct {
	Main *sql.DB
	//poolvet:direct -- port 5432
	Direct *sql.DB
}
-- store/store.go --
package store

import "database/sql"

type Store struct{ db *sql.DB }

func New(db *sql.DB) *Store { return &Store{db} }

func (s *Store) Listen() { s.db.Exec("LISTEN store") }
-- both/both.go --
package both

import "database/sql"

func Run(db *sql.DB) { db.Exec("LISTEN both") }
-- field/field.go --
package field

import "database/sql"

type Job struct{ DB *sql.DB }

func (j *Job) Run() { j.DB.Exec("LISTEN field") }
-- alone/alone.go --
package alone

import "database/sql"

func Run(db *sql.DB) { db.Exec("LISTEN alone") }
-- service/service.go --
package service

import (
	"database/sql"

	"example.com/app/store"
)

func New(db *sql.DB) *store.Store { return store.New(db) }
-- wires/wires.go --
package wires

import (
	"example.com/app/db"
	"example.com/app/silent"
)

func Wire(p *db.Pools) *silent.Store { return silent.New(p.Direct) }
-- silent/silent.go --
package silent

import "database/sql"

type Store struct{ db *sql.DB }

func New(db *sql.DB) *Store { return &Store{db} }

func (s *Store) Listen() { s.db.Exec("LISTEN silent") }
-- main.go --
package main

import (
	"example.com/app/both"
	"example.com/app/db"
	"example.com/app/field"
	"example.com/app/service"
)

func main() {
	var p db.Pools
	service.New(p.Direct).Listen()
	both.Run(p.Main)
	both.Run(p.Direct)
	(&field.Job{DB: p.Direct}).Run()
}
-- other/other.go --
package other

import (
	"database/sql"

	"example.com/app/alone"
)

func Use(db *sql.DB) { alone.Run(db) }
`

// What is said of a pool holds in the packages that are given it, however many
// are between; one that also gets another pool is judged for both.
func TestPoolsThatPackagesGiveEachOther(t *testing.T) {
	dir := module(t, givenPools)
	want := "alone both"
	for range 3 {
		var got []string
		for _, f := range decode(t, poolvet(t, dir, "", "-pooler=pgbouncer", "-format=json", "./...").stdout) {
			got = append(got, strings.TrimPrefix(f["package"].(string), "example.com/app/"))
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("found in %v, want %s", got, want)
		}
	}
	rewrite(t, dir+"/db/db.go", "//poolvet:direct -- port 5432", "//poolvet:pooler odyssey -- the other one")
	var got []string
	for _, f := range decode(t, poolvet(t, dir, "", "-pooler=pgbouncer", "-format=json", "./...").stdout) {
		got = append(got, fmt.Sprint(strings.TrimPrefix(f["package"].(string), "example.com/app/"), ":", f["pooler"]))
	}
	slices.Sort(got)
	if want := "alone:pgbouncer@1.26 both:pgbouncer@1.26 field:odyssey@1.5 silent:odyssey@1.5 store:odyssey@1.5"; strings.Join(got, " ") != want {
		t.Errorf("found in %v, want %s", got, want)
	}
	poolvet(t, dir, "", "compare", "-pooler=pgbouncer,none", "./...").want(t, 0, "pgbouncer@1.26  leaks", "")
}
