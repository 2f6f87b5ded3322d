package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	RiverPath       = "github.com/riverqueue/river"
	riverdriverPath = RiverPath + "/riverdriver"
	Riverpgxv5Path  = riverdriverPath + "/riverpgxv5"
)

// river is a queue, which listens on a connection of its own.
// https://pkg.go.dev/github.com/riverqueue/river#Config
var river = &Library{
	Name: "river",
	Packages: []Package{
		{
			Path: RiverPath,
			Sinks: `
				JobListParams,JobDeleteManyParams	0/fragment	Where`,
			Rows: []Row{
				{Names: "NewClient", Role: Does, Kind: effect.Listener, Check: RiverListens,
					Remedy: "set PollOnly: true in river.Config, or give river a direct connection"},
			},
			Configs: "Config",
		},
		{
			Path: riverdriverPath,
			Sinks: `
				Executor	1	Exec QueryRow
				Listener	0	SetAfterConnectExec`,
			Handles: map[string]Handle{"ExecutorTx": Tx, "Listener": Conn},
		},
	},
	Database: RiverPath,
	Postgres: Riverpgxv5Path,
	Other:    riverdriverPath + "/riversqlite",
}

const RiverListens Check = "the configuration of river's client"
