package library

// pgxmock stands for pgx in tests. https://pkg.go.dev/github.com/pashagolub/pgxmock/v4
var pgxmock = &Library{
	Name:     "pgxmock",
	Postgres: "github.com/pashagolub/pgxmock",
}
