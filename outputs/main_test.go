// Package outputs tests what poolvet writes with the tools that it is for.
package outputs

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

// command is the built poolvet.
var command string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "poolvet-outputs")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		command = filepath.Join(dir, "poolvet")
		build := exec.Command("go", "build", "-o", command, "./cmd/poolvet")
		build.Dir = ".."
		if out, err := build.CombinedOutput(); err != nil {
			panic(string(out))
		}
		return m.Run()
	}())
}

// poolvet runs the command in a folder, and returns what it writes.
func poolvet(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	out, status := poolvetEnds(t, dir, args...)
	if status > 1 {
		t.Fatalf("poolvet %q ends with %d", args, status)
	}
	return out
}

// poolvetEnds returns the exit status besides.
func poolvetEnds(t *testing.T, dir string, args ...string) ([]byte, int) {
	t.Helper()
	cmd := exec.Command(command, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("poolvet %q: %v\n%s", args, err, &stderr)
	}
	t.Logf("poolvet %q: %s", args, &stderr)
	return out, cmd.ProcessState.ExitCode()
}

// files writes a txtar archive to a folder.
func files(t *testing.T, archive string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
