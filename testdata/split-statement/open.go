package splitstatement

import (
	"database/sql"
	"fmt"
	"net/url"
	"sort"
	"strings"
)

type settings struct {
	host   string
	params map[string]string
}

// A loop adds keys that nobody here knows: one of them may be the mode.
func (s settings) pairs() string {
	var b strings.Builder
	fmt.Fprintf(&b, "host=%s sslmode=disable", s.host)
	if len(s.params) > 0 {
		var keys []string
		for key := range s.params {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			fmt.Fprintf(&b, " %s=%s", key, s.params[key])
		}
	}
	return b.String()
}

func (s settings) url() string {
	q := url.Values{}
	for key, value := range s.params {
		q.Set(key, value)
	}
	return (&url.URL{Scheme: "postgres", Host: s.host, RawQuery: q.Encode()}).String()
}

func openSettings(s settings) {
	sql.Open("postgres", s.pairs()) // want `sql.Open with the default of lib/pq, binary_parameters=no.*, unless the connection string says otherwise.*\(split-statement\)`
	sql.Open("postgres", s.url())   // want `sql.Open with the default of lib/pq, binary_parameters=no.*, unless the connection string says otherwise.*\(split-statement\)`
}
