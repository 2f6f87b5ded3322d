package shapes

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

type EmbedsDB struct {
	name string
	*sql.DB
}

type EmbedsConn struct{ *pgxpool.Conn }

type EmbedsTx struct{ EmbedsPgxTx }

type EmbedsPgxTx struct{ pgx.Tx }

type TxInterface interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) // sink 1
	Commit() error
	Rollback() error
}

type Session interface {
	TxInterface
	BeginTx(ctx context.Context) error
}

type HasDBField struct{ db *sql.DB }
