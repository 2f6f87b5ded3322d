package sqlflow

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/shuffle"
	"github.com/poolvet/poolvet/internal/text"
)

// CarriesSQL is the fact that a parameter or field carries text to PostgreSQL.
type CarriesSQL struct {
	Mode   Mode
	Format bool
	Handle Handle
	Via    int // the index of the parameter that is the handle, -1 for none
}

func (*CarriesSQL) AFact() {}

func (f *CarriesSQL) String() string {
	s := "carriesSQL"
	if f.Format {
		s += "(format)"
	}
	return s
}

// imported queues the arguments of a call that facts say carry SQL.
func (f *SQL) imported(call *ast.CallExpr, fn *types.Func) {
	params := fn.Signature().Params()
	for i := range params.Len() {
		p := params.At(i)
		var fact CarriesSQL
		if !f.Flow.Carries(p.Type()) || !f.Flow.Pass.ImportObjectFact(p, &fact) {
			continue
		}
		exprs := arguments(call, fn.Signature(), Sink{Arg: i, All: true})
		if len(exprs) == 0 {
			continue
		}
		on := runsOn{handle: fact.Handle}
		if fact.Via >= 0 && fact.Via < len(call.Args) {
			on = f.handle(call.Args[fact.Via])
		}
		f.sites = append(f.sites, site{
			node: call, call: call, exprs: exprs, from: boundFrom(fn.Signature(), Sink{Arg: i}),
			as: role{fact.Mode, fact.Format}, on: on, ons: f.shown(call, call.Fun),
		})
	}
}

// role is what a text is to what runs it: a format is printed first.
type role struct {
	mode   Mode
	format bool
}

func (r role) compare(s role) int {
	n := cmp.Compare(r.mode, s.mode)
	if n == 0 && r.format != s.format {
		if n = 1; s.format {
			n = -1
		}
	}
	return n
}

// runsOn is what a text runs on: a handle, or the parameter that says so, or
// several, of which nothing can be said.
type runsOn struct {
	handle Handle
	via    *types.Var
	mixed  bool
}

// carried is what is known of a parameter or field that carries SQL. It only
// ever grows, so that the order in which it is found out makes no difference.
type carried struct {
	as  []role // in order
	on  runsOn
	ons []ast.Expr
}

// carry notes that what fills v is SQL. It reports whether that is news.
func (f *SQL) carry(v *types.Var, as role, on runsOn, ons []ast.Expr) bool {
	c := f.carried[v]
	if c == nil {
		f.carried[v] = &carried{as: []role{as}, on: on, ons: withOns(nil, ons)}
		return true
	}
	news := false
	if i, ok := slices.BinarySearchFunc(c.as, as, role.compare); !ok {
		c.as, news = slices.Insert(c.as, i, as), true
	}
	if c.on != on && !c.on.mixed {
		c.on, news = runsOn{mixed: true}, true
	}
	if all := withOns(c.ons, ons); !slices.Equal(all, c.ons) {
		c.ons, news = all, true
	}
	return news
}

// spread carries what is known of the sites' texts to the parameters in them,
// and on to the callers that fill those, until nothing is news.
func (f *SQL) spread() {
	var news []*types.Var
	params := map[filled][]text.Piece{}
	read := func(s site) {
		if s.as.mode == Files || s.as.mode == Channel {
			return
		}
		ps, ok := params[s.filled()]
		if !ok {
			for _, t := range f.textsAt(s) {
				ps = append(ps, paramsOf(t)...)
			}
			params[s.filled()] = ps
		}
		for _, p := range ps {
			if f.carry(p.Param, role{s.as.mode, p.Format}, s.on, s.ons) && !slices.Contains(news, p.Param) {
				news = append(news, p.Param)
			}
		}
	}
	for _, s := range f.sites {
		read(s)
	}
	for len(news) > 0 {
		shuffle.Slice(news)
		v := news[0]
		news = news[1:]
		for _, s := range f.passed(v) {
			read(s)
		}
	}
}

// filled is a place that a text is put into, and what it is there.
type filled struct {
	node ast.Node
	expr ast.Expr
	as   role
}

func (s site) filled() filled { return filled{s.node, s.exprs[0], s.as} }

