package namedstatement

import (
	"database/sql"

	"github.com/go-jet/jet/v2/stmtcache"
	"github.com/upper/db/v4"
)

// Caches of statements prepare whatever they are given.
func caches(pool *sql.DB, sess db.Session, on bool) {
	stmtcache.New(pool)                                // want `stmtcache.New.*\(named-statement\)`
	sess.SetPreparedStatementCache(true)               // want `sess.SetPreparedStatementCache.*\(named-statement\)`
	db.DefaultSettings.SetPreparedStatementCache(true) // want `SetPreparedStatementCache.*\(named-statement\)`
	sess.SetPreparedStatementCache(false)
	sess.SetPreparedStatementCache(on)
}
