package library

// prometheus counts the connections of a pool.
// https://pkg.go.dev/github.com/prometheus/client_golang/prometheus/collectors
var prometheus = &Library{
	Name: "prometheus",
	Read: "v1",
	Packages: []Package{{
		Path:    "github.com/prometheus/client_golang/prometheus/collectors",
		Takings: []Taking{{Names: "NewDBStatsCollector"}},
	}},
}
