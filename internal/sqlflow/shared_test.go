package sqlflow

import "testing"

// In each body the first text that reaches the database serves it alone, or
// something else too.
func TestSharing(t *testing.T) {
	for _, test := range []struct {
		name, body string
		queries    int
		alone      bool
	}{
		{"an argument", "db.Exec(`a`)", 1, true},
		{"a constant of two calls", "const q = `a`\ndb.Exec(q)\ndb.Query(q)", 1, true},
		{"a constant in two texts", "const q = `a`\ndb.Exec(q)\ndb.Query(q + `b`)", 2, true},
		{"a variable in steps", "q := `a`\nif c { q += `b` }\ndb.Exec(q)", 2, true},
		{"a builder", "var b strings.Builder\nb.WriteString(`a`)\nfmt.Fprintf(&b, `%s`, s)\ndb.Exec(b.String())", 1, true},
		{"a list", "for _, q := range []string{`a`, `b`} { db.Exec(q) }", 1, true},
		{"a list in a variable", "qs := []string{`a`, `b`}\nfor _, q := range qs { db.Exec(q) }", 1, true},
		{"a wrapper", "run := func(q string) { db.Exec(q) }\nrun(`a`)", 1, true},
		{"a format", "q := fmt.Sprintf(`a %s`, s)\ndb.Exec(q)", 1, true},
		{"an exported constant", "db.Exec(Exported)", 1, false},
		{"what is printed too", "q := `a`\nfmt.Println(q)\ndb.Exec(q)", 1, false},
		{"what is compared too", "q := `a`\nif q == s { return }\ndb.Exec(q)", 1, false},
		{"what is sent elsewhere too", "q := `a`\nch := make(chan string, 1)\nch <- q\ndb.Exec(q)", 1, false},
		{"a builder that is printed too", "var b strings.Builder\nb.WriteString(`a`)\nfmt.Println(&b)\ndb.Exec(b.String())", 1, false},
		{"what a function returns", "q := func() string { return `a` }\ndb.Exec(q())", 1, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			flow := flowOf(t, `package p
import ("database/sql"; "fmt"; "strings")
var _ = []any{fmt.Sprint, strings.Join}
const Exported = "a"
func f(db *sql.DB, s string, c bool) {
`+test.body+"\n}")
			queries, alone := flow.Sharing(flow.Queries[0].Text, 0)
			if len(queries) != test.queries || alone != test.alone {
				t.Errorf("%d queries, alone %t; want %d, %t", len(queries), alone, test.queries, test.alone)
			}
		})
	}
}

// A wrapper that runs its text on more than one handle runs it on an unknown
// one, in whatever order the handles are found.
func TestHandleOfMixedWrappers(t *testing.T) {
	for _, test := range []struct {
		name, body string
		want       Handle
	}{
		{"a transaction", "run := func(q string) { tx.Exec(q) }\nrun(`a`)", Tx},
		{"a transaction first", "run := func(q string) { if c { tx.Exec(q) } else { db.Exec(q) } }\nrun(`a`)", UnknownHandle},
		{"a pool first", "run := func(q string) { if c { db.Exec(q) } else { tx.Exec(q) } }\nrun(`a`)", UnknownHandle},
		{"two hops", "run := func(q string) { if c { tx.Exec(q) } else { db.Exec(q) } }\nouter := func(q string) { run(q) }\nouter(`a`)", UnknownHandle},
	} {
		t.Run(test.name, func(t *testing.T) {
			flow := flowOf(t, `package p
import "database/sql"
func f(db *sql.DB, tx *sql.Tx, c bool) {
`+test.body+"\n}")
			for _, u := range flow.Queries[0].Uses {
				if u.Handle != test.want {
					t.Errorf("%s, want %s", u.Handle, test.want)
				}
			}
		})
	}
}
