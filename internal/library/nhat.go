package library

// nhat traces what database/sql runs. https://pkg.go.dev/go.nhat.io/otelsql
var nhat = &Library{
	Name:     "nhat",
	Read:     "v0.16.0",
	Packages: []Package{{Path: "go.nhat.io/otelsql", Renames: "Register RegisterWithSource"}},
}
