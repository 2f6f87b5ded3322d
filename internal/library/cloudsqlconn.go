package library

const cloudsqlconnPath = "cloud.google.com/go/cloudsqlconn"

// cloudsqlconn finds servers of Cloud SQL. https://pkg.go.dev/cloud.google.com/go/cloudsqlconn
var cloudsqlconn = &Library{
	Name: "cloudsqlconn",
	Read: "v1.26.0",
	Packages: []Package{
		{Path: cloudsqlconnPath + "/postgres/pgxv5", Rows: []Row{{Names: "RegisterDriver", Role: Registers, Driver: Pgx5}}},
		{Path: cloudsqlconnPath + "/postgres/pgxv4", Rows: []Row{{Names: "RegisterDriver", Role: Registers, Driver: Pgx4}}},
	},
}
