package library

// otelpgx traces what pgx runs. https://pkg.go.dev/github.com/exaring/otelpgx
var otelpgx = &Library{
	Name:  "otelpgx",
	Keeps: "github.com/exaring/otelpgx",
}
