package eval

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// A value is evaluated once and kept, and some are made of themselves: a loop
// appends to a string, functions call each other. What is kept must not depend
// on where the evaluation came from. So the way around a circle is a property
// of the circle alone: its members have an order, and a step back in it is
// taken once on the way from outside. What is cut for its depth is a property
// of the value, too.

// vertex is one thing that has a value: a *def, a package variable or field
// (*types.Var), a *types.Const, or a function of this package.
type vertex struct {
	of     any
	next   []*vertex // what it is made of
	chain  *vertex   // of an append: the only one that it can append to
	nest   int       // how deep its own expressions are nested
	height int       // how deep it is with all that it is made of

	circle  *vertex // the first member of its circle, nil where it is in none
	order   int     // in its circle
	tooDeep bool

	index, low int // of Tarjan's algorithm
	open       bool
}

type graph struct {
	of    map[any]*vertex
	stack []*vertex
}

// vertex is that of n, with all that it is made of.
func (e *Evaluator) vertex(n any) *vertex {
	if v := e.graph.of[n]; v != nil {
		return v
	}
	if e.graph.of == nil {
		e.graph.of = map[any]*vertex{}
	}
	return e.explore(n)
}

// explore is Tarjan's algorithm, which finds circles after all that they lead to.
func (e *Evaluator) explore(n any) *vertex {
	g := &e.graph
	v := &vertex{of: n, index: len(g.of), low: len(g.of), open: true}
	g.of[n] = v
	g.stack = append(g.stack, v)
	for m := range e.partsOf(v) {
		w := g.of[m]
		if w == nil {
			w = e.explore(m)
			v.low = min(v.low, w.low)
		} else if w.open {
			v.low = min(v.low, w.index)
		}
		v.next = append(v.next, w)
	}
	if d, ok := n.(*flow.Def); ok && sole(d) != nil {
		v.chain = g.of[sole(d)]
	}
	if v.low == v.index {
		i := slices.Index(g.stack, v)
		e.close(slices.Clone(g.stack[i:]))
		g.stack = g.stack[:i]
	}
	return v
}

// close is told the members of one circle, or the one vertex that is in none.
func (e *Evaluator) close(members []*vertex) {
	first := slices.MinFunc(members, before)
	isCircle := len(members) > 1 || slices.Contains(first.next, first)
	base, weight, chain := 0, 0, 0
	for _, v := range members {
		if v.open = false; isCircle {
			v.circle = first
		}
	}
	for _, v := range members {
		weight += v.nest + 1
		for _, w := range v.next {
			switch {
			case w.circle == first:
			case w == v.chain:
				chain = max(chain, w.height) // it is followed without going deeper
			default:
				base = max(base, w.height)
			}
		}
	}
	if isCircle {
		weight *= maxRounds + 1
		n := len(members)
		number(first, first, map[*vertex]bool{}, &n)
	}
	for _, v := range members {
		v.height = max(base+weight, chain)
		v.tooDeep = base/maxDepth != (base+weight)/maxDepth
	}
}

// number gives the members of a circle an order in which each way around it
// has a step back: a depth-first search from its first, in the order of the
// source, backwards.
func number(v, first *vertex, seen map[*vertex]bool, n *int) {
	seen[v] = true
	for _, w := range v.next {
		if w.circle == first && !seen[w] {
			number(w, first, seen, n)
		}
	}
	*n--
	v.order = *n
}

// before is the order of the source.
func before(v, w *vertex) int {
	k, p, q := v.place()
	l, r, s := w.place()
	return cmp.Or(cmp.Compare(k, l), cmp.Compare(p, r), cmp.Compare(q, s))
}

// place is where a vertex stands in the source. A field may be of another
// package, whose place among the files is not always the same: it comes last.
func (v *vertex) place() (kind, pos, name int) {
	switch n := v.of.(type) {
	case *flow.Def:
		return 0, int(n.Node.Pos()), int(n.Of.Pos())
	case ast.Node:
		return 1, int(n.Pos()), 0
	case *types.Const:
		return 2, int(n.Pos()), 0
	}
	return 3, 0, 0
}

// partsOf yields what the value of v is made of, in the order of the source.
// It may be too much, but never too little.
func (e *Evaluator) partsOf(v *vertex) func(yield func(any) bool) {
	p := &parts{e: e}
	switch n := v.of.(type) {
	case *flow.Def:
		if known := e.Vars[n.Of]; known.Fn != nil {
			e.Reaching(n.Of, known) // says what it appends to
		}
		switch call, _ := n.Expr.(*ast.CallExpr); n.Kind {
		case flow.DefPrint:
			for _, arg := range call.Args[1:] {
				p.add(arg)
			}
		case flow.DefFilled:
			for _, arg := range call.Args {
				p.add(arg)
			}
			p.defs(e.Vars[n.Param].Defs)
		default:
			p.add(n.Expr)
		}
		p.defs(n.Prev)
	case *types.Var:
		p.defs(e.Vars[n].Defs)
	case *types.Const:
		p.add(e.Consts[n])
	case ast.Node:
		p.function(n)
	}
	v.nest = p.nest
	return slices.Values(p.all)
}

