package behind

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/dsn"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/handle"
	"github.com/poolvet/poolvet/internal/hooks"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Claim is a directive that says which pooler some code is behind.
type Claim struct {
	Pooler   string
	From, To token.Pos // what it holds for; all of the package if neither is valid
	Wide     bool      // it holds for a file or the package
	Used     bool
}

// follows reports whether it is said of what it stands on, and so of the pool
// that this is or makes.
func (c *Claim) follows() bool { return c.From.IsValid() }

func (c *Claim) covers(at token.Pos) bool {
	return !c.From.IsValid() || c.From <= at && at <= c.To
}

// Places says of the places of one package which poolers they are behind.
type Places struct {
	pass   *analysis.Pass
	spec   *Spec
	claims []*Claim // the narrowest first
	sql    *sqlflow.SQL
	hooks  *hooks.Hooks
	opened func() *handle.Opened
	module string
	own    string // of the package, by a pattern
	given  Given  // by the packages that import this one, where they are known
	follow bool   // something can be said of a pool

	// Servers are those that known connection strings name, of the pools that
	// were asked for, where a rule is for servers.
	Servers []dsn.Server
}

// In prepares for a package; sql and hooks are nil, and opened is not asked, where
// it reaches no database library.
func In(pass *analysis.Pass, spec *Spec, given Given, claims []*Claim, sql *sqlflow.SQL, hooks *hooks.Hooks, opened func() *handle.Opened) *Places {
	p := &Places{pass: pass, spec: spec, given: given, claims: slices.Clone(claims), sql: sql, hooks: hooks, opened: opened}
	if pass.Module != nil {
		p.module = pass.Module.Path
	}
	p.own = spec.Package(pass.Pkg.Path(), p.module)
	slices.SortStableFunc(p.claims, func(a, b *Claim) int { return a.width() - b.width() })
	p.follow = len(spec.rules) > 0 || len(given) > 0 || slices.ContainsFunc(claims, (*Claim).follows) ||
		slices.ContainsFunc(pass.Pkg.Imports(), func(pkg *types.Package) bool { return pass.ImportPackageFact(pkg, new(Said)) })
	p.export(pass)
	return p
}

// width is of how much code c speaks, in bytes.
func (c *Claim) width() int {
	if !c.From.IsValid() {
		return int(^uint(0) >> 1)
	}
	return int(c.To - c.From)
}

// claimed is the narrowest claim that a position is covered by, but for that of
// the package, nil for none.
func (p *Places) claimed(at token.Pos) *Claim {
	for _, c := range p.claims {
		if c.follows() && c.covers(at) {
			return c
		}
	}
	return nil
}

// Of are the poolers that code is behind which stands at these positions and is
// run by u, which may be nil: several where what u runs on comes from several
// pools, each at most once; "" stands for the pooler of all code.
//
// What a directive says of the line or the declaration counts most, then what
// is said of the pool, then what directives say of the file and the package, and
// what a pattern says of the package.
func (p *Places) Of(at []token.Pos, u *sqlflow.Use) []string {
	c := p.narrowest(at)
	if u == nil || !p.follow || c != nil && !c.Wide {
		return []string{p.otherwise(c)}
	}
	f := p.follower(c)
	if hook, ok := p.hooks.Of(u.Node.Pos()); ok && hook.Config != nil {
		return f.found(f.configured(hook.Config))
	}
	return f.found(p.opened().Sources(u.Call, u.On(), f.said()))
}

// OfSite are those of a place that tells a driver something.
func (p *Places) OfSite(s driver.Site) []string {
	c := p.narrowest([]token.Pos{s.Pos})
	if !p.follow || c != nil && !c.Wide {
		return []string{p.otherwise(c)}
	}
	f := p.follower(c)
	switch {
	case s.Runs != nil:
		return f.found(p.opened().SourcesOf(s.Runs, f.said()))
	case s.Config != nil:
		return f.found(f.configured(s.Config))
	case s.Holders != nil:
		return f.found(f.made(s.Openers, s.Holders))
	}
	return f.found(false)
}

// narrowest is the claim that counts at the positions, nil for none. All that
// cover one have their use.
func (p *Places) narrowest(at []token.Pos) (first *Claim) {
	for _, c := range p.claims {
		if slices.ContainsFunc(at, c.covers) {
			c.Used = true
			if first == nil {
				first = c
			}
		}
	}
	return first
}

