package library

// cloudsqlproxy is what cloudsqlconn was before.
// https://pkg.go.dev/github.com/GoogleCloudPlatform/cloudsql-proxy/proxy/dialers/postgres
var cloudsqlproxy = &Library{
	Name:  "cloudsqlproxy",
	Names: map[string]*Driver{"cloudsqlpostgres": Pq},
}
