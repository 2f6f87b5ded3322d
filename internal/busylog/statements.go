package busylog

import (
	"strconv"
	"strings"
)

// statement is one with values in it, of which each run has others.
type statement struct {
	parts []string // with a value between each two
	kinds []byte   // of the values: n is a number, s a string
}

// compile reads a statement with %n and %s for its values.
func compile(sql string) (s statement) {
	for {
		before, rest, ok := strings.Cut(sql, "%")
		s.parts = append(s.parts, before)
		if !ok {
			return s
		}
		s.kinds = append(s.kinds, rest[0])
		sql = rest[1:]
	}
}

var tables = strings.Fields("orders order_items customers invoices payments shipments products stock prices carts sessions users accounts events audit_log jobs")

// forms are what is done with a table.
var forms = []string{
	"SELECT id, created_at, updated_at, state, total FROM TABLE WHERE id = %n",
	"SELECT t.id, t.state, c.name FROM TABLE t JOIN customers c ON c.id = t.customer_id WHERE t.id = %n AND c.region = %s",
	"SELECT count(*) FROM TABLE WHERE state IN (%s, %s, %s) AND created_at > %s",
	"SELECT * FROM TABLE WHERE email = %s LIMIT %n OFFSET %n",
	"SELECT id FROM TABLE WHERE tenant = %n AND state = %s ORDER BY created_at DESC LIMIT 50",
	"INSERT INTO TABLE (tenant, customer_id, state, note, total) VALUES (%n, %n, %s, %s, %n) RETURNING id",
	"INSERT INTO TABLE (id, state) VALUES (%n, %s), (%n, %s), (%n, %s) ON CONFLICT (id) DO UPDATE SET state = excluded.state",
	"UPDATE TABLE SET state = %s, updated_at = now() WHERE id = %n AND version = %n",
	"UPDATE TABLE SET total = total + %n WHERE tenant = %n",
	"DELETE FROM TABLE WHERE created_at < %s AND tenant = %n",
	"SELECT \"t\".\"id\", \"t\".\"state\" FROM \"TABLE\" AS \"t\" WHERE \"t\".\"id\" = %n AND \"t\".\"note\" LIKE %s",
	"SELECT id FROM TABLE WHERE state = %s FOR UPDATE SKIP LOCKED LIMIT %n",
	"SELECT o.id, o.total, c.name, sum(i.price * i.quantity) AS amount\nFROM TABLE o\nJOIN customers c ON c.id = o.customer_id\nLEFT JOIN order_items i ON i.order_id = o.id\nWHERE o.tenant = %n\n  AND o.created_at BETWEEN %s AND %s\nGROUP BY o.id, o.total, c.name\nORDER BY amount DESC\nLIMIT %n",
	"WITH recent AS (\n    SELECT id, tenant, total\n    FROM TABLE\n    WHERE created_at > %s\n)\nSELECT tenant, count(*), avg(total)\nFROM recent\nGROUP BY tenant\nHAVING count(*) > %n",
	"UPDATE TABLE\n\tSET state = %s,\n\t    locked_by = %s\n\tWHERE id = (\n\t\tSELECT id FROM TABLE WHERE state = %s ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED\n\t)\n\tRETURNING id, payload",
	"SELECT EXISTS (SELECT 1 FROM TABLE WHERE customer_id = %n AND state <> %s)",
	"SELECT date_trunc('day', created_at) AS day, sum(total) FROM TABLE WHERE tenant = %n GROUP BY 1 ORDER BY 1",
	"SELECT id, payload->>'kind' AS kind FROM TABLE WHERE payload @> %s AND id > %n ORDER BY id LIMIT 500",
	"INSERT INTO TABLE (tenant, payload) SELECT %n, jsonb_build_object('kind', %s, 'at', now())",
	"SELECT TABLE.id, TABLE.state, TABLE.tenant, TABLE.customer_id, TABLE.total, TABLE.note, TABLE.created_at, TABLE.updated_at FROM TABLE WHERE TABLE.tenant = %n AND TABLE.id IN (%n, %n, %n, %n, %n, %n, %n, %n)",
}

var statements = func() (all []statement) {
	for _, table := range tables {
		for _, form := range forms {
			all = append(all, compile(strings.ReplaceAll(form, "TABLE", table)))
		}
	}
	return all
}()

// settings are statements that change the session.
var settings = []statement{
	compile("SELECT set_config('app.tenant', %s, false)"), compile("SELECT set_config(%s, %s, true)"), compile("SET search_path TO tenant_1, public"),
	compile("SET LOCAL statement_timeout = 5000"), compile("SELECT pg_try_advisory_lock(%n)"), compile("SET application_name = 'shop-worker'"),
	compile("DISCARD ALL"), compile("LISTEN jobs"),
}

var plain = [][]byte{[]byte("BEGIN"), []byte("COMMIT"), []byte("BEGIN"), []byte("COMMIT"), []byte("ROLLBACK"), []byte("SELECT 1"), []byte("BEGIN ISOLATION LEVEL REPEATABLE READ")}

var words = strings.Fields("paid open shipped cancelled returned alice@example.com O'Brien north south payments_2026 rush gift")

// fill writes a statement with values in it or, bound, with placeholders and the
// values as DETAIL has them.
func (w *writer) fill(s statement, bound bool) {
	w.sql, w.values = append(w.sql[:0], s.parts[0]...), w.values[:0]
	for i, kind := range s.kinds {
		if bound {
			w.sql = strconv.AppendInt(append(w.sql, '$'), int64(i+1), 10)
			w.values = append(w.values, []string{"parameters: $", ", $"}[min(i, 1)]...)
			w.values = append(strconv.AppendInt(w.values, int64(i+1), 10), " = "...)
			w.values = w.value(w.values, 's', kind)
		} else {
			w.sql = w.value(w.sql, kind, kind)
		}
		w.sql = append(w.sql, s.parts[i+1]...)
	}
}

// value writes one, quoted as a string where written is s.
func (w *writer) value(to []byte, written, kind byte) []byte {
	if written == 's' {
		to = append(to, '\'')
	}
	if kind == 'n' {
		to = strconv.AppendInt(to, int64(w.rand.IntN(1_000_000)), 10)
	} else {
		for _, c := range []byte(pick(w, words)) {
			if c == '\'' {
				to = append(to, c)
			}
			to = append(to, c)
		}
		to = strconv.AppendInt(append(to, '-'), int64(w.rand.IntN(10_000)), 10)
	}
	if written == 's' {
		to = append(to, '\'')
	}
	return to
}
