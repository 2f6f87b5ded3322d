package stress

import (
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/analyzer"
)

// One package for what keeps a finding back, and what is said of it: each line
// here fails when its mechanism is switched off.
func TestMechanisms(t *testing.T) {
	for _, test := range []struct {
		name, src string
		options   analyzer.Options
		want      []string // line: begin of the message
	}{
		{name: "nothing", src: "db.Exec(`SET ROLE a`)",
			want: []string{"1: SET ROLE: "}},
		{name: "ignore", src: "//poolvet:ignore set-role -- why\ndb.Exec(`SET ROLE a`)\ndb.Exec(`SET ROLE b`)",
			want: []string{"3: SET ROLE: "}},
		{name: "ignore of another rule", src: "//poolvet:ignore listen -- why\ndb.Exec(`SET ROLE a`)",
			want: []string{"1: //poolvet:ignore: ignore changes nothing here: remove it (directive)", "2: SET ROLE: "}},
		{name: "ignore on its line", src: "db.Exec(`SET ROLE a`) //poolvet:ignore set-role -- why"},
		{name: "direct", src: "//poolvet:direct -- why\ndb.Exec(`SET ROLE a`)\ndb.Exec(`SET ROLE b`)",
			want: []string{"3: SET ROLE: "}},
		{name: "direct keeps what no pooler is needed for", src: "//poolvet:direct -- why\ndb.Exec(`SET LOCAL a.b = 1`)",
			want: []string{"2: SET LOCAL a.b: has no effect outside a transaction"}},
		{name: "the narrowest counts", src: "}\n\n//poolvet:direct -- all of it\nfunc g() {\n//poolvet:pooler rdsproxy -- but this\ndb.Exec(`SET ROLE a`)\ndb.Exec(`SET ROLE b`)",
			want: []string{"6: SET ROLE: "}},
		{name: "direct of an option", src: "db.Exec(`SET ROLE a`)", options: analyzer.Options{Direct: []string{"example.com/p"}}},
		{name: "a rule that is off", src: "db.Exec(`SET ROLE a`)", options: analyzer.Options{Rules: []string{"-set-role"}}},
		{name: "unused", src: "//poolvet:ignore set-role -- why\ndb.Exec(`SELECT 1`)",
			want: []string{"1: //poolvet:ignore: ignore changes nothing here: remove it (directive)"}},
		{name: "unused, of a rule that is off", src: "//poolvet:ignore set-role -- why\ndb.Exec(`SELECT 1`)", options: analyzer.Options{Rules: []string{"-set-role"}}},
		{name: "unused direct", src: "//poolvet:direct -- why\ndb.Exec(`SELECT 1`)",
			want: []string{"1: //poolvet:direct: direct changes nothing here: remove it (directive)"}},
		{name: "without a reason", src: "//poolvet:ignore set-role\ndb.Exec(`SET ROLE a`)",
			want: []string{"1: //poolvet:ignore: ignore needs a reason: //poolvet:ignore set-role -- reason (directive)", "2: SET ROLE: "}},
		{name: "spaced", src: "// poolvet:ignore set-role -- why\ndb.Exec(`SET ROLE a`)",
			want: []string{"1: // poolvet:ignore: is no directive as it is written: //poolvet:ignore set-role -- why (directive)", "2: SET ROLE: "}},
		{name: "another dash", src: "//poolvet:ignore set-role — why\ndb.Exec(`SET ROLE a`)",
			want: []string{"1: //poolvet:ignore: needs two dashes before its reason: //poolvet:ignore set-role -- why (directive)", "2: SET ROLE: "}},
		{name: "prose", src: "// poolvet ignores what it cannot read\ndb.Exec(`SELECT 1`)"},
		{name: "below another file's lines", src: "//line view.templ:1000\nfunc() {\n//poolvet:ignore set-role -- why\ndb.Exec(`SET ROLE a`)\ndb.Exec(`SET ROLE b`)\n}()",
			want: []string{"5: SET ROLE: "}},
		{name: "a text that is no SQL", src: "db.Exec(`SET search_path TO `)", want: []string{"1: not analysed: syntax error"}},
		{name: "clauses that are there or not", src: "q := `SELECT nextval('s') FROM t WHERE true`\n" +
			each(12, "if b { q += ` AND a# = $#` }\n") + "db.Exec(q)", options: analyzer.Options{Rules: []string{"set-role"}}},
		{name: "statements that are there or not", src: "qs := []string{}\n" +
			each(9, "if b { qs = append(qs, `SET TIME ZONE `+[]string{`a`, `b`, `c`}[n]) }\n") + "db.Exec(strings.Join(qs, `;`))",
			want: slices.Repeat([]string{"*: SET TIME ZONE: "}, 9)},
		{name: "a hundred statements of clauses that are there or not", src: "type s struct { q string }\nvar all []s\n" +
			each(100, "{\nq := `ALTER TABLE t`\n"+repeat("if b { q += ` SET (x)` }\n", 5)+"all = append(all, s{q})\n}\n") +
			"all = append(all, s{`SET ROLE a`})\nfor _, s := range all { db.Exec(s.q) }",
			want: []string{"*: SET ROLE: "}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := check(t, test.options, head+"func f() {\n"+test.src+"\n}\n")
			first := strings.Count(head, "\n") + 1
			var got []string
			for _, d := range c.result.Findings {
				got = append(got, line(c, d.Pos, first)+": "+d.Message)
			}
			for _, s := range c.result.Skipped {
				got = append(got, line(c, s.Pos, first)+": not analysed: "+s.Reason)
			}
			ok := slices.EqualFunc(got, test.want, func(got, want string) bool {
				if rest, any := strings.CutPrefix(want, "*: "); any {
					_, got, _ = strings.Cut(got, ": ")
					want = rest
				}
				return strings.HasPrefix(got, want)
			})
			if !ok {
				t.Errorf("said:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
			if len(c.diagnostics) != len(c.result.Findings) {
				t.Errorf("%d diagnostics of %d findings", len(c.diagnostics), len(c.result.Findings))
			}
		})
	}
}

// What is left out is told once a function.
func TestLeftOut(t *testing.T) {
	src := "func f() {\nq := ``\nswitch {\n" + each(300, "case ctx.Err() == nil: q = `SET a.x# = 1`\n") + "}\ndb.Exec(q)\ndb.Exec(`;` + q)\n}\n"
	c := check(t, analyzer.Options{}, head+src)
	if len(c.result.Skipped) != 1 || !strings.HasPrefix(c.result.Skipped[0].Reason, "too many texts are possible: some were left out") {
		t.Errorf("left out: %+v", c.result.Skipped)
	}
}
