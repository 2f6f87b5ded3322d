package server

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
)

var initdbPaths = []string{"/usr/lib/postgresql/*/bin/initdb", "/usr/local/bin/initdb", "/usr/bin/initdb"}

// Postgres is a running PostgreSQL. Its superuser is postgres, and anybody on
// the loopback interface is trusted.
type Postgres struct {
	Addr    string // host:port
	Port    int
	Version string // "15.18"

	dir string
	*process
}

// StartPostgres makes a data folder and runs PostgreSQL on it, with settings
// of postgresql.conf as "name=value". Its files are gone after Stop.
func StartPostgres(settings ...string) (_ *Postgres, err error) {
	as, err := account()
	if err != nil {
		return nil, err
	}
	initdb, err := find(initdbPaths...)
	if err != nil {
		return nil, err
	}
	pg := &Postgres{}
	if pg.Version, err = version(initdb); err != nil {
		return nil, err
	}
	if pg.Port, err = freePort(); err != nil {
		return nil, err
	}
	pg.Addr = addr(pg.Port)
	if pg.dir, err = folder(as); err != nil {
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
	init.SysProcAttr = &syscall.SysProcAttr{Credential: as, Pdeathsig: syscall.SIGKILL}
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	args := []string{"-D", data, "-p", fmt.Sprint(pg.Port), "-k", pg.dir, "-h", "127.0.0.1"}
	for _, s := range append([]string{"fsync=off", "max_prepared_transactions=4", "shared_buffers=64MB"}, settings...) {
		args = append(args, "-c", s)
	}
	postgres := filepath.Join(filepath.Dir(initdb), "postgres")
	if pg.process, err = start(as, syscall.SIGQUIT, pg.dir, postgres, args...); err != nil {
		return nil, err
	}
	return pg, pg.ready(pg.Port)
}

// Stop ends the server and removes its files.
func (pg *Postgres) Stop() {
	if pg.process != nil {
		pg.stop(syscall.SIGQUIT)
	}
	os.RemoveAll(pg.dir)
}

var versionNumber = regexp.MustCompile(`\d+(\.\d+)+`)

// version asks a server's program for its version.
func version(program string) (string, error) {
	out, err := exec.Command(program, "--version").Output()
	if err != nil {
		return "", fmt.Errorf("%s --version: %w", program, err)
	}
	return versionNumber.FindString(string(out)), nil
}
