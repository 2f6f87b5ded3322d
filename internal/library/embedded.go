package library

// embedded runs a server for tests.
// https://pkg.go.dev/github.com/fergusstrange/embedded-postgres
var embedded = &Library{
	Name:     "embedded",
	Postgres: "github.com/fergusstrange/embedded-postgres",
}
