// Package pgxlisten has the signatures of github.com/jackc/pgxlisten, as in
// pgxlisten.go of https://github.com/jackc/pgxlisten. It does nothing.
package pgxlisten

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

type Listener struct {
	Connect  func(ctx context.Context) (*pgx.Conn, error)
	LogError func(context.Context, error)
}

func (l *Listener) Handle(channel string, handler Handler) {}

func (l *Listener) Listen(ctx context.Context) error { return nil }

type Handler interface {
	HandleNotification(ctx context.Context, notification *pgconn.Notification, conn *pgx.Conn) error
}

type HandlerFunc func(ctx context.Context, notification *pgconn.Notification, conn *pgx.Conn) error

func (f HandlerFunc) HandleNotification(ctx context.Context, notification *pgconn.Notification, conn *pgx.Conn) error {
	return f(ctx, notification, conn)
}
