package library

// pqtimeouts has timeouts for lib/pq. https://pkg.go.dev/github.com/Kount/pq-timeouts
var pqtimeouts = &Library{
	Name:  "pqtimeouts",
	Names: map[string]*Driver{"pq-timeouts": Pq},
}
