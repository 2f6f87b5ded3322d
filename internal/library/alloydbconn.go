package library

const alloydbconnPath = "cloud.google.com/go/alloydbconn"

// alloydbconn finds servers of AlloyDB. https://pkg.go.dev/cloud.google.com/go/alloydbconn
var alloydbconn = &Library{
	Name: "alloydbconn",
	Read: "v1.19.3",
	Packages: []Package{
		{Path: alloydbconnPath + "/driver/pgxv5", Rows: []Row{{Names: "RegisterDriver", Role: Registers, Driver: Pgx5}}},
		{Path: alloydbconnPath + "/driver/pgxv4", Rows: []Row{{Names: "RegisterDriver", Role: Registers, Driver: Pgx4}}},
		{Path: alloydbconnPath + "/driver/postgres", Rows: []Row{{Names: "RegisterDriver", Role: Registers, Driver: Pgx5}}},
	},
}
