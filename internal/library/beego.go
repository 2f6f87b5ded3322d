package library

// beego is beego's ORM. https://pkg.go.dev/github.com/beego/beego/v2/client/orm
var beego = &Library{
	Name:     "beego",
	Database: "github.com/beego/beego/v2/client/orm",
}
