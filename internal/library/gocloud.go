package library

// gocloud is the Go CDK, which opens lib/pq. https://pkg.go.dev/gocloud.dev/postgres
var gocloud = &Library{
	Name: "gocloud",
	Read: "v0.47.0",
	Packages: []Package{
		{Path: "gocloud.dev/postgres", Rows: []Row{{Names: "Open", Role: Opens, Arg: 1, Driver: Pq}}},
	},
}
