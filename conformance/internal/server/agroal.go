package server

import (
	"fmt"
	"net"
)

// StartAgroal runs a system's pgagroal with a pipeline, in front of at most as
// many server connections for each user as size says. Its port of PostgreSQL
// must have four digits: pgagroal 2.1 reads no more.
func StartAgroal(r Root, pg *Postgres, pipeline string, size int) (*Pooler, error) {
	return r.startPooler(product{
		name: "pgagroal", paths: []string{"/usr/bin/pgagroal"},
		files: func(p *Pooler, pg *Postgres, _ map[string]string, users []string) map[string]string {
			return agroalFiles(p, pg, size)
		},
		prepare: func(run func(string, ...string) error) error {
			if err := run("/usr/bin/pgagroal-admin", "-P", "a master key", "master-key"); err != nil {
				return err
			}
			return run("/usr/bin/pgagroal-admin", "-f", "users.conf", "-U", "postgres", "-P", "unused", "user", "add")
		},
		args: func(string) []string {
			return []string{"-c", "pgagroal.conf", "-a", "hba.conf", "-l", "databases.conf", "-u", "users.conf"}
		},
		patience: func(p *Pooler) error { return p.accepts(p.Port) },
	}, pg, pipeline, nil, nil)
}

func agroalFiles(p *Pooler, pg *Postgres, size int) map[string]string {
	return map[string]string{
		"pgagroal.conf": fmt.Sprintf(`[pgagroal]
host = 127.0.0.1
port = %d
log_type = console
log_level = warn
pipeline = %s
max_connections = %d
blocking_timeout = 1
idle_timeout = 0
validation = off
allow_unknown_users = false
unix_socket_dir = %s

[primary]
host = 127.0.0.1
port = %d
`, p.Port, p.Mode, size, p.dir, pg.Port),
		"hba.conf":       "host all all all trust\n",
		"databases.conf": fmt.Sprintf("postgres postgres %d %d 1\n", size, size),
	}
}

// ShortPort listens on a free loopback port of four digits.
func ShortPort() (l net.Listener, err error) {
	for port := 9999; port > 2000; port-- {
		if l, err = net.Listen("tcp", addr(port)); err == nil {
			return l, nil
		}
	}
	return nil, err
}
