package server

import (
	"os"
	"path/filepath"
	"syscall"
)

// Pooler is a running pooler that lends connections of a PostgreSQL.
type Pooler struct {
	Product string // "PgBouncer"
	Addr    string // host:port
	Port    int
	Version string // "1.18.0"
	Mode    string // of its pool: "transaction", "statement"

	root Root
	dir  string
	*process
}

// product is how a pooler is run.
type product struct {
	name     string
	paths    []string
	files    func(p *Pooler, pg *Postgres, settings map[string]string, users []string) map[string]string // of its configuration, by name
	prepare  func(run func(program string, args ...string) error) error                                  // what its configuration needs besides, in its folder
	args     func(dir string) []string
	patience func(p *Pooler) error // waits until it can be used
}

// startPooler runs a system's pooler in front of pg. Each user may connect to
// every database without a password. Its files are gone after Stop.
func (r Root) startPooler(pr product, pg *Postgres, mode string, settings map[string]string, users []string) (_ *Pooler, err error) {
	as, err := r.account()
	if err != nil {
		return nil, err
	}
	program, err := r.find(pr.paths...)
	if err != nil {
		return nil, err
	}
	p := &Pooler{Product: pr.name, Mode: mode, root: r}
	if p.Version, err = r.version(program); err != nil {
		return nil, err
	}
	if p.Port, err = freePort(); err != nil {
		return nil, err
	}
	p.Addr = addr(p.Port)
	if p.dir, err = r.folder(as); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			p.Stop()
		}
	}()
	for name, content := range pr.files(p, pg, settings, append(users, "postgres")) {
		path := r.outside(filepath.Join(p.dir, name))
		if err = os.WriteFile(path, []byte(content), 0o600); err != nil {
			return nil, err
		}
		if as != nil {
			if err = os.Chown(path, int(as.Uid), int(as.Gid)); err != nil {
				return nil, err
			}
		}
	}
	if pr.prepare != nil {
		if err = pr.prepare(func(program string, args ...string) error { return r.run(as, p.dir, program, args...) }); err != nil {
			return nil, err
		}
	}
	if p.process, err = r.start(as, syscall.SIGKILL, p.dir, program, pr.args(p.dir)...); err != nil {
		return nil, err
	}
	return p, pr.patience(p)
}

// Stop ends the pooler at once and removes its files: PgBouncer 1.23 and later
// take SIGTERM for a wish to wait.
func (p *Pooler) Stop() {
	if p.process != nil {
		p.stop(syscall.SIGQUIT)
	}
	os.RemoveAll(p.root.outside(p.dir))
}
