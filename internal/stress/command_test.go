package stress

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// What only the whole command meets: files that are embedded, C in Go files,
// and files that do not parse.
const module = `
-- go.mod --
module example.com/hostile

go 1.26
-- embeds/embeds.go --
package embeds

import (
	"database/sql"
	"embed"
)

//go:embed *.sql
var files embed.FS

func Run(db *sql.DB) {
	for _, name := range []string{"huge.sql", "small.sql"} {
		text, _ := files.ReadFile(name)
		db.Exec(string(text))
	}
}
-- embeds/small.sql --
SELECT 1;
SET app.small = 1;
-- withc/withc.go --
package withc

// static int one(void) { return 1; }
import "C"

import "database/sql"

func Run(db *sql.DB) {
	db.Exec("SET app.c = $1", int(C.one()))
}
-- broken/good.go --
package broken

import "database/sql"

func Run(db *sql.DB) { db.Exec("SET app.broken = 1") }
-- broken/bad.go --
package broken

func (((
var x = = "SET app.x = 1"
`

func TestCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	dir := t.TempDir()
	command := filepath.Join(dir, "poolvet.exe")
	if out, err := exec.Command("go", "build", "-o", command, "../../cmd/poolvet").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for _, f := range txtar.Parse([]byte(module)).Files {
		write(t, filepath.Join(dir, f.Name), f.Data)
	}
	write(t, filepath.Join(dir, "embeds/huge.sql"), bytes.Repeat([]byte("SET app.huge = 1;\n"), 50<<20/18))

	cmd := exec.Command(command, "./...")
	cmd.Dir = dir
	var out, complaints strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &complaints
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != 2 {
		t.Errorf("exit status %d, want 2, as a package does not parse: %v", cmd.ProcessState.ExitCode(), err)
	}
	for _, want := range []string{"SET app.small", "SET app.broken"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("nothing is said of %s:\n%s", want, out.String())
		}
	}
	if c, err := exec.Command("go", "env", "CGO_ENABLED").Output(); err == nil && strings.TrimSpace(string(c)) == "1" {
		if _, err := exec.LookPath("gcc"); err == nil && !strings.Contains(out.String(), "SET app.c") {
			t.Errorf("nothing is said of the file with C:\n%s", out.String())
		}
	}
	for _, want := range []string{"huge.sql is larger than 4 MB", "example.com/hostile/broken"} {
		if !strings.Contains(complaints.String(), want) {
			t.Errorf("standard error does not say %q:\n%s", want, complaints.String())
		}
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}
