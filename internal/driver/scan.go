package driver

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/config"
	"github.com/poolvet/poolvet/internal/dialect"
	"github.com/poolvet/poolvet/internal/dsn"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/handle"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/prepared"
	"github.com/poolvet/poolvet/internal/querymode"
	"github.com/poolvet/poolvet/internal/sqlflow"
	"github.com/poolvet/poolvet/internal/text"
)

// scan reads one package.
type scan struct {
	*config.Values // nil where no library is called
	pass           *analysis.Pass
	info           *types.Info
	sql            *sqlflow.SQL
	flow           *eval.Evaluator
	reader         *handle.Reader // once asked for
	rows           map[function]*row
	sites          []Site
	seen           map[siteKey]bool

	deployed        dsn.DSN // what the deployment's connection string sets
	toldFloatDigits bool

	registered map[string]*driver // names given to drivers here
	openers    []opener
	judged     map[ast.Expr]bool            // configurations whose mode has been judged
	strings    map[ast.Expr][]connString    // that expressions can be, once asked for
	opened     map[[2]*ast.CallExpr]bool    // openers that have been, and where their string is given
	required   []string                     // the modules of go.mod, once asked
	mapCopies  []*ast.CallExpr              // calls of maps.Copy, once asked for
	files      *dialect.Files               // for which databases the files are, once asked for
	branches   *dialect.Branches            // and the branches
	inDriver   int                          // how many drivers are being followed, one in the other
	candidates []*driver                    // those that may read the connection string that is looked at
	byFact     map[*types.Func]*row         // functions of other packages that open connections, nil for those that do not
	connects   Connects                     // what others may give this package
	imported   map[*types.Package]*Connects // what other packages may be given, nil where that is nothing
}

type siteKey struct {
	pos    token.Pos
	kind   effect.Kind
	object string
}

// opener is a call that opens a pool or a connection, from a connection
// string over which set has the last word, or from a configuration.
type opener struct {
	call   *ast.CallExpr
	at     *ast.CallExpr // that gives the connection string: call, or one of a function that passes it on
	d      *driver
	dsn    ast.Expr
	set    querymode.Keys
	config ast.Expr
	hooked bool // functions that are not followed run on its connections
	told   bool // its default is told where another package opens it
	given  bool // the operator may give another connection string
}

// Scan returns what the package's code tells drivers and libraries to do to
// the session, in the order of the source. Where a connection string is not
// known in full, it is taken to set what is deployed.
func Scan(pass *analysis.Pass, sql *sqlflow.SQL, deployed dsn.DSN) []Site {
	s := &scan{pass: pass, info: pass.TypesInfo, deployed: deployed, sql: sql, flow: sql.Flow, rows: library.Rows(), seen: map[siteKey]bool{}, judged: map[ast.Expr]bool{}, strings: map[ast.Expr][]connString{}, opened: map[[2]*ast.CallExpr]bool{}, registered: map[string]*driver{}, byFact: map[*types.Func]*row{}, imported: map[*types.Package]*Connects{}}
	var calls []*ast.CallExpr
	for _, call := range sql.Flow.Calls() {
		if s.rowOf(sql.Flow.Callee(call)) != nil {
			calls = append(calls, call)
		}
	}
	if len(calls) > 0 || configures(pass.Pkg) {
		s.needValues()
		for _, call := range calls {
			if s.rowOf(sql.Flow.Callee(call)).Role == registers {
				s.register(call, s.rowOf(sql.Flow.Callee(call)))
			}
		}
		for _, call := range calls {
			s.call(call, s.rowOf(sql.Flow.Callee(call)))
		}
		s.runtimeParams()
		s.connParamsFields()
		s.listenerLiterals()
		s.modes()
		s.noteConfigs()
	}
	s.givenFields()
	s.keysGiven()
	s.environment()
	for _, p := range prepared.Find(pass, sql, func() *config.Values { s.needValues(); return s.Values }) {
		s.add(Site{Pos: p.Call.Fun.Pos(), End: p.Call.Fun.End(), Runs: p.Call, Why: p.Why, Remedy: p.Remedy,
			Effect: effect.Effect{Kind: effect.NamedStatement, Words: p.Words}})
	}
	s.exportConnects()
	slices.SortStableFunc(s.sites, func(a, b Site) int { return cmp.Compare(a.Pos, b.Pos) })
	return s.sites
}

// needValues sees to it that values can be followed.
func (s *scan) needValues() {
	if s.Values == nil {
		s.Values = config.New(s.pass, s.flow, s.keeps)
	}
}

// handles reads what is done with what is opened.
func (s *scan) handles() *handle.Reader {
	if s.reader == nil {
		s.reader = handle.NewReader(s.pass, s.sql, func(fn *types.Func) (arg int, ok bool) {
			r := s.rowOf(fn)
			if r == nil || r.Role != opens {
				return 0, false
			}
			return r.Arg, true
		})
	}
	return s.reader
}

