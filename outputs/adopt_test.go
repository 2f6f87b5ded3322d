package outputs

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var block = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// docs/adopt.md is what a new user does, on a service that testdata has: each
// block is run, written or applied, in their order.
func TestStepsOfAdopt(t *testing.T) {
	clone, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	service, err := os.ReadFile(filepath.Join("testdata", "shop.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dir, env := files(t, string(service)), publish(t, clone)
	for _, line := range []string{"git init -q -b main", "git add -A", "git -c user.name=a -c user.email=a@example.com commit -qm all"} {
		shell(t, dir, env, line)
	}
	page, err := os.ReadFile(filepath.Join(clone, "docs", "adopt.md"))
	if err != nil {
		t.Fatal(err)
	}
	done := map[string]int{}
	for _, m := range block.FindAllStringSubmatch(string(page), -1) {
		done[m[1]]++
		switch language, text := m[1], m[2]; language {
		case "sh":
			for line := range strings.Lines(text) {
				shell(t, dir, env, strings.TrimSuffix(line, "\n"))
			}
		case "console":
			for _, c := range consoles(text) {
				shows(t, c.command, shell(t, dir, env, c.command+" 2>&1"), c.shows)
			}
		case "diff":
			apply := exec.Command("git", "apply", "-")
			apply.Dir, apply.Stdin = dir, strings.NewReader(text)
			if out, err := apply.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s\n%s", err, out, text)
			}
		case "text", "yaml":
			write(t, dir, text)
		}
	}
	if done["sh"] < 6 || done["console"] < 4 || done["diff"] != 1 || done["text"] != 1 {
		t.Errorf("blocks: %v", done)
	}
	for _, file := range []string{".poolvetflags", "poolvet.baseline", "poolers.html"} {
		if b, err := os.ReadFile(filepath.Join(dir, file)); err != nil || len(b) == 0 {
			t.Errorf("%s is not written: %v", file, err)
		}
	}
}

// console is a command of a page and what it shows.
type console struct {
	command string
	shows   []string
}

func consoles(text string) (all []console) {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			all = append(all, console{command: command})
		} else {
			all[len(all)-1].shows = append(all[len(all)-1].shows, line)
		}
	}
	return all
}

// write writes a block to the file that its first line names, in a comment.
func write(t *testing.T, dir, text string) {
	t.Helper()
	first, rest, _ := strings.Cut(text, "\n")
	name := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(first, "# ")))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(rest), 0o666); err != nil {
		t.Fatal(err)
	}
}
