package main

import (
	"strings"
	"testing"
)

// What is not known is said with what may be meant, and with all that there is.
func TestUnknownNames(t *testing.T) {
	for args, want := range map[string]string{
		"-pooler=pgbonucer .":         `poolvet: -pooler: pooler "pgbonucer" is not known (did you mean pgbouncer?); known are rdsproxy, pgbouncer[@VERSION]`,
		"-pooler=pgbouncer@v1.20 .":   `poolvet: -pooler: version "v1.20" of pgbouncer is not known (did you mean 1.20?); known are 1.18 to 1.26`,
		"-rules=-set-rol .":           `poolvet: -rules: "set-rol" is not known (did you mean set-role?); known are set-parameter, `,
		"-poler=none .":               "poolvet: -poler is no flag (did you mean -pooler?); the flags are -C, -at-embed, ",
		"-nothing-like-it .":          "poolvet: -nothing-like-it is no flag; the flags are -C, ",
		"-format=sarf .":              `poolvet: -format: "sarf" is not known (did you mean sarif?); known are `,
		"-color=alwys .":              `poolvet: -color: "alwys" is not known (did you mean always?); known are auto, always, never`,
		"compare -format=htm .":       `poolvet: -format: "htm" is not known (did you mean html?); known are html, json, text`,
		"compare -pooler=all,pgdgo .": `poolvet: -pooler: pooler "pgdgo" is not known (did you mean pgdog?); known are rdsproxy`,
		"sql -al":                     "poolvet: -al is no flag (did you mean -all?); the flags are -all, ",
		"explain sessionlock":         `poolvet: rule "sessionlock" is not known (did you mean session-lock?); known are set-parameter, `,
		"flags -for=golanci":          `poolvet: -for: "golanci" is not known (did you mean golangci?); known are golangci, words`,
		"compar ./...":                "poolvet: compar is no command; did you mean compare? A package of that name is written ./compar",
	} {
		poolvet(t, t.TempDir(), "", strings.Fields(args)...).want(t, 2, "", want)
	}
}