// holders are what holds what a call opens, once asked for.
func (s *scan) holders(call *ast.CallExpr) func() []*types.Var {
	return func() []*types.Var { return s.handles().Holders(call) }
}

// configures reports whether code of pkg can name the type of a configuration:
// it may change one that it did not make.
func configures(pkg *types.Package) bool {
	for _, imp := range pkg.Imports() {
		if library.Of(imp.Path()).Configures {
			return true
		}
	}
	return false
}

// rowOf is the row of fn, nil if it is not known.
func (s *scan) rowOf(fn *types.Func) *row {
	if fn == nil || fn.Pkg() == nil || fn.Pkg() == s.pass.Pkg {
		return nil // a library's use of itself is its users' to hear of
	}
	if r := s.rows[function{Pkg: fn.Pkg().Path(), Name: flow.NameOf(fn)}]; r != nil {
		if r.Role == does && s.inModule(fn.Pkg()) {
			return nil // its statement is found where it stands
		}
		return r
	}
	if isEntOpen(fn) {
		return &library.EntOpen
	}
	return s.connecting(fn)
}

// inModule reports whether a package is of the module that is analysed.
func (s *scan) inModule(pkg *types.Package) bool {
	m := s.pass.Module
	return m != nil && m.Path != "" && (pkg.Path() == m.Path || strings.HasPrefix(pkg.Path(), m.Path+"/"))
}

// add notes a site once.
func (s *scan) add(site Site) {
	k := siteKey{site.Pos, site.Effect.Kind, site.Effect.Object}
	if site.Pos.IsValid() && !s.seen[k] {
		s.seen[k] = true
		s.sites = append(s.sites, site)
	}
}

// call reads one call of a library.
func (s *scan) call(call *ast.CallExpr, r *row) {
	if r.Role != does && max(r.Arg, r.Made, r.Named) >= len(call.Args) || r.Role == registers {
		return
	}
	switch r.Role {
	case parses:
		s.passesOn(call, r, call.Args[r.Arg])
		s.parametersOf(call, call.Args[r.Arg], r.Driver)
	case openWith:
		s.openers = append(s.openers, opener{call: call, at: call, d: r.Driver, config: call.Args[r.Arg], hooked: r.Arg+1 < len(call.Args) || s.byFact[s.flow.Callee(call)] == r})
	case opens:
		s.passesOn(call, r, call.Args[r.Arg])
		for _, g := range s.givings(call, call.Args[r.Arg], nameIn(r, call)) {
			if g.call != call && s.isForOther(g) {
				continue
			}
			s.candidates = s.drivers(call, r, g.name)
			for _, d := range s.candidates {
				s.open(call, d, g, nil, len(r.Among) > 0)
			}
			s.candidates = nil
		}
	case does:
		site := Site{
			Effect: effect.Effect{Kind: r.Kind, Words: flow.Called(call)},
			Pos:    call.Fun.Pos(), End: call.Fun.End(), Runs: call,
			Why: r.Why, Remedy: r.Remedy,
		}
		if r.Kind == effect.MigrationLock {
			site.Effect.Words += "'s session lock"
			if s.pass.Pkg.Name() == "main" { // the commands of one program migrate alike
				site.Cause = Cause{s.flow.Callee(call), string(r.Kind)}
			}
		}
		if r.Driver != nil && r.Arg < len(call.Args) {
			s.parametersOf(call, call.Args[r.Arg], r.Driver)
		}
		if check := checks[r.Check]; check == nil || check(s, call, &site) {
			s.add(site)
		}
	}
}

// isForOther reports whether a function is called to open another database:
// the driver has one of several names, and what stands around the call decides.
func (s *scan) isForOther(g giving) bool {
	if g.name == nil || s.info.Types[g.name].Value != nil {
		return false
	}
	if s.files == nil {
		s.files, s.branches = dialect.NewFiles(s.pass), dialect.NewBranches(s.flow)
	}
	file := s.flow.FileOf(g.call)
	return file != nil && s.branches.ForOther(dialect.None, func() bool { return s.files.Other(file) }, g.call)
}

// nameIn is the argument of a call that names the driver, or nil.
func nameIn(r *row, call *ast.CallExpr) ast.Expr {
	if r.Driver != nil || r.Made != 0 || len(r.Among) > 0 {
		return nil
	}
	return call.Args[r.Named]
}

// open notes a pool that call opens with the connection string that is given
// at g.
func (s *scan) open(call *ast.CallExpr, d *driver, g giving, set querymode.Keys, told bool) {
	s.parameters(g.call, g.dsn, d)
	if d == pq {
		s.floatDigits(call)
	}
	s.openers = append(s.openers, opener{call: call, at: g.call, d: d, dsn: g.dsn, set: set, told: told})
}

// parametersOf reports the keys of a connection string wherever it is given.
func (s *scan) parametersOf(call *ast.CallExpr, x ast.Expr, d *driver) {
	for _, g := range s.givings(call, x, nil) {
		s.parameters(g.call, g.dsn, d)
	}
}

