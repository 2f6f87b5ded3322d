package directive

import (
	"strings"
	"testing"
)

func isRule(id string) bool { return id == "set-role" || id == "listen" || id == "temp-object" }

func TestDirectives(t *testing.T) {
	for _, test := range []struct{ text, verb, rules, problem string }{
		{"//poolvet:ignore set-role -- the proxy is direct here", "ignore", "set-role", ""},
		{"//poolvet:ignore set-role,listen -- why", "ignore", "set-role listen", ""},
		{"//poolvet:ignore set-role, listen -- why", "ignore", "set-role listen", ""},
		{"//poolvet:direct -- migrations use DATABASE_URL", "direct", "", ""},
		{"//poolvet:direct", "direct", "", "direct needs a reason"},
		{"//poolvet:direct -- ", "direct", "", "direct needs a reason"},
		{"//poolvet:direct listen -- why", "direct", "", "direct takes no rules"},
		{"//poolvet:pooler pgbouncer@1.21 -- the analytics database", "pooler", "", ""},
		{"//poolvet:pooler none -- port 5432", "pooler", "", ""},
		{"//poolvet:pooler -- why", "pooler", "", "pooler needs the pooler that the code is behind: //poolvet:pooler pgbouncer@1.21 -- reason"},
		{"//poolvet:pooler pgbouncer@1.21", "pooler", "", "pooler needs a reason: //poolvet:pooler pgbouncer@1.21 -- reason"},
		{"//poolvet:pooler pgbouncer the analytics database", "pooler", "", "pooler needs a reason: //poolvet:pooler pgbouncer -- the analytics database"},
		{"//poolvet:pooler pgbouncer,rdsproxy -- both", "pooler", "", "pooler takes one pooler: //poolvet:pooler pgbouncer -- reason"},
		{"//poolvet:pooler pgbounce -- why", "pooler", "", "pooler \"pgbounce\" is not known"},
		{"//poolvet:pooler pgbouncer@9 -- why", "pooler", "", "version \"9\" of pgbouncer"},
		{"// poolvet:pooler pgbouncer: analytics", "pooler", "", "is no directive as it is written: //poolvet:pooler pgbouncer -- analytics"},
		{"//poolvet pooler pgbouncer -- why", "pooler", "", "is no directive as it is written: //poolvet:pooler pgbouncer -- why"},
		{"//poolvet:ignore -- why", "ignore", "", "ignore needs the rules"},
		{"//poolvet:ignore set-role", "ignore", "set-role", "ignore needs a reason"},
		{"//poolvet:ignore set-rol -- why", "ignore", "set-rol", "there is no rule “set-rol”"},
		{"//poolvet:ignored x -- why", "ignored", "x", "there is no directive “ignored”"},
		{"//poolvet:", "", "", "there is no directive “”"},
		{"//poolvet:Ignore set-role -- why", "ignore", "set-role", "is written in lower case: //poolvet:ignore set-role -- why"},
		{"//poolvet:ignore set-role — why", "ignore", "set-role", "needs two dashes before its reason: //poolvet:ignore set-role -- why"},
		{"//poolvet:ignore set-role - why so", "ignore", "set-role", "needs two dashes before its reason: //poolvet:ignore set-role -- why so"},
		{"//poolvet:direct – why", "direct", "", "needs two dashes before its reason: //poolvet:direct -- why"},
		{"//poolvet:ignore set-role why so", "ignore", "set-role why so", "ignore needs a reason: //poolvet:ignore set-role -- why so"},
		{"// poolvet:ignore set-role -- why", "ignore", "set-role", "is no directive as it is written: //poolvet:ignore set-role -- why"},
		{"//  poolvet:direct -- why", "direct", "", "is no directive as it is written: //poolvet:direct -- why"},
		{"// poolvet:ignore", "ignore", "", "is no directive as it is written: //poolvet:ignore set-role -- reason"},
		{"//Poolvet:ignore set-role,listen -- why", "ignore", "set-role listen", "is no directive as it is written: //poolvet:ignore set-role,listen -- why"},
		{"/*poolvet:ignore set-role -- why*/", "ignore", "set-role", "is no directive as it is written: //poolvet:ignore set-role -- why"},
		{"/* poolvet:direct */", "direct", "", "is no directive as it is written: //poolvet:direct -- reason"},
		{"// poolvet: ignore set-role -- why", "ignore", "set-role", "is no directive as it is written: //poolvet:ignore set-role -- why"},
		{"//poolvet ignore set-role -- why", "ignore", "set-role", "is no directive as it is written: //poolvet:ignore set-role -- why"},
		{"//poolvet-ignore set-role", "ignore", "set-role", "is no directive as it is written: //poolvet:ignore set-role -- reason"},
		{"// poolvet:nolint", "nolint", "", "is no directive; there are //poolvet:ignore, //poolvet:direct and //poolvet:pooler"},
	} {
		d := Parse(test.text, Go, isRule)
		if d == nil {
			t.Errorf("%s: nothing", test.text)
			continue
		}
		if d.Verb != test.verb || strings.Join(d.Rules, " ") != test.rules || !strings.HasPrefix(d.Problem, test.problem) || test.problem == "" && d.Problem != "" {
			t.Errorf("%s: %+v", test.text, d)
		}
	}
}

