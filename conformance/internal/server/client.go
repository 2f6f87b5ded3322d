package server

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// Folder copies the files of a folder to one of the system's own, and returns
// how the system names it, and what removes it.
func (r Root) Folder(files string) (dir string, remove func(), err error) {
	as, err := r.account()
	if err != nil {
		return "", nil, err
	}
	if dir, err = r.folder(as); err != nil {
		return "", nil, err
	}
	remove = func() { os.RemoveAll(r.outside(dir)) }
	if err := os.CopyFS(r.outside(dir), os.DirFS(files)); err != nil {
		remove()
		return "", nil, err
	}
	return dir, remove, nil
}

// Client runs a client of the system to its end, as user of a server.
func (r Root) Client(ctx context.Context, pg *Postgres, user, dir, program string, args ...string) error {
	as, err := r.account()
	if err != nil {
		return err
	}
	if program, err = r.find(program); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + dir, "LANG=C.UTF-8", "PGHOST=127.0.0.1", fmt.Sprintf("PGPORT=%d", pg.Port), "PGUSER=" + user, "PGDATABASE=postgres",
		"NODE_PATH=/usr/share/nodejs",
		// Java finds its own libraries by /proc, which a root has not.
		"LD_LIBRARY_PATH=" + filepath.Join(filepath.Dir(filepath.Dir(program)), "lib")}
	cmd.SysProcAttr = r.attr(as, syscall.SIGKILL)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", program, strings.Join(args, " "), err, out)
	}
	return nil
}

// Has reports whether the system has a file.
func (r Root) Has(path string) bool {
	_, err := os.Stat(r.outside(path))
	return err == nil
}

// Package is the version of a package of the system, without what Debian adds
// to it.
func (r Root) Package(name string) (string, error) {
	cmd := exec.Command("/usr/bin/dpkg-query", "-W", "-f", "${Version}", name)
	cmd.Dir = "/"
	cmd.SysProcAttr = r.attr(nil, syscall.SIGKILL)
	out, err := cmd.Output()
	v := versionNumber.Find(out[bytes.IndexByte(out, ':')+1:])
	if v == nil {
		return "", fmt.Errorf("%s: %w", name, ErrMissing)
	}
	return string(v), err
}
