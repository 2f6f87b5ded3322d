package client

import (
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/clients.md instead of comparing with it")

func TestPublishedPage(t *testing.T) {
	const file = "../../docs/clients.md"
	page := Page()
	if *update {
		if err := os.WriteFile(file, []byte(page), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if published, err := os.ReadFile(file); err != nil || string(published) != page {
		t.Errorf("%s is not what the rows say (%v); run go generate ./...", file, err)
	}
}

// What is said to be measured is a row.
func TestMeasuredRows(t *testing.T) {
	for with, seen := range measured {
		name := with[:strings.LastIndexByte(with, ' ')]
		i := slices.IndexFunc(All, func(c *Client) bool { return c.Name == name })
		if i < 0 {
			t.Errorf("%s: no client", with)
			continue
		}
		for _, sql := range seen {
			if !slices.ContainsFunc(All[i].Sent, func(s Sent) bool { return s.SQL == sql }) {
				t.Errorf("%s: %s is no row", with, sql)
			}
		}
	}
}
