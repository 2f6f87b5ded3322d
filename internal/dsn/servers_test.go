package dsn

import (
	"fmt"
	"testing"

	"github.com/poolvet/poolvet/internal/text"
)

func TestServers(t *testing.T) {
	for s, want := range map[string]string{
		"postgres://u:p@db.internal/app":                     "[{db.internal 5432}]",
		"postgres://u:p@DB.internal:6432/app?sslmode=off":    "[{db.internal 6432}]",
		"postgresql://db":                                    "[{db 5432}]",
		"postgres://u:" + text.HoleText + "@db/app":          "[{db 5432}]",
		"postgres://u@a,b:7/app":                             "[{a 5432} {b 7}]",
		"postgres://u@[::1]:6432/app":                        "[{::1 6432}]",
		"host=/var/run user=u":                               "[{/var/run 5432}]",
		"postgres:///app?host=db&port=6432":                  "[{db 6432}]",
		"postgres://db/app?host=":                            "[]",
		"postgres://db:1/app?port=":                          "[]",
		"host=db port=6432 user=u":                           "[{db 6432}]",
		"host=a,b port=1,2":                                  "[{a 1} {b 2}]",
		"host=a,b port=1":                                    "[{a 1} {b 1}]",
		"user=u dbname=app":                                  "[]",
		"postgres://" + text.HoleText + "/app":               "[]",
		"postgres://u@db:" + text.HoleText + "/app":          "[]",
		text.HoleText:                                        "[]",
		text.HoleText + "?host=db":                           "[{db 5432}]",
		"mysql":                                              "[]",
		"":                                                   "[]",
		"host=" + text.HoleText + ".internal port=5432":      "[]",
		"postgres://u@db.internal:6432/app#x":                "[{db.internal 6432}]",
		`host=a\b`:                                           "[]",
		"postgres://u:p%40w@db%C3%A9":                        "[]",
		"postgres://u:p@w@db.internal":                       "[]",
		"postgres://u@db.internal#x":                         "[]",
		"postgres://u@db.internal:6432?application_name=a@b": "[{db.internal 6432}]",
	} {
		if got := fmt.Sprint(Servers(s)); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}
