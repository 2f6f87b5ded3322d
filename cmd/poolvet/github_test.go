package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Where GitHub Actions says where, all is in the step's summary, behind what
// the step's other commands have written there.
func TestGitHubStepSummary(t *testing.T) {
	dir := module(t, inCI)
	summary := filepath.Join(t.TempDir(), "summary.md")
	t.Setenv("GITHUB_STEP_SUMMARY", summary)
	t.Setenv("GITHUB_SERVER_URL", "https://github.com")
	t.Setenv("GITHUB_REPOSITORY", "o/r")
	t.Setenv("GITHUB_SHA", "c0ffee")
	write := func(text string) {
		if err := os.WriteFile(summary, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	written := func() string {
		text, err := os.ReadFile(summary)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	write("# built\n")
	poolvet(t, dir, "", "-format=github", "./store").want(t, 1, "::warning file=store/store.go", "")
	if got := written(); !strings.HasPrefix(got, "# built\n### poolvet\n") || !strings.Contains(got, "| [store/store.go\\:5\\:33](<https://github.com/o/r/blob/c0ffee/store/store.go#L5>) | SET ROLE\\: ") {
		t.Errorf("the summary is\n%s", got)
	}
	full := strings.Repeat("x", 1<<20-100)
	write(full)
	poolvet(t, dir, "", "-format=github", "./store").want(t, 1, "::warning file=store/store.go", "")
	if written() != full {
		t.Error("written where there is no room")
	}
	write("")
	poolvet(t, dir, "", "-format=text", "./store").want(t, 1, "store/store.go:5", "")
	if written() != "" {
		t.Error("another format writes a summary")
	}
	t.Setenv("GITHUB_STEP_SUMMARY", filepath.Join(dir, "no", "folder"))
	poolvet(t, dir, "", "-format=github", "./store").want(t, 2, "::warning", "poolvet: GITHUB_STEP_SUMMARY: open ")
}
