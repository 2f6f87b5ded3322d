package library

import "github.com/poolvet/poolvet/internal/effect"

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
			Rows: []Row{
				{Names: "Open NewConnector", Role: Opens, Arg: 0, Driver: Pq},
				{Names: "DialOpen", Role: Opens, Arg: 1, Driver: Pq},
				{Names: "NewConfig", Role: Parses, Arg: 0, Driver: Pq},
				{Names: "NewConnectorConfig", Role: OpensWith, Arg: 0, Driver: Pq},
				{Names: "NewListener NewListenerConn", Role: Does, Kind: effect.Listener, Arg: 0, Driver: Pq},
				{Names: "NewDialListener", Role: Does, Kind: effect.Listener, Arg: 1, Driver: Pq},
			},
			Configs:    "Config",
			Configures: true,
			Runtime:    "Runtime",
			Driver:     Pq,
		},
	},
	Database: PqPath,
	Postgres: PqPath,
	Drivers:  []*Driver{Pq},
	Names:    map[string]*Driver{"postgres": Pq},
	OwnKeys:  map[string]Words{"lib/pq": "binary_parameters disable_prepared_binary_result"},
	Keeps:    PqPath,
}

var Pq = &Driver{
	Name: "lib/pq",
	ID:   "lib/pq",
	Path: PqPath,
	Keys: `host hostaddr port dbname database user password passfile fallback_application_name sslmode
		sslnegotiation sslcert sslkey sslrootcert sslsni ssl_min_protocol_version ssl_max_protocol_version sslinline
		krbsrvname krbspn connect_timeout binary_parameters disable_prepared_binary_result target_session_attrs
		load_balance_hosts min_protocol_version max_protocol_version service`,
	Other:  effect.StartupParameter,
	Mode:   "binary_parameters",
	Fields: []ModeField{{PqPath, "Config", "BinaryParameters", "binary_parameters", Constant}},
	Remedy: "set binary_parameters=yes, and check that no []byte is passed for jsonb, which then takes a string",
}
