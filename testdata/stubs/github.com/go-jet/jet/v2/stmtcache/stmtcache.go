// Package stmtcache has the constructor of github.com/go-jet/jet/v2/stmtcache,
// as in stmtcache/db.go of https://github.com/go-jet/jet. It does nothing.
package stmtcache

import "database/sql"

type DB struct{ *sql.DB }

func New(db *sql.DB) *DB { return &DB{DB: db} }
