package server

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// StartOdyssey runs a system's Odyssey in a pool mode; settings are those of
// its rule for every database and user.
func StartOdyssey(r Root, pg *Postgres, mode string, settings map[string]string, users ...string) (*Pooler, error) {
	return r.startPooler(product{
		name: "Odyssey", paths: []string{"/usr/sbin/odyssey", "/usr/bin/odyssey"}, files: odysseyFiles,
		args:     func(dir string) []string { return []string{filepath.Join(dir, "odyssey.conf")} },
		patience: func(p *Pooler) error { return p.accepts(p.Port) },
	}, pg, mode, settings, users)
}

func odysseyFiles(p *Pooler, pg *Postgres, settings map[string]string, _ []string) map[string]string {
	all := map[string]string{
		"storage": `"pg"`, "authentication": `"none"`,
		"pool": `"` + p.Mode + `"`, "pool_size": "2",
	}
	maps.Copy(all, settings)
	var rule strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(&rule, "\t\t%s %s\n", name, all[name])
	}
	return map[string]string{"odyssey.conf": fmt.Sprintf(`daemonize no
log_to_stdout yes
log_format "%%p %%t %%l [%%i %%s] (%%c) %%m\n"
unix_socket_dir "%s"
unix_socket_mode "0644"
workers 1
listen {
	host "127.0.0.1"
	port %d
}
storage "pg" {
	type "remote"
	host "127.0.0.1"
	port %d
}
database default {
	user default {
%s	}
}
`, p.dir, p.Port, pg.Port, rule.String())}
}
