package testmod

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFetchNamesTheModuleThatCannotBeHad(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod": "module m\n\ngo 1.26\n\nrequire example.invalid/absent v1.2.3\n",
		"a.go":   "package m\n\nimport _ \"example.invalid/absent\"\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOFLAGS", "-mod=mod")
	err := Fetch(dir)
	if err == nil || !strings.Contains(err.Error(), "example.invalid/absent") {
		t.Errorf("got %v, want an error that names the module", err)
	}
}

func TestFetchOfAModuleWithoutRequirements(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{"go.mod": "module m\n\ngo 1.26\n", "a.go": "package m\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := Fetch(dir); err != nil {
		t.Error(err)
	}
}
