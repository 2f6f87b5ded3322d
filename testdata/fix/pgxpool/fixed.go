package fixpgxpool

import (
	"context"
	"fmt"
	"log"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Strings that others use too are left as they are.
const (
	shared = "host=db user=shared"
	spare  = "host=db user=spare"
	third  = "host=db user=third"
)

func open(ctx context.Context) (*pgxpool.Pool, error) {
	fmt.Println(shared, spare, third)
	config, err := pgxpool.ParseConfig(shared) // want `named-statement`
	if err != nil {
		return nil, err
	}
	config.MaxConns = 20
	return pgxpool.NewWithConfig(ctx, config)
}

// Both fixes of the file import pgx.
func other(ctx context.Context) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(spare) // want `named-statement`
	if err != nil {
		log.Fatal(err)
	}
	return pgxpool.NewWithConfig(ctx, config)
}

func unhandled(ctx context.Context) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(third) // want `named-statement`
	if err != nil {
		log.Print(err)
	}
	return pgxpool.NewWithConfig(ctx, config)
}

// What the operator's string says stands: the manual may tell to set a mode.
func operators(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url) // want `named-statement`
	if err != nil {
		return nil, err
	}
	return pgxpool.NewWithConfig(ctx, config)
}

// So does what the program's own string says, for whoever else reads it.
const says = "host=db default_query_exec_mode=cache_statement" // want `named-statement`

func said(ctx context.Context) (*pgxpool.Pool, error) {
	fmt.Println(says)
	config, err := pgxpool.ParseConfig(says)
	if err != nil {
		return nil, err
	}
	return pgxpool.NewWithConfig(ctx, config)
}

// And a file of services.
func service(ctx context.Context) (*pgxpool.Pool, error) {
	return pgxpool.New(ctx, "service=app") // want `named-statement`
}
