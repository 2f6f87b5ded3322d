package library

const scanPath = "github.com/stephenafamo/scan"

// scan reads rows into values. https://pkg.go.dev/github.com/stephenafamo/scan
var scan = &Library{
	Name: "scan",
	Packages: []Package{
		{
			Path: scanPath,
			Sinks: `
				-	3	One All Cursor Each
				Queryer	1	QueryContext`,
			Results: "Rows",
		},
		{
			Path: scanPath + "/stdscan",
			Sinks: `
				-	3	One All Cursor Each
				Queryer	1	QueryContext`,
		},
		{
			Path: scanPath + "/pgxscan",
			Sinks: `
				-	3	One All Cursor Each
				Queryer	1	Query`,
		},
	},
	Database: scanPath,
}
