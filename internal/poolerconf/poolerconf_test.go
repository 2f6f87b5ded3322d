package poolerconf

import (
	"strings"
	"testing"
)

const ini = `[databases]
* = host=db
reports = host=db pool_mode=session
[pgbouncer]
; a comment
pool_mode = transaction
max_prepared_statements = 200
track_extra_parameters = IntervalStyle, search_path
ignore_startup_parameters = extra_float_digits
server_reset_query_always = 1
listen_port = 6432
`

const odysseyConf = `# the pooler
daemonize no
storage "pg" { type "remote" }
database default {
	user default {
		storage "pg"
		pool "transaction"
		pool_size 10
		pool_reserve_prepared_statement no
		pool_discard no
	}
}
`

const cnpg = `apiVersion: v1
kind: Service
---
apiVersion: postgresql.cnpg.io/v1
kind: Pooler
spec:
  pgbouncer:
    poolMode: transaction
    parameters:
      max_prepared_statements: "0"
      default_pool_size: "10"
`

func TestFlagsOfConfigurations(t *testing.T) {
	for _, test := range []struct {
		file, content string
		flags         string
		unsaid        string // what no flag expresses, with its line
	}{
		{"pgbouncer.ini", ini, "-pooler=pgbouncer -prepared-statements=on -tracked-params=IntervalStyle,search_path -ignored-params=extra_float_digits",
			"pgbouncer.ini:3 database reports: pool_mode, pgbouncer.ini:10 server_reset_query_always"},
		{"pgbouncer.ini", "[pgbouncer]\npool_mode=statement\n", "-pooler=pgbouncer-statement", ""},
		{"pgbouncer.ini", "[pgbouncer]\nlisten_port = 1\n", "-pooler=none", ""},
		{"pgbouncer.ini", "%include other.ini\n[pgbouncer]\npool_mode = transaction", "-pooler=pgbouncer", "pgbouncer.ini:1 %include"},
		{"odyssey.conf", odysseyConf, "-pooler=odyssey -prepared-statements=off", "odyssey.conf:10 pool_discard"},
		{"pgdog.toml", "[general]\nprepared_statements = \"full\"\nquery_parser = \"on\"\npub_sub_channel_size = 64\n",
			"-pooler=pgdog -prepared-statements=on -query-parser=on -pub-sub=on", "pgdog.toml:2 prepared_statements"},
		{"pgdog.toml", "[general]\npooler_mode = \"transaction\"\n[[databases]]\nname = \"a\"\n[[databases]]\nname = \"b\"\npooler_mode = \"session\"\n", "-pooler=pgdog", "pgdog.toml:7 database b: pooler_mode"},
		{"pgcat.toml", "[general]\nport = 1\n[pools.a]\npool_mode = \"transaction\"\nprepared_statements_cache_size = 500\n[pools.b]\npool_mode = \"session\"\n",
			"-pooler=pgcat -prepared-statements=on", "pgcat.toml:7 pool b: pool_mode"},
		{"pooler.yaml", cnpg, "-pooler=cloudnativepg -prepared-statements=off", ""},
		{"pg.yml", "kind: postgresql\nspec:\n  enableConnectionPooler: true\n", "-pooler=zalando", ""},
	} {
		settings, err := Read(test.file, []byte(test.content))
		if err != nil {
			t.Errorf("%s: %v", test.file, err)
			continue
		}
		flags, err := Flags(settings)
		var unsaid []string
		for _, s := range settings {
			if s.Flag == "" {
				unsaid = append(unsaid, s.At()+" "+s.Name)
			}
		}
		if got := strings.Join(flags, " "); got != test.flags || err != nil || strings.Join(unsaid, ", ") != test.unsaid {
			t.Errorf("%s:\n got %s, %v; %q\nwant %s; %s", test.file, got, err, unsaid, test.flags, test.unsaid)
		}
	}
}

func TestBadConfigurationsNameThePlace(t *testing.T) {
	for _, test := range []struct{ file, content, want string }{
		{"pgbouncer.ini", "[pgbouncer]\npool_mode = none\n", `pgbouncer.ini:2: pool_mode is "none"`},
		{"pgbouncer.ini", "[pgbouncer]\nmax_prepared_statements = many\n", "pgbouncer.ini:2: max_prepared_statements"},
		{"pgbouncer.ini", "[pgbouncer\n", "pgbouncer.ini:1: "},
		{"pgbouncer.ini", "[pgbouncer]\nwords\n", "pgbouncer.ini:2: "},
		{"odyssey.conf", "database default {\n\tpool \"transaction\"\n", "odyssey.conf:3: { is not closed"},
		{"odyssey.conf", "}\n", "odyssey.conf:1: "},
		{"odyssey.conf", "pool \"transaction\n", "odyssey.conf:1: "},
		{"odyssey.conf", "pool_reserve_prepared_statement 1\n", "odyssey.conf:1: "},
		{"pgdog.toml", "[general]\nquery_parser = \n", "pgdog.toml:2: "},
		{"pgdog.toml", "[other]\n", "pgdog.toml:1: neither"},
		{"pooler.yaml", "kind: Pooler\nspec: [\n", "pooler.yaml:"},
		{"pooler.yaml", "kind: Deployment\n", "pooler.yaml:1: neither"},
		{"README.md", "# text\n", "README.md: not known"},
	} {
		if _, err := Read(test.file, []byte(test.content)); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", test.file, err, test.want)
		}
	}
	a, _ := Read("a.ini", []byte("[pgbouncer]\npool_mode = transaction\n"))
	b, _ := Read("b.conf", []byte("pool \"transaction\"\n"))
	if _, err := Flags(append(a, b...)); err == nil || !strings.Contains(err.Error(), "b.conf:1: pool is -pooler=odyssey, and pool_mode of a.ini:2 is -pooler=pgbouncer") {
		t.Errorf("two poolers: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for file, content := range map[string]string{"pgbouncer.ini": ini, "odyssey.conf": odysseyConf, "pooler.yaml": cnpg, "pgdog.toml": "[general]\npooler_mode = \"session\"\n"} {
		f.Add(file, content)
	}
	f.Fuzz(func(t *testing.T, file, content string) {
		settings, err := Read(file, []byte(content))
		if err != nil {
			if !strings.HasPrefix(err.Error(), file+":") {
				t.Errorf("%q does not name the file %q", err, file)
			}
			return
		}
		for _, s := range settings {
			if s.Line < 0 || s.Line > strings.Count(content, "\n")+1 || s.Name == "" || s.Flag == "" && s.Why == "" {
				t.Errorf("%+v of %q", s, content)
			}
		}
		if flags, err := Flags(settings); err == nil {
			for _, flag := range flags {
				if name, value, ok := strings.Cut(flag, "="); !ok || !strings.HasPrefix(name, "-") || value == "" {
					t.Errorf("%q is no flag", flag)
				}
			}
		}
	})
}
