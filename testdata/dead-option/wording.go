package deadoption

import (
	"context"

	"github.com/jackc/pgx/v5"
)

func wording(ctx context.Context) {
	pgx.Connect(ctx, "postgres://db/app?pool_max_conns=4&default_query_exec_mode=exec") // want `^pool_max_conns in the connection string: belongs to pgxpool; pgx sends it to the server, which refuses the connection \(42704\); remove it \(dead-option\)$`
}
