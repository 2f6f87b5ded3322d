package library

const PqPath = "github.com/lib/pq"

// pq is lib/pq. https://pkg.go.dev/github.com/lib/pq
var pq = &Library{
	Name: "pq",
	Packages: []Package{
		{
			Path: PqPath,
			Sinks: `
			ListenerConn	0	ExecSimpleQuery
			Listener,ListenerConn	0/channel	Listen Unlisten`,
			Handles: map[string]Handle{"ListenerConn": Conn, "Listener": Conn},
		},
	},
	Database: PqPath,
	Postgres: PqPath,
}
