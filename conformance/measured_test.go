package conformance

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/conformance/internal/server"
	"github.com/poolvet/poolvet/internal/client"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/trace"
)

// measured holds the rows of internal/client that claim to be measured against
// those that the logs show, of the version that ran; with -update it writes them.
func measured(t *testing.T, system server.Root, rows []traceRow) {
	t.Helper()
	var file bytes.Buffer
	file.WriteString("package client\n\n// measured are the statements that the tests in conformance/ saw clients send, by\n" +
		"// the client with its version: they hold this to what real logs have, and write it\n// with -update.\nvar measured = map[string][]string{\n")
	for _, r := range reals {
		i := slices.IndexFunc(client.All, func(c *client.Client) bool { return c.Name == r.names[0] })
		if r.user == someone || i < 0 {
			continue
		}
		c, version := client.All[i], packageOf(t, system, r)
		var seen, claimed, others []string // others: of another version
		for _, s := range c.Sent {
			if slices.ContainsFunc(rows, func(row traceRow) bool { return row.User == r.user && isOf(row, s) }) {
				seen = append(seen, s.SQL)
			}
			if versions := c.Measured(s); slices.Contains(versions, version) {
				claimed = append(claimed, s.SQL)
			} else {
				others = append(others, versions...)
			}
		}
		write(&file, c.Name+" "+version, seen)
		switch {
		case *update || slices.Equal(seen, claimed):
		case len(claimed) == 0 && len(others) > 0: // the suite has moved on
			fmt.Fprintf(os.Stderr, "conformance: %s %s is not measured: it sends %q\n", c.Name, version, seen)
		default:
			t.Errorf("%s %s sends %q, and internal/client says that it was seen to send %q (go -C conformance test -run %s -update .)", c.Name, version, seen, claimed, t.Name())
		}
	}
	file.WriteString("}\n")
	if !*update || t.Failed() {
		return
	}
	code, err := format.Source(file.Bytes())
	if err == nil {
		err = os.WriteFile("../internal/client/measured.go", code, 0o644)
	}
	if err != nil {
		t.Error(err)
	}
}

// write adds a client to the file.
func write(file *bytes.Buffer, with string, seen []string) {
	if len(seen) == 0 {
		return
	}
	fmt.Fprintf(file, "%q: {\n", with)
	for _, sql := range seen {
		fmt.Fprintf(file, "%s,\n", quoted(sql))
	}
	file.WriteString("},\n")
}

func quoted(s string) string {
	if strings.Contains(s, `"`) {
		return "`" + s + "`"
	}
	return fmt.Sprintf("%q", s)
}

// isOf reports whether a statement of a log is of a row.
func isOf(row traceRow, s client.Sent) bool {
	text := trace.Of(strings.ReplaceAll(s.SQL, "…", string(pgquery.Hole)), trace.NoParams).Text
	pattern := strings.ReplaceAll(regexp.QuoteMeta(text), string(pgquery.Hole), ".*")
	return regexp.MustCompile("(?is)^" + pattern + "$").MatchString(row.Statement)
}

// packageOf is the version of a client's package.
func packageOf(t *testing.T, system server.Root, r real) string {
	t.Helper()
	version, err := r.on(system).Package(r.pkg)
	if err != nil {
		t.Fatal(err)
	}
	return version
}
