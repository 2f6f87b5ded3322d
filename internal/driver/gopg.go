package driver

import "github.com/poolvet/poolvet/internal/effect"

// gopgLibrary is go-pg, which sends every query in the simple protocol.
// https://pkg.go.dev/github.com/go-pg/pg/v10
var gopgLibrary = library{
	"github.com/go-pg/pg/v10": {
		{names: "ParseURL", role: parses, arg: 0, driver: gopg},
		{names: "DB.Listen", role: does, kind: effect.Listener},
	},
}

// gopg refuses any other key.
// https://github.com/go-pg/pg/blob/v10.11.0/options.go#L252
var gopg = &driver{
	name:  "go-pg",
	keys:  keySet("sslmode application_name connect_timeout"),
	other: effect.DeadOption,
}
