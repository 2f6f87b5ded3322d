// Package analyzer is poolvet as a go/analysis pass: it finds SQL and driver
// configuration in Go code that leaves state behind in a PostgreSQL session,
// and reports what becomes of it behind a connection pooler.
package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/poolvet/poolvet/internal/behind"
	"github.com/poolvet/poolvet/internal/concern"
	"github.com/poolvet/poolvet/internal/dialect"
	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/dsn"
	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/fix"
	"github.com/poolvet/poolvet/internal/given"
	"github.com/poolvet/poolvet/internal/handle"
	"github.com/poolvet/poolvet/internal/hooks"
	"github.com/poolvet/poolvet/internal/prepared"
	"github.com/poolvet/poolvet/internal/schema"
	"github.com/poolvet/poolvet/internal/sent"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
	"github.com/poolvet/poolvet/internal/text"
)

const doc = `report SQL and driver options that break behind a PostgreSQL connection pooler

A pooler (AWS RDS Proxy, PgBouncer, Supavisor, …) lends a server connection for
one transaction. What a statement or a driver option leaves behind in the
session pins the connection to its client, leaks to whoever is lent it next, is
lost, or fails. poolvet says which, for the pooler that -pooler names.`

const docsURL = "https://github.com/poolvet/poolvet/blob/main/docs/rules/"

// Analyzer is poolvet with its options as flags.
var Analyzer = New(Options{})

// New returns an analyzer with these options, which its flags can change.
func New(opts Options) *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:     "poolvet",
		Doc:      doc,
		URL:      "https://github.com/poolvet/poolvet",
		Requires: []*analysis.Analyzer{inspect.Analyzer},
		// Many a checkout has a package with type errors: what types there are do.
		RunDespiteErrors: true,
		ResultType:       reflect.TypeFor[*Result](),
		FactTypes: []analysis.Fact{(*eval.Known)(nil), (*sqlflow.CarriesSQL)(nil), (*hooks.SessionChanges)(nil), (*prepared.CopyTexts)(nil),
			(*driver.ModeKeys)(nil), (*driver.Connects)(nil), (*given.Helpers)(nil), (*behind.Said)(nil), (*Shown)(nil), (*Defined)(nil)},
	}
	o := &opts
	o.AddFlags(&a.Flags)
	// The flags are set between now and the first package.
	understood := sync.OnceValues(func() (*settings, error) { return o.settings() })
	a.Run = func(pass *analysis.Pass) (any, error) {
		s, err := understood()
		if err != nil {
			return nil, err
		}
		return s.run(pass)
	}
	return a
}

// Result is what was found in one package.
type Result struct {
	Findings []Finding
	Skipped  []Skipped
	Left     Left
	Behind   []Behind         // of Compare: what is found behind each pooler
	Servers  []dsn.Server     // of connection strings, see behind.Places
	Gives    behind.Given     // the pools that it gives to other packages
	Sent     []sent.Statement // of Sent
}

// Finding is one diagnostic, with its parts.
type Finding struct {
	Rule, Outcome, Evidence, Pooler string
	Pos, End                        token.Pos
	Message, Remedy, Reference      string
	Object, Scope                   string
	Text                            string                 // what in the code: the message up to its colon
	Conditional                     bool                   // it holds under a condition that the message names
	Func                            string                 // the declaration it stands in: "Open", "Store.Run"; or the SQL file
	Fix                             *analysis.SuggestedFix // nil where there is none
	Related                         []Related              // of what a statement calls: the definitions, and the effect

	shownAt ast.Node // in Go, for what stands in an embedded file
}

func (s *settings) run(pass *analysis.Pass) (any, error) {
	r := s.report(read(pass, s))
	r.diagnostics()
	r.Gives = r.behind.Gives()
	return r.result(), nil
}

// result is what was found, without the code that r holds.
func (r *report) result() *Result {
	result := r.Result
	return &result
}

// code is a package as it is read, whatever the pooler.
type code struct {
	pass  *analysis.Pass
	sql   *sqlflow.SQL // nil where no database library is in reach
	flow  *eval.Evaluator
	given *given.Given         // to which the statements that need a transaction are noted
	hooks *hooks.Hooks         // to which the effects of the SQL are noted
	sites func() []driver.Site // what drivers are told, and hooks do, once effects are noted
	loose func() []text.Text

	defined  func() *schema.Schema // the routines that its SQL can call
	branches *dialect.Branches
	opened   func() *handle.Opened // what handles were opened for
}

func read(pass *analysis.Pass, s *settings) *code {
	c := &code{pass: pass}
	in := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
	if !sqlflow.Touches(pass.Pkg) {
		driver.ExportModeKeys(pass, in)
	}
	reaches := sqlflow.Reaches(pass.Pkg)
	if !reaches && isStandard(pass) {
		return c
	}
	named := concern.Named(pass)
	hasText := sync.OnceValue(func() bool { return eval.HasText(pass, in, named, matters) })
	switch {
	case !reaches:
		if hasText() {
			eval.ExportOf(pass, in, matters)
		}
	case concern.Any(pass, named, s.funcs) || hasText() || behind.Concerns(pass, s.spec, s.given):
		c.sql = sqlflow.New(pass, in, s.funcs)
		c.flow = c.sql.Flow
		if hasText() {
			c.flow.Export(matters)
		}
		c.branches = dialect.NewBranches(c.flow)
		c.hooks = hooks.New(pass, c.sql)
		c.given = given.New(c.sql)
		c.sites = sync.OnceValue(func() []driver.Site {
			return append(driver.Scan(pass, c.sql, s.dsn), c.hooks.Changes(pass)...)
		})
		c.defined = sync.OnceValue(func() *schema.Schema { return definedIn(s, c.sql) })
		c.loose = sync.OnceValue(c.sql.Loose)
		c.opened = sync.OnceValue(func() *handle.Opened { return handle.NewOpened(pass, c.sql) })
	}
	return c
}

// matters reports whether a text of one package can be of interest to others:
// as SQL, or as a connection string.
func matters(t string) bool { return session.Gate(t) && session.MayBegin(t) || driver.Matters(t) }

// isStandard reports whether a package is of the standard library, which has no
// SQL and no connection strings. A module, too, may have a name without a dot; some
// drivers give what is of none an empty one.
func isStandard(pass *analysis.Pass) bool {
	first, _, _ := strings.Cut(pass.Pkg.Path(), "/")
	return (pass.Module == nil || pass.Module.Path == "") && !strings.Contains(first, ".")
}

// report judges a package.
func (s *settings) report(c *code) *report {
	r := &report{settings: s, code: c, directives: directivesOf(c.pass), places: map[place]bool{}, leftOut: map[*ast.File]bool{}, listeners: map[types.Object]bool{},
		fixer: &fix.Fixer{Pass: c.pass, SQL: c.sql, ExecMode: s.ExecMode, PollOnly: s.FixListener}}
	if c.sql != nil {
		r.directives = append(r.directives, directivesIn(c.sql)...)
	}
	r.behind = behind.In(c.pass, s.spec, s.given, claimsOf(r.directives), c.sql, c.hooks, c.opened)
	if c.sql != nil {
		r.queries()
		r.givenElsewhere()
		r.begun()
		r.configuration()
		r.defined() // for the packages that import this one
		if sqlflow.Touches(c.pass.Pkg) {
			r.looseTexts()
		}
	}
	r.addDoubts()
	r.unusedDirectives()
	r.countLeft()
	r.Servers = r.behind.Servers
	r.sort()
	return r
}
