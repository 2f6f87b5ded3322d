package setparameter

import (
	"bytes"
	"database/sql"
	"io"
	"strings"
)

type quoter interface {
	QuoteTo(w io.Writer, name string)
}

// What writes the rest is not read: an interface, another package.
func handedOn(db *sql.DB, q quoter, tenant string, names io.Reader) {
	db.Exec(setFor(q, "SET search_path TO ", tenant)) // want `SET search_path.*\(set-parameter\)`

	var buffer bytes.Buffer
	buffer.WriteString("SET lock_timeout = ") // want `SET lock_timeout.*\(set-parameter\)`
	io.Copy(&buffer, names)
	db.Exec(buffer.String())
}

func setFor(q quoter, raw, tenant string) string {
	text := new(strings.Builder)
	_, _ = text.WriteString(raw)
	quote(text, q, tenant)
	return text.String()
}

func quote(w io.Writer, q quoter, name string) { q.QuoteTo(w, name) }

// What only reads a builder leaves it as it is.
func handedOnToRead(db *sql.DB, log *strings.Builder) {
	var buffer bytes.Buffer
	buffer.WriteString("SET LOCAL lock_timeout = 5")
	io.Copy(log, &buffer)
	tx, _ := db.Begin()
	tx.Exec(buffer.String())
}
