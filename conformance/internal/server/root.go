package server

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// Root is the folder of a Debian system whose programs are run, "" for the
// machine itself. Others are made by run.sh with debootstrap, and need root.
type Root string

// Roots are the systems below the folder that POOLVET_ROOTS names: those of
// trixie and sid, where they could be made.
func Roots() (roots []Root) {
	dirs, _ := filepath.Glob(filepath.Join(os.Getenv("POOLVET_ROOTS"), "*", "etc", "debian_version"))
	for _, dir := range dirs {
		roots = append(roots, Root(filepath.Dir(filepath.Dir(dir))))
	}
	return roots
}

// Name is the suite that the system is of, "" for the machine itself.
func (r Root) Name() string {
	if r == "" {
		return ""
	}
	return filepath.Base(string(r))
}

// outside is where a path of the system is for this process.
func (r Root) outside(path string) string { return filepath.Join(string(r), path) }

// ErrMissing says that a server's package is not installed.
var ErrMissing = errors.New("not installed (on Debian: apt-get install postgresql postgresql-contrib pgbouncer)")

// find returns the newest program that matches one of the patterns, as the
// system names it.
func (r Root) find(patterns ...string) (string, error) {
	for _, pattern := range patterns {
		found, _ := filepath.Glob(r.outside(pattern))
		if len(found) == 0 {
			continue
		}
		newest := slices.MaxFunc(found, func(a, b string) int {
			if len(a) != len(b) {
				return len(a) - len(b)
			}
			return bytes.Compare([]byte(a), []byte(b))
		})
		return "/" + strings.TrimPrefix(strings.TrimPrefix(newest, string(r)), "/"), nil
	}
	return "", fmt.Errorf("%s: %w", filepath.Base(patterns[0]), ErrMissing)
}

// account is whom servers run as, the system's postgres: they do not take root.
func (r Root) account() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	users, err := os.ReadFile(r.outside("/etc/passwd"))
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(users)) {
		if f := strings.Split(line, ":"); len(f) > 3 && f[0] == "postgres" {
			uid, _ := strconv.ParseUint(f[2], 10, 32)
			gid, _ := strconv.ParseUint(f[3], 10, 32)
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, fmt.Errorf("user postgres: %w", ErrMissing)
}

// attr runs a program in the system as a user; last is what it gets when this
// process dies.
func (r Root) attr(as *syscall.Credential, last syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Chroot: string(r), Credential: as, Pdeathsig: last}
}

// folder makes a temporary folder that the account owns, as the system names
// it, and removes those of runs that were killed.
func (r Root) folder(as *syscall.Credential) (string, error) {
	const prefix = "poolvet-conformance-"
	tmp := r.outside(os.TempDir())
	if r != "" {
		tmp = r.outside("/tmp")
	}
	old, _ := filepath.Glob(filepath.Join(tmp, prefix+"*"))
	for _, dir := range old {
		pid, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(dir), prefix), "-")
		if n, err := strconv.Atoi(pid); err == nil && syscall.Kill(n, 0) == syscall.ESRCH {
			os.RemoveAll(dir)
		}
	}
	dir, err := os.MkdirTemp(tmp, fmt.Sprintf("%s%d-", prefix, os.Getpid()))
	if err == nil && as != nil {
		err = os.Chown(dir, int(as.Uid), int(as.Gid))
	}
	return "/" + strings.TrimPrefix(strings.TrimPrefix(dir, string(r)), "/"), err
}

var versionNumber = regexp.MustCompile(`\d+(\.\d+)+`)

// version asks a server's program for its version.
func (r Root) version(program string) (string, error) {
	cmd := exec.Command(program, "--version")
	cmd.SysProcAttr = r.attr(nil, syscall.SIGKILL)
	cmd.Dir = "/"
	out, err := cmd.CombinedOutput() // Odyssey speaks to stderr
	v := versionNumber.FindString(string(out))
	if v == "" {
		return "", fmt.Errorf("%s --version: %w: %s", program, err, out)
	}
	return v, nil
}
