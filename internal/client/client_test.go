package client

import (
	"regexp"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/session"
)

// read is a line of a file, as it stands for good: at a commit or in a release.
var read = regexp.MustCompile(`^https://github\.com/[\w.-]+/[\w.-]+/blob/([0-9a-f]{7,12}|REL_\d+_\d+|php-\d+\.\d+\.\d+|\d+\.\d+\.\d+)/[^#]+#L[1-9]\d*$`)

// A row is for what changes a session, and says where that was read.
func TestRows(t *testing.T) {
	for _, c := range All {
		byName := c.App+c.Tag != "" || c.Prepared != nil
		if !byName && len(c.Sent) == 0 || byName != (c.Says != "") {
			t.Errorf("%s: nothing tells it", c.Name)
		}
		seen := map[string]bool{}
		for _, s := range c.Sent {
			sql := strings.ReplaceAll(s.SQL, "…", string(pgquery.Hole))
			if len(session.Analyze(sql).Effects) == 0 && s.SQL != "CLOSE ALL" {
				t.Errorf("%s: %s changes nothing in a session", c.Name, s.SQL)
			}
			if s.When == "" || !read.MatchString(s.Reference) || seen[s.SQL] {
				t.Errorf("%s: %s: no when, no line that was read, or twice: %s", c.Name, s.SQL, s.Reference)
			}
			seen[s.SQL] = true
		}
	}
}

func TestTheNameOfAnApplicationNarrows(t *testing.T) {
	is := func(sql string) bool { return sql == "SET DATESTYLE = ISO" || sql == "SET datestyle TO 'ISO'" }
	for app, want := range map[string]string{"": "psycopg 2, pg_dump", "billing": "psycopg 2", "pg_dump": "pg_dump", "pgAdmin 4 - DB:x": "pgAdmin", "psql": "psql"} {
		var names []string
		for _, k := range Senders(app, nil, is) {
			names = append(names, k.Name)
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("%q: %s, want %s", app, got, want)
		}
	}
}

// sqlcommenter's tags name the framework, and the driver below it.
func TestTagsNarrow(t *testing.T) {
	is := func(sql string) bool { return sql == "SET datestyle TO 'ISO'" || strings.Contains(sql, "'TimeZone'") }
	for tag, want := range map[string]string{"django:4.2": "Django", "psycopg2:2.9": "psycopg 2", "gorm": "psycopg 2, Django"} {
		var names []string
		for _, k := range Senders("billing", []string{tag, ""}, is) {
			names = append(names, k.Name)
		}
		if got := strings.Join(names, ", "); got != want {
			t.Errorf("%q: %s, want %s", tag, got, want)
		}
	}
}

func TestNamesOfPreparedStatements(t *testing.T) {
	for name, want := range map[string]string{
		"__asyncpg_stmt_1a__": "asyncpg", "_pg3_12": "psycopg 3", "S_3": "JDBC", "_auto7": "Npgsql", "_p2": "Npgsql", "a12": "Rails",
		"pdo_stmt_0000000a": "PDO", "dbdpg_p4711_2": "DBD::Pg", "stmtcache_00af": "pgx", "lrupsc_1_2": "pgx",
		"add": "", "abc1": "", "orders": "", "": "",
	} {
		got := ""
		if c := Preparing(name); c != nil {
			got = c.Name
		}
		if got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
