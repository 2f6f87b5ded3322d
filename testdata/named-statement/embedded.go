package namedstatement

import (
	"context"

	embedded "github.com/fergusstrange/embedded-postgres"
	"github.com/jackc/pgx/v5/pgxpool"
)

// What starts a server of its own has no pooler before it.
func openEmbedded() (*pgxpool.Pool, error) {
	config := embedded.DefaultConfig()
	if err := embedded.NewDatabase(config).Start(); err != nil {
		return nil, err
	}
	return pgxpool.New(context.Background(), config.GetConnectionURL())
}