// passing are the sites of all parameters that carry SQL: what calls pass. A
// call through an interface passes it to several: what these run it on together.
func (f *SQL) passing() []site {
	var sites []site
	at := map[filled]int{}
	for v := range f.carried {
		for _, s := range f.passed(v) {
			i, ok := at[s.filled()]
			if !ok {
				at[s.filled()] = len(sites)
				sites = append(sites, s)
				continue
			}
			if sites[i].on != s.on {
				sites[i].on = runsOn{mixed: true}
			}
			sites[i].ons = withOns(sites[i].ons, s.ons)
		}
	}
	return sites
}

// passed are the sites where calls fill v, a parameter that carries SQL. What
// fills a field is among the texts of the field itself.
func (f *SQL) passed(v *types.Var) []site {
	known, c := f.Flow.Vars[v], f.carried[v]
	if v.IsField() || known == nil || known.Param < 0 {
		return nil
	}
	var sites []site
	for _, call := range f.Flow.CallsOf(known.Fn) {
		for _, as := range c.as {
			if s, ok := f.siteOf(call, known, c); ok {
				s.as = as
				sites = append(sites, s)
			}
		}
	}
	return sites
}

// siteOf is the site where a call fills a parameter.
func (f *SQL) siteOf(call *ast.CallExpr, known *flow.Variable, c *carried) (site, bool) {
	if known.Param >= len(call.Args) {
		return site{}, false
	}
	t := flow.FuncType(known.Fn)
	s := site{node: call, call: call, exprs: call.Args[known.Param : known.Param+1], from: -1, on: c.on}
	switch {
	case isVariadic(t, known.Param):
		s.exprs = call.Args[known.Param:]
	case isVariadic(t, known.Param+1):
		s.from = known.Param + 1
	}
	for _, on := range c.ons {
		s.ons = append(s.ons, f.givenFor(on, known, call))
	}
	s.ons = withOns(nil, s.ons)
	if c.on.via != nil {
		if p := f.Flow.Vars[c.on.via]; p != nil && p.Fn == known.Fn && p.Param < len(call.Args) {
			s.on = f.handle(call.Args[p.Param])
		}
	}
	return s, true
}

func isVariadic(t *ast.FuncType, param int) bool {
	n := t.Params.NumFields()
	if param != n-1 {
		return false
	}
	_, ok := t.Params.List[len(t.Params.List)-1].Type.(*ast.Ellipsis)
	return ok
}

// export makes facts of the parameters and fields of this package that carry
// SQL, so that packages that import it know.
func (f *SQL) export() {
	var own []*types.Var
	for v, c := range f.carried {
		if v.Pkg() == f.Flow.Pass.Pkg && c.as[0].mode != Files {
			own = append(own, v)
		}
	}
	slices.SortFunc(own, func(v, w *types.Var) int { return cmp.Compare(v.Pos(), w.Pos()) })
	declared := f.Flow.Interfaces()
	for _, v := range own {
		c := f.carried[v]
		isFormat := slices.ContainsFunc(c.as, func(r role) bool { return r.format })
		fact := &CarriesSQL{Mode: c.as[0].mode, Format: isFormat, Handle: c.on.handle, Via: -1}
		known := f.Flow.Vars[v]
		if p := f.Flow.Vars[c.on.via]; c.on.via != nil && p != nil && known != nil && p.Fn == known.Fn {
			fact.Via = p.Param
		}
		f.Flow.Pass.ExportObjectFact(v, fact)
		if known == nil || known.Param < 0 {
			continue
		}
		if decl, ok := known.Fn.(*ast.FuncDecl); ok {
			f.exportInterfaces(declared, decl, known.Param, fact)
		}
	}
}

// exportInterfaces makes the fact also for the methods of interfaces that decl
// implements.
func (f *SQL) exportInterfaces(declared map[string][]*types.Func, decl *ast.FuncDecl, param int, fact *CarriesSQL) {
	m, ok := f.Flow.Info.Defs[decl.Name].(*types.Func)
	if !ok || m.Signature().Recv() == nil {
		return
	}
	for _, im := range declared[m.Name()] {
		if !flow.Implements(m, im) || param >= im.Signature().Params().Len() { // m may be declared twice
			continue
		}
		p, both := im.Signature().Params().At(param), *fact
		var other CarriesSQL // of another type that implements it
		if f.Flow.Pass.ImportObjectFact(p, &other) {
			both.Format = both.Format || other.Format
			if both.Handle != other.Handle || both.Via != other.Via {
				both.Handle, both.Via = UnknownHandle, -1
			}
		}
		f.Flow.Pass.ExportObjectFact(p, &both)
	}
}
