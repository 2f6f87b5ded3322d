package library

const PgxlistenPath = "github.com/jackc/pgxlisten"

// pgxlisten listens on a connection of its own.
// https://pkg.go.dev/github.com/jackc/pgxlisten
var pgxlisten = &Library{
	Name: "pgxlisten",
	Packages: []Package{
		{
			Path:       PgxlistenPath,
			Configures: true,
		},
	},
	Database: PgxlistenPath,
	Postgres: PgxlistenPath,
}