// Prose may begin with the name, and documentation show a directive.
func TestNoDirective(t *testing.T) {
	for _, text := range []string{
		"// poolvet finds these", "// poolvet ignores this file", "// poolvet: a linter for poolers", "//nolint:poolvet // known",
		"// poolvet: direct connections are not looked at", "// poolvet-direct is a branch of it", "// Poolvet.", "//poolvetx:ignore set-role -- x",
		"// see //poolvet:ignore set-role -- reason", "//\t//poolvet:ignore set-role -- reason", "// //poolvet:direct -- why", "/* poolvet */", "// poolvet", "//",
		"// poolvet ignore the next line", "/**/", "// poolvet pooler pgbouncer is the default", "// poolvet: pooler names",
	} {
		if d := Parse(text, Go, isRule); d != nil {
			t.Errorf("%s: %+v", text, d)
		}
	}
}

func TestInSQL(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"before a statement":        {"SET ROLE a;\n-- poolvet:ignore set-role -- x\nSET ROLE\n b;\nSET ROLE c;", "SET ROLE\n b;"},
		"without a space":           {"--poolvet:direct -- x\nSET ROLE b;\nSET ROLE c;", "SET ROLE b;"},
		"behind a statement":        {"SET ROLE a;\nSET ROLE\n b; -- poolvet:ignore set-role -- x\nSET ROLE c;", "SET ROLE\n b;"},
		"behind one of two":         {"SET ROLE a; SET ROLE b; -- poolvet:ignore set-role -- x", "SET ROLE b;"},
		"of the text":               {"-- poolvet:direct -- x\n-- more\n\nSET ROLE a;\nSET ROLE b;", "SET ROLE a;\nSET ROLE b;"},
		"of the first statement":    {"-- poolvet:direct -- x\n-- more\nSET ROLE a;\nSET ROLE b;", "SET ROLE a;"},
		"at the end":                {"SET ROLE a;\n-- poolvet:direct -- x", ""},
		"a line of a body":          {"DO $$ BEGIN\n SET ROLE a;\n SET ROLE b; -- poolvet:ignore set-role -- x\n SET ROLE c;\nEND $$", "SET ROLE b;"},
		"the next line of a body":   {"DO $$ BEGIN\n -- poolvet:ignore set-role -- x\n SET ROLE b;\n SET ROLE c;\nEND $$", "SET ROLE b;"},
		"in a string":               {"SELECT '-- poolvet:direct -- x';\nSET ROLE a;", ""},
		"in a comment with slashes": {"/* -- poolvet:direct -- x */\nSET ROLE a;", ""},
	} {
		var got []string
		for _, d := range InSQL(test.text, isRule) {
			if d.Problem != "" {
				t.Errorf("%s: %s", name, d.Problem)
			}
			held := test.text[d.From:d.To]
			held = strings.ReplaceAll(held, test.text[d.Start:d.End], "")
			got = append(got, strings.TrimSpace(strings.ReplaceAll(held, "-- more", "")))
		}
		if strings.Join(got, "|") != test.want {
			t.Errorf("%s: holds for %q, want %q", name, got, test.want)
		}
	}
	all := InSQL("-- poolvet ignore set-role -- x\nSET ROLE a;\n-- poolvet is a tool\n-- poolvet:ignore set-rol -- x\nSET ROLE b;", isRule)
	if len(all) != 2 || all[0].Problem != "is no directive as it is written: -- poolvet:ignore set-role -- x" || all[1].Problem != "there is no rule “set-rol”" {
		for _, d := range all {
			t.Errorf("%+v", d.Directive)
		}
	}
}

func FuzzInSQL(f *testing.F) {
	for _, text := range []string{
		"-- poolvet:ignore set-role -- x\nSET ROLE a;", "SET ROLE a; -- poolvet:direct -- x", "-- poolvet:direct -- x\n\nSELECT 1",
		"DO $$ BEGIN\n -- poolvet:ignore listen\n LISTEN a; END $$", "/* -- poolvet */ -- poolvet ignore set-role", "$a$ -- poolvet:direct", "--poolvet:",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range InSQL(text, isRule) {
			if d.Start < 0 || d.End <= d.Start || d.End > len(text) || d.From < 0 || d.To < d.From || d.To > len(text) {
				t.Fatalf("%d to %d holds for %d to %d of %d", d.Start, d.End, d.From, d.To, len(text))
			}
		}
	})
}
