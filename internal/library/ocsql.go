package library

// ocsql traces what database/sql runs.
// https://pkg.go.dev/contrib.go.opencensus.io/integrations/ocsql
var ocsql = &Library{
	Name:     "ocsql",
	Read:     "v0.1.7",
	Packages: []Package{{Path: "contrib.go.opencensus.io/integrations/ocsql", Renames: "Register RegisterWithSource"}},
}
