package library

const (
	gooseAnyPath = "github.com/pressly/goose" // of every major
	goosePath    = gooseAnyPath + "/v3"
)

// goose migrates schemas. https://pkg.go.dev/github.com/pressly/goose/v3
var goose = &Library{
	Name: "goose",
	Packages: []Package{
		{
			Path: goosePath,
			Sinks: `
			-	0/files	SetBaseFS
			-	2/files	NewProvider`,
		},
	},
	Database: gooseAnyPath,
}
