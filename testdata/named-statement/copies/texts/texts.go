// want package:`copyTexts\(4\)`

// Package texts makes the text of a COPY for others.
package texts

import "github.com/lib/pq"

// Users is one.
var Users = pq.CopyIn("users", "name", "mail")

const Orders = "COPY orders (id) FROM STDIN"

type Table struct{ Name string }

func (t Table) Copy(columns ...string) string { return pq.CopyInSchema("app", t.Name, columns...) }

func Copy(table string, columns ...string) (string, error) {
	text := pq.CopyIn(table, columns...)
	return text, nil
}

func Query() string { return "SELECT a FROM t" }
