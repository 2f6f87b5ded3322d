package library

// sqldblogger logs what a driver runs. https://pkg.go.dev/github.com/simukti/sqldb-logger
var sqldblogger = &Library{
	Name: "sqldblogger",
	Read: "v0.0.0-20230108155151-646c1a075551",
	Packages: []Package{
		{Path: "github.com/simukti/sqldb-logger", Rows: []Row{{Names: "OpenDriver", Role: Opens, Arg: 0, Made: 1}}},
	},
}
