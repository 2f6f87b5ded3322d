package main

import (
	"strings"
	"testing"
)

const changeable = `
-- go.mod --
module example.com/app
go 1.25
-- app.go --
package app

import "database/sql"

func Use(db *sql.DB) {
	db.Exec("SET default_transaction_read_only = on")
	db.Exec("SET search_path = app")
	db.Exec("SET work_mem = '8MB'")
	db.Exec("LISTEN jobs")
	db.Exec("NOTIFY jobs")
}
`

// Which settings would help is seen by judging again, and only what helps is said.
func TestCompareNamesTheSettingsThatHelp(t *testing.T) {
	dir := module(t, changeable)
	advice := func(flags ...string) (lines string) {
		r := poolvet(t, dir, "", append(append([]string{"compare"}, flags...), ".")...)
		_, lines, found := strings.Cut(r.stdout, "so many places would be right:\n")
		if r.status != 0 || !found && len(r.stdout) == 0 {
			t.Errorf("%v: status %d\n%s%s", flags, r.status, r.stdout, r.stderr)
		}
		lines, _, _ = strings.Cut(lines, "1 package read")
		return lines
	}
	for _, test := range []struct {
		flags []string
		want  string
	}{
		{[]string{"-pooler=pgbouncer@1.25"}, "pgbouncer@1.25  track_extra_parameters=intervalstyle,default_transaction_read_only: 1 of 4\n"},
		{[]string{"-pooler=pgbouncer@1.25", "-postgres=18"}, "pgbouncer@1.25  track_extra_parameters=intervalstyle,default_transaction_read_only: 1 of 4;\n                track_extra_parameters=intervalstyle,search_path: 1 of 4\n"},
		{[]string{"-pooler=pgbouncer@1.26"}, "pgbouncer@1.26  PostgreSQL 18: 1 of 3\n"},
		{[]string{"-pooler=pgbouncer@1.26", "-postgres=18"}, ""},
		{[]string{"-pooler=pgdog"}, "pgdog@0.1.45  pub_sub_channel_size above 0: 2 of 2\n"},
		{[]string{"-pooler=pgdog", "-pub-sub=on"}, ""},
		{[]string{"-pooler=rdsproxy"}, ""},
	} {
		if got := advice(test.flags...); got != test.want {
			t.Errorf("%v:\n got %q\nwant %q", test.flags, got, test.want)
		}
	}
	poolvet(t, dir, "", "compare", "-pooler=pgdog", "-format=json", ".").want(t, 0,
		`"changes":[{"setting":"pub_sub_channel_size above 0","flag":"-pub-sub=on","fewer":2}]`, "")
	poolvet(t, dir, "", "compare", "-pooler=pgdog", "-format=html", ".").want(t, 0,
		"<dt>PgDog</dt><dd>pub_sub_channel_size above 0: 2 of 2</dd>", "")
}