// otherwise is the pooler where nothing is said of the pool.
func (p *Places) otherwise(c *Claim) string {
	if c != nil {
		return c.Pooler
	}
	return p.own
}

// follower gathers what is said of a pool.
type follower struct {
	*Places
	otherwise string // the pooler where nothing is said
	poolers   []string
	unsaid    bool // of one of several servers, nothing
}

func (p *Places) follower(c *Claim) *follower {
	return &follower{Places: p, otherwise: p.otherwise(c)}
}

func (f *follower) add(pooler string) bool {
	if pooler != "" && !slices.Contains(f.poolers, pooler) {
		f.poolers = append(f.poolers, pooler)
	}
	return pooler != ""
}

// found are the poolers that were found, in order.
func (f *follower) found(unsaid bool) []string {
	unsaid = unsaid || f.unsaid || len(f.poolers) == 0
	if unsaid && !slices.Contains(f.poolers, f.otherwise) {
		f.poolers = append(f.poolers, f.otherwise)
	}
	slices.Sort(f.poolers)
	return f.poolers
}

// configured asks of the pools that a configuration is opened for.
func (f *follower) configured(cfg ast.Expr) (unsaid bool) {
	calls := f.opened().With(cfg)
	return f.made(calls, func() (holders []*types.Var) {
		for _, call := range calls {
			holders = append(holders, f.opened().Holders(call)...)
		}
		return holders
	})
}

// made asks of the calls that open pools, and where they say nothing, not even by
// the server, of what holds these. One of several pools that the same code opens
// may stay unsaid.
func (f *follower) made(calls []*ast.CallExpr, holders func() []*types.Var) (unsaid bool) {
	for _, call := range calls {
		f.call(call)
	}
	if len(f.poolers) > 0 {
		return false
	}
	f.unsaid = false // a server that no pattern is for
	for _, v := range holders() {
		unsaid = !f.variable(v) && lasts(v, f.pass.Pkg) || unsaid
	}
	return unsaid
}

func (f *follower) said() handle.Said {
	return handle.Said{Variable: f.variable, Call: f.call, Opened: f.opener}
}

func (f *follower) variable(v *types.Var) bool {
	if v.Pkg() != f.pass.Pkg {
		return f.elsewhere(v)
	}
	// What a file says is said of what it declares, not of each that passes through.
	return f.claim(v.Pos(), lasts(v, f.pass.Pkg)) || f.getsSaid(v)
}

func lasts(v *types.Var, pkg *types.Package) bool { return v.IsField() || v.Parent() == pkg.Scope() }

func (f *follower) claim(at token.Pos, wide bool) bool {
	c := f.claimed(at)
	if c == nil || c.Wide && !wide {
		return false
	}
	c.Used = true
	return f.add(c.Pooler)
}

// call reads what is said where a pool is made, of the function that makes it,
// or by the server that it is made for.
func (f *follower) call(call *ast.CallExpr) bool {
	if f.claim(call.Pos(), false) || f.servers(call) {
		return true
	}
	fn := f.sql.Flow.Callee(call)
	return fn != nil && isMaker(fn) && f.elsewhere(fn)
}

// opener reads what the file says where a pool is opened.
func (f *follower) opener(call *ast.CallExpr) bool { return f.claim(call.Pos(), true) }

// isMaker: what a library of others does with a handle says nothing of it.
func isMaker(fn *types.Func) bool { return fn.Pkg() != nil && !library.IsDatabase(fn.Pkg().Path()) }

// servers reads the connection strings that a call gets. Where one names a
// server that no rule is for, that is known of it.
func (f *follower) servers(call *ast.CallExpr) (known bool) {
	if !f.spec.onHosts() {
		return false
	}
	for _, arg := range call.Args {
		if inner, ok := ast.Unparen(arg).(*ast.CallExpr); ok && !flow.IsString(f.pass.TypesInfo.TypeOf(arg)) {
			known = f.servers(inner) || known // pgdriver.WithDSN("…")
			continue
		}
		if !flow.IsString(f.pass.TypesInfo.TypeOf(arg)) {
			continue
		}
		for _, t := range f.sql.Flow.Everywhere(arg) {
			servers := dsn.Servers(t.Value)
			known = known || len(servers) > 0
			for _, s := range servers {
				if !slices.Contains(f.Servers, s) {
					f.Servers = append(f.Servers, s)
				}
				if !f.add(f.spec.server(s)) {
					f.unsaid = true
				}
			}
		}
	}
	return known
}
