package library

// dbmate migrates schemas. https://pkg.go.dev/github.com/amacneil/dbmate/v2
var dbmate = &Library{
	Name:     "dbmate",
	Database: "github.com/amacneil/dbmate",
}
