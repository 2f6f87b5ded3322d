package changed

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// A branch parted from main, which went on since; the tool runs as a hook of git's.
func TestSinceTheBranchParted(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "a.txt")
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v: %s", args, err, out)
		}
	}
	git("init", "-q", "-b", "main")
	write(file, "1\n2\n3\n4\n5\n6\n7\n")
	git("add", "-A")
	git("commit", "-qm", "one")
	git("branch", "topic")
	write(file, "1\n2\n3\n4\n5\n6\nmain\n")
	git("commit", "-qam", "main goes on")
	git("checkout", "-q", "topic")
	write(file, "++ b/b.txt\n2\n3\n4\ntopic\n6\n7\n")
	git("commit", "-qam", "topic")
	write(filepath.Join(dir, "new.txt"), "1\n")
	t.Setenv("GIT_DIR", filepath.Join(dir, "nowhere"))

	lines, err := In("main", []string{dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		file     string
		from, to int
		want     bool
	}{
		{"a.txt", 1, 1, true}, {"a.txt", 2, 4, false}, {"a.txt", 5, 5, true}, {"a.txt", 4, 6, true}, {"a.txt", 6, 7, false},
		{"b.txt", 1, 9, false}, {"new.txt", 1, 1, true},
	} {
		if got := lines.Touches(filepath.Join(dir, test.file), test.from, test.to); got != test.want {
			t.Errorf("%s:%d-%d: %t", test.file, test.from, test.to, got)
		}
	}
}
