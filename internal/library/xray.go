package library

// xray traces what database/sql runs.
// https://pkg.go.dev/github.com/aws/aws-xray-sdk-go/xray
var xray = &Library{
	Name: "xray",
	Read: "v1.8.5",
	Packages: []Package{
		{Path: "github.com/aws/aws-xray-sdk-go/xray", Rows: []Row{{Names: "SQLContext", Role: Opens, Arg: 1, Named: 0}}},
	},
}
