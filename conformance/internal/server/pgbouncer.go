package server

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

var pgbouncerPaths = []string{"/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"}

// StartPgBouncer runs a system's PgBouncer in a pool mode; settings are those
// of its configuration file.
func StartPgBouncer(r Root, pg *Postgres, mode string, settings map[string]string, users ...string) (*Pooler, error) {
	return r.startPooler(product{
		name: "PgBouncer", paths: pgbouncerPaths, files: pgbouncerFiles,
		args:     func(dir string) []string { return []string{filepath.Join(dir, "pgbouncer.ini")} },
		patience: func(p *Pooler) error { return p.accepts(p.Port) },
	}, pg, mode, settings, users)
}

func pgbouncerFiles(p *Pooler, pg *Postgres, settings map[string]string, users []string) map[string]string {
	all := map[string]string{
		"listen_addr": "127.0.0.1",
		"listen_port": fmt.Sprint(p.Port),
		"pool_mode":   p.Mode,
		"auth_type":   "trust",
		"auth_file":   filepath.Join(p.dir, "users.txt"),
	}
	maps.Copy(all, settings)
	var ini, list strings.Builder
	fmt.Fprintf(&ini, "[databases]\n* = host=127.0.0.1 port=%d\n[pgbouncer]\nunix_socket_dir =\n", pg.Port)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(&ini, "%s = %s\n", name, all[name])
	}
	for _, user := range users {
		fmt.Fprintf(&list, "%q \"\"\n", user)
	}
	return map[string]string{"pgbouncer.ini": ini.String(), "users.txt": list.String()}
}
