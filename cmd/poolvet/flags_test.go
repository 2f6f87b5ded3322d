package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFlagsOfAPoolersConfiguration(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"pgbouncer.ini": "[databases]\nreports = host=db pool_mode=session\n[pgbouncer]\npool_mode = transaction\nmax_prepared_statements = 100\n",
		"session.ini":   "[pgbouncer]\nlisten_port = 6432\n",
		"bad.ini":       "[pgbouncer]\npool_mode = none\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r := poolvet(t, dir, "", "flags", "pgbouncer.ini")
	if r.status != 0 || r.stdout != "-pooler=pgbouncer -prepared-statements=on\n" || !strings.Contains(r.stderr, "pgbouncer.ini:2: database reports: pool_mode=session: one run is for one mode") {
		t.Errorf("%+v", r)
	}
	r = poolvet(t, dir, "", "flags", "-version=1.21", "pgbouncer.ini")
	if r.status != 0 || !strings.HasPrefix(r.stdout, "-pooler=pgbouncer@1.21 ") {
		t.Errorf("%+v", r)
	}
	r = poolvet(t, dir, "", "flags", "-why", "pgbouncer.ini")
	if r.status != 0 || r.stderr != "" || !strings.Contains(r.stdout, "pgbouncer.ini:5  max_prepared_statements = 100") || !strings.Contains(r.stdout, "-prepared-statements=on") || !strings.Contains(r.stdout, "no flag") {
		t.Errorf("%+v", r)
	}
	r = poolvet(t, dir, "", "flags", "session.ini")
	if r.status != 0 || r.stdout != "-pooler=none\n" || !strings.Contains(r.stderr, "nothing to vet") {
		t.Errorf("%+v", r)
	}
	for args, want := range map[string]string{"flags bad.ini": "bad.ini:2: pool_mode", "flags": "there is no .poolvetflags here: write one",
		"flags -version=9 pgbouncer.ini": "1.18 to 1.26", "flags -version=1 session.ini": "no versions", "flags missing.ini": "missing.ini"} {
		if r := poolvet(t, dir, "", strings.Fields(args)...); r.status != 2 || !strings.Contains(r.stderr, want) {
			t.Errorf("%s: %+v", args, r)
		}
	}
}
