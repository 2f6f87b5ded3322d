package changed

import (
	"fmt"
	"testing"
)

// The names and the counts of a diff are read as git writes them.
func TestDiffsAreRead(t *testing.T) {
	c := Lines{}
	c.read("/r", "diff --git a/a.go b/a.go\n--- a/a.go\n+++ b/a.go\n@@ -1 +1,2 @@ func\n-x\n+++ b/no.go\n+y\n@@ -9,3 +10,0 @@\n-a\n-b\n-c\n@@ -20,0 +18 @@\n+z\n\\ No newline at end of file\n"+
		"diff --git a/b b/b\nBinary files a/b and b/b differ\ndiff --git \"a/t\\tb\" \"b/t\\tb\"\n--- /dev/null\n+++ \"b/t\\tb\"\n@@ -0,0 +1,3 @@\n+1\n+2\n+3\ndiff --git a/c d b/c d\n--- a/c d\t\n+++ b/c d\t\n@@ -2 +2 @@\n-x\n+y\n")
	for at, want := range map[string]string{"/r/a.go": "[[1 2] [18 18]]", "/r/t\tb": "[[1 3]]", "/r/c d": "[[2 2]]"} {
		if lines := c[at]; lines == nil || fmt.Sprint(lines.ranges) != want {
			t.Errorf("%q: %+v, want %s", at, lines, want)
		}
	}
	if len(c) != 3 {
		t.Errorf("%d files", len(c))
	}
}
