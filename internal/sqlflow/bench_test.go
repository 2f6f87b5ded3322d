package sqlflow

import (
	"fmt"
	"strings"
	"testing"
)

// One package of 200 functions, a quarter of whose texts are built in steps.
func BenchmarkNew(b *testing.B) {
	var src strings.Builder
	src.WriteString("package p\nimport (\"database/sql\"; \"fmt\")\n")
	for i := range 200 {
		fmt.Fprintf(&src, "func f%d(db *sql.DB, s string, c bool) {\n\tdb.Exec(`SELECT a FROM t WHERE id = $1`, %d)\n", i, i)
		if i%4 == 0 {
			src.WriteString("\tq := `UPDATE t SET a = 1`\n\tif c { q += ` WHERE b = ` + s }\n\tdb.Exec(fmt.Sprintf(`%s RETURNING %d`, q, 1))\n")
		}
		src.WriteString("}\n")
	}
	if n := len(flowOf(b, src.String()).Queries); n < 200 {
		b.Fatalf("%d queries", n)
	}
	pass, in := passOf(b, src.String())
	b.ReportAllocs()
	for b.Loop() {
		New(pass, in, nil)
	}
}
