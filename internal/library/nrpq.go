package library

// nrpq traces lib/pq for New Relic. https://pkg.go.dev/github.com/newrelic/go-agent/v3/integrations/nrpq
var nrpq = &Library{
	Name:  "nrpq",
	Names: map[string]*Driver{"nrpostgres": Pq},
}
