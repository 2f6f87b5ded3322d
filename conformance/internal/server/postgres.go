package server

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

var initdbPaths = []string{"/usr/lib/postgresql/*/bin/initdb", "/usr/local/bin/initdb", "/usr/bin/initdb"}

// Postgres is a running PostgreSQL. Its superuser is postgres, and anybody on
// the loopback interface is trusted.
type Postgres struct {
	Addr    string // host:port
	Port    int
	Version string // "15.18"

	root Root
	dir  string
	*process
}

// StartPostgres makes a data folder and runs a system's PostgreSQL on it, with
// settings of postgresql.conf as "name=value". Its files are gone after Stop.
func StartPostgres(r Root, settings ...string) (_ *Postgres, err error) {
	as, err := r.account()
	if err != nil {
		return nil, err
	}
	initdb, err := r.find(initdbPaths...)
	if err != nil {
		return nil, err
	}
	pg := &Postgres{root: r}
	if pg.Version, err = r.version(initdb); err != nil {
		return nil, err
	}
	if pg.Port, err = freePort(); err != nil {
		return nil, err
	}
	pg.Addr = addr(pg.Port)
	if pg.dir, err = r.folder(as); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			pg.Stop()
		}
	}()
	data := filepath.Join(pg.dir, "data")
	init := exec.Command(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	init.Dir = pg.dir
	init.SysProcAttr = r.attr(as, syscall.SIGKILL)
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	args := []string{"-D", data, "-p", fmt.Sprint(pg.Port), "-k", pg.dir, "-h", "127.0.0.1"}
	for _, s := range append([]string{"fsync=off", "max_prepared_transactions=4", "shared_buffers=64MB"}, settings...) {
		args = append(args, "-c", s)
	}
	postgres := filepath.Join(filepath.Dir(initdb), "postgres")
	if pg.process, err = r.start(as, syscall.SIGQUIT, pg.dir, postgres, args...); err != nil {
		return nil, err
	}
	return pg, pg.ready(pg.Port)
}

// Path is where a file of its data folder is for this process.
func (pg *Postgres) Path(name string) string {
	return pg.root.outside(filepath.Join(pg.dir, "data", name))
}

// Stop ends the server and removes its files.
func (pg *Postgres) Stop() {
	if pg.process != nil {
		pg.stop(syscall.SIGQUIT)
	}
	os.RemoveAll(pg.root.outside(pg.dir))
}