// drivers are those of PostgreSQL that a call may open.
func (s *scan) drivers(call *ast.CallExpr, r *row, name ast.Expr) []*driver {
	if r.Driver != nil {
		return []*driver{r.Driver}
	}
	if len(r.Among) > 0 {
		return r.Among
	}
	var ds []*driver
	if r.Made != 0 {
		if d := s.driverIn(call.Args[r.Made]); d != nil {
			ds = append(ds, d)
		}
		return ds
	}
	for _, name := range s.Names(name) {
		if d := s.driverOf(cmp.Or(r.OpensAs[name], name)); d != nil && !slices.Contains(ds, d) {
			ds = append(ds, d)
		}
	}
	return ds
}

// connString is one connection string that an expression can be.
type connString struct {
	text text.Text
	dsn.DSN
}

func (s *scan) connStrings(x ast.Expr) []connString {
	cs, ok := s.strings[x]
	if !ok {
		for _, t := range s.flow.Everywhere(x) {
			cs = append(cs, connString{t, dsn.Parse(t.Value)})
		}
		cs = slices.Clip(cs)
		s.strings[x] = cs
	}
	return cs
}

// connStringsOf are those of x wherever it is given to call.
func (s *scan) connStringsOf(call *ast.CallExpr, x ast.Expr) (cs []connString) {
	for _, g := range s.givings(call, x, nil) {
		cs = append(cs, s.connStrings(g.dsn)...)
	}
	return cs
}

// parameters reports what the keys of a connection string come to that the
// driver does not read itself.
func (s *scan) parameters(call *ast.CallExpr, x ast.Expr, d *driver) {
	cs := s.connStrings(x)
	given := s.mayBeGiven(cs)
	for _, c := range cs {
		for _, p := range c.Params {
			at, ok := Site{}, false
			if at.Pos, at.End, ok = c.text.Range(p.KeyStart, p.KeyEnd); !ok {
				at = Site{Pos: call.Fun.Pos(), End: call.Fun.End(), Cause: s.causeOf(x, p.Key)}
			}
			if given {
				at.Unless = anotherString
			}
			at.Openers, at.Holders = []*ast.CallExpr{call}, s.holders(call)
			s.parameter(d, p, at, "in the connection string")
		}
	}
}

// parameter reports one key of a connection string, at a site of which the
// place is known.
func (s *scan) parameter(d *driver, p dsn.Param, site Site, where string) {
	if d.Keys.Has(p.Key) {
		return
	}
	words := p.Key + " " + where
	switch owner := library.OwnerOf(p.Key); {
	case owner != "" && slices.ContainsFunc(s.candidates, func(c *driver) bool { return c.Keys.Has(p.Key) }):
		return // the string serves that driver too, by a flag perhaps
	case owner != "":
		site.Effect = effect.Effect{Kind: effect.DeadOption, Object: p.Key, Words: words}
		site.Why = "belongs to " + owner + "; " + d.Name + " " + refusals[d.Other]
		site.Remedy = "remove it"
	case d == pq && (p.Key == "tz" || p.Key == "geqo") && s.importsPqConfig():
		site.Effect = effect.Effect{Kind: effect.DeadOption, Object: p.Key, Words: words}
		site.Why = "is read and never sent, from lib/pq v1.11.0 on"
		if site.Remedy = "spell it timezone"; p.Key == "geqo" {
			site.Remedy = "use ALTER ROLE … SET geqo"
		}
	case d.Other == effect.DeadOption:
		site.Effect = effect.Effect{Kind: effect.DeadOption, Object: p.Key, Words: words}
		site.Why = d.Name + " " + refusals[d.Other]
		site.Remedy = "remove it"
	case d.Other == effect.StartupParameter && p.Key == "options":
		s.options(p, site, where)
		return
	default:
		site.Effect = effect.Effect{Kind: d.Other, Object: p.Key, Words: words}
		if p.Known() {
			site.Value = p.Value
		}
		if d.Other == effect.ConnectSet {
			site.Why = d.Name + " sends it as SET on every new connection"
		}
	}
	s.add(site)
}

// refusals say what becomes of a key that no server knows.
var refusals = map[effect.Kind]string{
	effect.StartupParameter: "sends it to the server, which refuses the connection (42704)",
	effect.ConnectSet:       "sends it as SET, which fails (42704)",
	effect.DeadOption:       "refuses the connection string",
}

// options reports the parameters inside options=-c.
func (s *scan) options(p dsn.Param, site Site, where string) {
	opts, whole := dsn.CommandLine(p.Value)
	for _, o := range opts {
		site.Effect = effect.Effect{Kind: effect.StartupParameter, Object: "options:" + o.Name, Words: "options=" + o.Flag(p.Value) + o.Name + " " + where}
		if site.Cause != (Cause{}) {
			site.Cause.key = site.Effect.Object
		}
		s.add(site)
	}
	if !whole && len(opts) == 0 {
		site.Effect = effect.Effect{Kind: effect.StartupParameter, Object: "options", Words: "options " + where}
		s.add(site)
	}
}
