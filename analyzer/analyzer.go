// Package analyzer is poolvet as a go/analysis pass: it finds SQL and driver
// configuration in Go code that leaves state behind in a PostgreSQL session,
// and reports what becomes of it behind a connection pooler.
package analyzer

import (
	"go/token"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/sqlflow"
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
		FactTypes:        []analysis.Fact{(*sqlflow.CarriesSQL)(nil), (*driver.SessionChanges)(nil)},
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
}

// Finding is one diagnostic, with its parts.
type Finding struct {
	Rule, Outcome, Evidence, Pooler string
	Pos, End                        token.Pos
	Message, Remedy, Reference      string
	Object, Scope                   string
	Fix                             *analysis.SuggestedFix // nil where there is none

	embedded *sqlflow.File // where Pos is, unless in a Go file
}

// Skipped is a text that could not be analysed.
type Skipped struct {
	Pos    token.Pos
	Reason string
}

func (s *settings) run(pass *analysis.Pass) (any, error) {
	r := &report{settings: s, pass: pass, directives: directives(pass), places: map[place]bool{}}
	if sqlflow.Reaches(pass.Pkg) {
		in := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector)
		flow := sqlflow.New(pass, in, s.funcs)
		r.hooks = driver.NewHooks(pass, flow)
		r.queries(flow)
		r.configuration(flow)
		if sqlflow.Touches(pass.Pkg) {
			r.loose(flow)
		}
	}
	r.unusedDirectives()
	r.finish()
	return &r.Result, nil
}

// NeedsSource reports whether a dependency, by its path and imports, should be
// analysed from source although no one asked about it: it may wrap a database
// library, and facts tell which of its parameters are SQL.
func NeedsSource(path string, imports []string) bool { return sqlflow.IsWrapper(path, imports) }
