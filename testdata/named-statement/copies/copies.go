// Package copies prepares COPY, whatever way its text takes: lib/pq sends it
// as a query. It is judged behind PgBouncer 1.18.
package copies

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/lib/pq"

	"github.com/poolvet/poolvet/testdata/named-statement/copies/texts"
)

type loader struct {
	tx   *sql.Tx
	text string // want text:"carriesSQL"
}

func newLoader(tx *sql.Tx) *loader { return &loader{tx, pq.CopyIn("t", "a")} }

func (l *loader) field() { l.tx.Prepare(l.text) }

func variable(tx *sql.Tx, columns []string) {
	text := pq.CopyIn("t", columns...)
	tx.Prepare(text)
}

func helper(table string) string {
	if table == "" {
		return pq.CopyInSchema("app", "t", "a")
	}
	return pq.CopyIn(table, "a")
}

func helped(tx *sql.Tx) { tx.Prepare(helper("t")) }

func parameter(ctx context.Context, tx *sql.Tx, text string) { // want text:"carriesSQL"
	tx.PrepareContext(ctx, text)
}

func passes(ctx context.Context, tx *sql.Tx) { parameter(ctx, tx, pq.CopyIn("t", "a")) }

func elsewhere(tx *sql.Tx) {
	tx.Prepare(texts.Users)
	tx.Prepare(texts.Orders)
	tx.Prepare(texts.Table{Name: "t"}.Copy("a"))
	text, _ := texts.Copy("t", "a")
	tx.Prepare(text)
	tx.Prepare("copy " + pq.QuoteIdentifier("t") + " from stdin")
	tx.Prepare(texts.Query()) // want `tx.Prepare: fails.*\(named-statement\)`
}

// The unnamed statement, to describe it.
func describes(ctx context.Context, conn *pgx.Conn, raw *pgconn.PgConn, name string) {
	const unnamed = ""
	conn.Prepare(ctx, "", "SELECT a FROM t")
	raw.Prepare(ctx, unnamed, "SELECT a FROM t", nil)
	conn.Prepare(ctx, name, "SELECT a FROM t") // want `conn.Prepare of SELECT a FROM t: fails.*\(named-statement\)`
}
