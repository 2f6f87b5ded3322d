package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the docs lead to, as [words](../a/file.md#part), as a picture or as `internal/name`.
var (
	linkRE = regexp.MustCompile(`(?:\]\(|(?:src|srcset)=")([^)"#\s]+)(?:#[^)]*)?[)"]`)
	pathRE = regexp.MustCompile("`((?:internal|analyzer|cmd|testdata|docs|conformance|frontends|outputs|bench)/[\\w./-]+)`")
)

func TestDocsLeadSomewhere(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".md" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range linkRE.FindAllStringSubmatch(string(text), -1) {
			if !strings.Contains(m[1], ":") {
				seen++
				leads(t, path, filepath.Join(filepath.Dir(path), m[1]))
			}
		}
		for _, m := range pathRE.FindAllStringSubmatch(string(text), -1) {
			seen++
			leads(t, path, filepath.Join(root, m[1]))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 {
		t.Error("no link was found")
	}
}

func leads(t *testing.T, doc, to string) {
	t.Helper()
	if _, err := os.Stat(to); err != nil {
		t.Errorf("%s leads to %s, which is not there", doc, to)
	}
}
