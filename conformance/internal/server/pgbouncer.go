package server

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

var pgbouncerPaths = []string{"/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"}

// PgBouncer is a running PgBouncer that lends connections of a PostgreSQL.
type PgBouncer struct {
	Addr    string // host:port
	Port    int
	Version string // "1.18.0"
	Mode    string // of its pool: "transaction", "statement"

	dir string
	*process
}

// StartPgBouncer runs PgBouncer in a pool mode in front of pg. Each user may
// connect to every database without a password; settings are those of its
// configuration file. Its files are gone after Stop.
func StartPgBouncer(pg *Postgres, mode string, settings map[string]string, users ...string) (_ *PgBouncer, err error) {
	as, err := account()
	if err != nil {
		return nil, err
	}
	program, err := find(pgbouncerPaths...)
	if err != nil {
		return nil, err
	}
	b := &PgBouncer{Mode: mode}
	if b.Version, err = version(program); err != nil {
		return nil, err
	}
	if b.Port, err = freePort(); err != nil {
		return nil, err
	}
	b.Addr = addr(b.Port)
	if b.dir, err = folder(as); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			b.Stop()
		}
	}()
	config := filepath.Join(b.dir, "pgbouncer.ini")
	if err = os.WriteFile(config, b.config(pg, settings), 0o644); err != nil {
		return nil, err
	}
	var list strings.Builder
	for _, user := range append(users, "postgres") {
		fmt.Fprintf(&list, "%q \"\"\n", user)
	}
	if err = os.WriteFile(filepath.Join(b.dir, "users.txt"), []byte(list.String()), 0o644); err != nil {
		return nil, err
	}
	if b.process, err = start(as, syscall.SIGKILL, b.dir, program, config); err != nil {
		return nil, err
	}
	return b, b.accepts(b.Port)
}

func (b *PgBouncer) config(pg *Postgres, settings map[string]string) []byte {
	all := map[string]string{
		"listen_addr": "127.0.0.1",
		"listen_port": fmt.Sprint(b.Port),
		"pool_mode":   b.Mode,
		"auth_type":   "trust",
		"auth_file":   filepath.Join(b.dir, "users.txt"),
	}
	maps.Copy(all, settings)
	var ini strings.Builder
	fmt.Fprintf(&ini, "[databases]\n* = host=127.0.0.1 port=%d\n[pgbouncer]\nunix_socket_dir =\n", pg.Port)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(&ini, "%s = %s\n", name, all[name])
	}
	return []byte(ini.String())
}

// Stop ends PgBouncer and removes its files.
func (b *PgBouncer) Stop() {
	if b.process != nil {
		b.stop(syscall.SIGTERM)
	}
	os.RemoveAll(b.dir)
}
