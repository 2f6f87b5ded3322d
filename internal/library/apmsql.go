package library

const apmsqlPath = "go.elastic.co/apm/module/apmsql"

// apmsql traces what database/sql runs, in two majors: a driver that its packages
// pq and pgxv5 register has another name for database/sql alone.
// https://pkg.go.dev/go.elastic.co/apm/module/apmsql/v2
var apmsql = &Library{
	Name:     "apmsql",
	Read:     "v1 at 1a8a97e, and v2 at d821a08",
	Packages: []Package{{Path: apmsqlPath, Rows: apmOpens}, {Path: apmsqlPath + "/v2", Rows: apmOpens}},
}

var apmOpens = []Row{{Names: "Open", Role: Opens, Arg: 1, Named: 0, OpensAs: map[string]string{"pgx/v5": "pgx"}}}
