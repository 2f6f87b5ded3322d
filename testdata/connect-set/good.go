package connectset

import "github.com/uptrace/bun/driver/pgdriver"

func read() {
	pgdriver.NewConnector(
		pgdriver.WithDSN("postgres://db/app?sslmode=disable&application_name=app&timeout=5s"),
		pgdriver.WithApplicationName("app"),
	)
	pgdriver.NewConnector(pgdriver.WithConnParams(map[string]any{
		"timezone": "UTC", // PgBouncer tracks it
	}))
}
