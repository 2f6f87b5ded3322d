package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
)

// told is what poolvet must say of the program of a claim that another test
// proves on the wire; of the rest in programs/ it must say nothing.
var told = map[string]effect.Kind{
	"gorm PrepareStmt, over PreferSimpleProtocol too":                          effect.NamedStatement,
	"gorm PreferSimpleProtocol beside Conn has no effect: it":                  effect.DeadOption,
	"squirrel StmtCache over pgx v5 in mode exec":                              effect.NamedStatement,
	"pgdriver turns keys of its DSN into SET on every connection":              effect.ConnectSet,
	"pgdriver turns WithConnParams into SET on every connection":               effect.ConnectSet,
	"golang-migrate over lib/pq takes a session lock":                          effect.MigrationLock,
	"golang-migrate over pgx v5 takes a session lock":                          effect.MigrationLock,
	"golang-migrate over pgx v4 takes a session lock":                          effect.MigrationLock,
	"goose's session locker takes a session lock":                              effect.MigrationLock,
	"tern takes a session lock and resets all parameters after each migration": effect.MigrationLock,
	"atlas takes a session lock":                                               effect.MigrationLock,
	"ent's WithVar sets a parameter of the session and resets it":              effect.ConnectSet,
	"river listens on a connection of its own":                                 effect.Listener,
	"pq.Listener listens":                                                      effect.Listener,
	"pgdriver's Listener listens":                                              effect.Listener,
	"go-pg's Listener listens, and OnConnect runs on its connection":           effect.Listener,
	"pgx v5 sends keys that it does not know":                                  effect.StartupParameter,
	"pgx v5 without its pool sends pool_max_conns, and the server refuses":     effect.DeadOption,
	"pgx v5 sends pgx v4's statement_cache_mode, and the server refuses":       effect.DeadOption,
	"pgx v5 sends pgx v4's prefer_simple_protocol, and the server refuses":     effect.DeadOption,
	"pgx v5 sends lib/pq's binary_parameters, and the server refuses":          effect.DeadOption,
	"pgx v4 sends pgx v5's default_query_exec_mode, and the server refuses":    effect.DeadOption,
	"lib/pq sends keys that it does not know":                                  effect.StartupParameter,
	"lib/pq sends options":                                                     effect.StartupParameter,
	"lib/pq sends neither tz nor geqo nor PGTZ":                                effect.DeadOption,
	"lib/pq sends pgx's default_query_exec_mode, and the server refuses":       effect.DeadOption,
}

// proved are the claims of the tests on the wire, with what they come to.
func proved() map[string]effect.Kind {
	all := map[string]effect.Kind{}
	for _, m := range driverModes {
		all[m.name] = m.kind()
	}
	for _, p := range preparers {
		all[p.name] = told[p.name]
	}
	for _, l := range libraries {
		all[l.claim] = told[l.claim]
	}
	for _, p := range packets {
		all[p.claim] = told[p.claim]
	}
	return all
}

// finding is a line of poolvet -format=json.
type finding struct {
	Rule, File string
	Line       int
	Message    string
}

func TestPoolvetSaysWhatIsOnTheWire(t *testing.T) {
	findings := poolvet(t, "./programs")
	claims := proved()
	seen := map[string]bool{}
	for _, p := range programs(t) {
		want, ok := claims[p.claim]
		if !ok {
			t.Errorf("%s: nothing on the wire proves %q", p.file, p.claim)
			continue
		}
		seen[p.claim] = true
		t.Run(p.claim, func(t *testing.T) {
			var rules []string
			for _, f := range findings {
				if filepath.Base(f.File) == p.file && p.from <= f.Line && f.Line <= p.to && ofDriver(f.Rule) && !slices.Contains(rules, f.Rule) {
					rules = append(rules, f.Rule)
				}
			}
			if want == "" && len(rules) > 0 || want != "" && !slices.Equal(rules, []string{string(want)}) {
				t.Errorf("poolvet says %v, and on the wire it is %q", rules, want)
			}
			if want != "" {
				prove(t, sectionTold, p.claim+": "+string(want), "poolvet -pooler=pgbouncer@1.18")
			} else {
				prove(t, sectionTold, p.claim+": nothing to say", "poolvet -pooler=pgbouncer@1.18")
			}
		})
	}
	for _, m := range driverModes {
		if !seen[m.name] {
			t.Errorf("no program for %q", m.name)
		}
	}
	for claim := range told {
		if !seen[claim] {
			t.Errorf("no program for %q", claim)
		}
	}
}

// ofDriver: the rule is about a driver or library, not about SQL text or a
// channel's name.
func ofDriver(rule string) bool {
	return slices.Contains([]effect.Kind{effect.NamedStatement, effect.SplitStatement, effect.StartupParameter,
		effect.ConnectSet, effect.Listener, effect.MigrationLock, effect.DeadOption}, effect.Kind(rule))
}

// buildPoolvet builds the command.
func buildPoolvet(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "poolvet")
	if out, err := exec.Command("go", "-C", "..", "build", "-o", binary, "./cmd/poolvet").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return binary
}

// poolvet runs the command.
func poolvet(t *testing.T, pattern string) []finding {
	t.Helper()
	cmd := exec.Command(buildPoolvet(t), "-format=json", "-pooler=pgbouncer@1.18", pattern)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Fatalf("poolvet: %v: %s", err, errs.String())
	}
	var findings []finding
	for line := range bytes.Lines(out) {
		var f finding
		if err := json.Unmarshal(line, &f); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if f.Rule != "" { // the summary has none
			findings = append(findings, f)
		}
	}
	return findings
}

// program is a function of programs/; its comment names a claim.
type program struct {
	claim, file string
	from, to    int
}

func programs(t *testing.T) []program {
	t.Helper()
	paths, err := filepath.Glob("programs/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []program
	fset := token.NewFileSet()
	for _, path := range paths {
		file, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				all = append(all, program{strings.TrimSpace(fn.Doc.Text()), filepath.Base(path),
					fset.Position(fn.Pos()).Line, fset.Position(fn.End()).Line})
			}
		}
	}
	return all
}