type parts struct {
	e    *Evaluator
	all  []any
	nest int
}

func (p *parts) part(n any) { p.all = append(p.all, n) }

func (p *parts) defs(ds []*flow.Def) {
	for _, d := range ds {
		if d.Kind != flow.DefParam {
			p.part(d)
		}
	}
}

// function adds what a function returns.
func (p *parts) function(fn ast.Node) {
	for _, ret := range flow.ReturnsOf(fn) {
		for _, x := range ret.Results {
			p.add(x)
		}
		if len(ret.Results) > 0 {
			continue
		}
		for i := 0; ; i++ {
			name := flow.ResultName(fn, i)
			if name == nil {
				break
			}
			if v, ok := p.e.Info.Defs[name].(*types.Var); ok && p.e.Vars[v] != nil {
				p.defs(p.e.Vars[v].Defs)
			}
		}
	}
}

// add adds what the names and calls in an expression stand for.
func (p *parts) add(x ast.Expr) {
	if x == nil {
		return
	}
	depth := 0
	ast.Inspect(x, func(n ast.Node) bool {
		if n == nil {
			depth--
			return true
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.Ident:
			p.name(n)
		case *ast.CallExpr:
			p.call(n)
		}
		depth++
		p.nest = max(p.nest, depth)
		return true
	})
}

func (p *parts) call(call *ast.CallExpr) {
	p.defs(p.e.urlParts(call))
	switch callee := p.e.Target(call).(type) {
	case *types.Func:
		for _, decl := range p.e.Bodies(callee) {
			p.part(decl)
		}
	case *ast.FuncLit:
		p.part(callee)
	case *types.Var:
		for _, fn := range p.e.FunctionsIn(callee) {
			p.part(fn)
		}
	}
}

func (p *parts) name(id *ast.Ident) {
	switch obj := p.e.Info.ObjectOf(id).(type) {
	case *types.Const:
		if p.e.Consts[obj] != nil {
			p.part(obj)
		}
	case *types.Var:
		v := obj.Origin()
		known := p.e.Vars[v]
		switch {
		case known == nil || len(known.Defs) == 0:
		case known.Fn == nil:
			p.part(v)
		default:
			p.defs(p.e.Definitions(id, v, known))
		}
	}
}

// maxRounds is how many steps back a way around a circle may take.
const maxRounds = 1

// step is how many steps back are left behind the step to a vertex: false
// where there were none.
func (e *Evaluator) step(to *vertex) (rounds int, ok bool) {
	switch at := e.at; {
	case at == nil || at.circle == nil || at.circle != to.circle:
		return maxRounds, true
	case at.order < to.order:
		return e.rounds, true
	case at == to || e.rounds == 0:
		return 0, false
	}
	return e.rounds - 1, true
}

// value names what is kept of a vertex.
type value struct {
	v      *vertex
	result int // of a function, or pieceAlone
	rounds int
	aside  bool
}

// pieceAlone is what one append adds, without what it appends to.
const pieceAlone = -1

// valueOf is the value of n as it is used where the evaluation is: nil where
// that would go round in a circle.
func (e *Evaluator) valueOf(n any, result int, eval func() []text.Text) []text.Text {
	v := e.vertex(n)
	rounds, ok := e.step(v)
	if !ok {
		return nil
	}
	if v.tooDeep {
		at := v.node()
		e.cut(at, tooDeep)
		return []text.Text{text.HoleAt(at)}
	}
	return e.evaluate(v, result, rounds, eval)
}

func (e *Evaluator) evaluate(v *vertex, result, rounds int, eval func() []text.Text) []text.Text {
	key := value{v, result, rounds, e.aside}
	ts, ok := e.known[key]
	if !ok {
		defer e.from(v, rounds)()
		e.known[key] = nil // within itself, by a way that the graph has not, it is nothing
		ts = eval()
		e.known[key] = ts
	}
	return ts
}

// from sets where the evaluation is. What it returns sets it back.
func (e *Evaluator) from(v *vertex, rounds int) (back func()) {
	at, old, depth := e.at, e.rounds, e.depth
	e.at, e.rounds, e.depth = v, rounds, 0
	return func() { e.at, e.rounds, e.depth = at, old, depth }
}

// beside evaluates what is no part of the value that is being evaluated, as a
// file's name is none of its text: it begins anew, and not within itself.
func (e *Evaluator) beside(eval func()) {
	if e.aside {
		return
	}
	defer e.from(nil, 0)()
	e.aside = true
	defer func() { e.aside = false }()
	eval()
}

// node is where a vertex stands, nil for a field of another package.
func (v *vertex) node() ast.Node {
	switch n := v.of.(type) {
	case *flow.Def:
		return n.Node
	case ast.Node:
		return n
	}
	for _, w := range v.next {
		if n := w.node(); n != nil {
			return n
		}
	}
	return nil
}
