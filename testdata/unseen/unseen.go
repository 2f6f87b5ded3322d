// Package unseen has session SQL that nothing is seen to run. Files that are
// embedded are for running all the same; other texts rarely are.
package unseen

import (
	"bytes"
	"context"
	"embed"
	"log"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
)

//go:embed migrations
var Migrations embed.FS

func ping(ctx context.Context, conn *pgx.Conn) error { return conn.Ping(ctx) }

// A migration that is written for the user to fill in.
const template = `SET statement_timeout = 0;

SELECT 1;
`

func create(name string) error { return os.WriteFile(name, []byte(template), 0o644) }

// A dump's header.
const header = "SET search_path TO public;\n"

func dump(buf *bytes.Buffer) { buf.WriteString(header) }

// A text that is returned, by branches.
func suffix(dialect string) string {
	var appended string
	switch dialect {
	case "postgres":
		appended = "SET search_path TO public;\n"
	}
	return strings.ReplaceAll("dump"+appended, "\r\n", "\n")
}

// A text that is compared with.
const discard = "DISCARD ALL"

func isDiscard(sql string) bool { return sql == discard }

// A text that is logged.
var hint = "SET ROLE app;"

func advise() { log.Println("run this first:", hint) }

// A fixture that only a test would use.
var fixture = struct{ name, sql string }{"lock", "SELECT pg_advisory_lock(1)"}

// A statement that only other packages can run.
const Unused = "LISTEN jobs;"
