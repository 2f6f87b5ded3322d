package flow

import (
	"cmp"
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/cfg"
)

// controlFlow is what a function does to its own variables, along its control
// flow graph. What closures within it do may happen at any time.
type controlFlow struct {
	blocks []*cfg.Block
	events map[*types.Var][]event // in the order of the blocks, and within each in that of the evaluation
	aside  map[*types.Var][]*Def  // those in closures
}

// event is a use or a definition of a variable.
type event struct {
	block int32
	use   *ast.Ident
	def   *Def
}

// controlFlow reads a function once for all of its variables.
func (e *Flow) controlFlow(fn ast.Node) *controlFlow {
	if c := e.flows[fn]; c != nil {
		return c
	}
	c := &controlFlow{events: map[*types.Var][]event{}, aside: map[*types.Var][]*Def{}}
	e.flows[fn] = c
	if body := BodyOf(fn); body != nil {
		c.blocks = cfg.New(body, e.MayReturn).Blocks
		r := reader{Flow: e, fn: fn, flow: c}
		for _, b := range c.blocks {
			r.block = b
			r.read()
		}
	}
	return c
}

// MayReturn reports whether the code behind a call can be reached.
func (e *Flow) MayReturn(call *ast.CallExpr) bool {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := e.Info.Uses[id].(*types.Builtin); ok && b.Name() == "panic" {
			return false
		}
	}
	return !e.exits(call)
}

// exits reports whether a call ends the program or the goroutine: os.Exit,
// log.Fatal and their like.
func (e *Flow) exits(call *ast.CallExpr) bool {
	fn, ok := e.Target(call).(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	switch fn.Name() {
	case "Exit":
		return fn.Pkg().Path() == "os"
	case "Goexit":
		return fn.Pkg().Path() == "runtime"
	case "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln":
		return fn.Pkg() != e.Pass.Pkg && fn.Signature().Results().Len() == 0
	}
	return false
}

// reader notes the events of one function.
type reader struct {
	*Flow
	fn    ast.Node
	flow  *controlFlow
	block *cfg.Block
}

func (r *reader) read() {
	// The graph has the variables of a range before its loop: each round sets them.
	if loop, ok := r.block.Stmt.(*ast.RangeStmt); ok && r.block.Kind == cfg.KindRangeBody {
		r.define(loop)
	}
	for _, n := range r.block.Nodes {
		r.node(n)
	}
}

// node notes the uses of variables below n, and what statements and calls
// there define, in the order of the evaluation.
func (r *reader) node(n ast.Node) {
	if assign, ok := n.(*ast.AssignStmt); ok {
		for _, x := range assign.Rhs {
			r.node(x)
		}
		for _, x := range assign.Lhs {
			if _, isName := x.(*ast.Ident); !isName { // that is a definition, not a use
				r.node(x)
			}
		}
		r.define(assign)
		return
	}
	var open []ast.Node
	ast.Inspect(n, func(n ast.Node) bool {
		if n == nil {
			last := open[len(open)-1]
			open = open[:len(open)-1]
			switch last.(type) {
			case *ast.CallExpr, *ast.ValueSpec:
				r.define(last)
			}
			return true
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			r.closure(n)
			return false
		case *ast.Ident:
			if v, ok := r.Info.Uses[n].(*types.Var); ok && r.isOwn(v) {
				r.note(v, event{use: n})
			}
		}
		open = append(open, n)
		return true
	})
}

func (r *reader) isOwn(v *types.Var) bool {
	known := r.Vars[v]
	return known != nil && known.Fn == r.fn && len(known.Defs) > 0
}

func (r *reader) note(v *types.Var, e event) {
	e.block = r.block.Index
	r.flow.events[v] = append(r.flow.events[v], e)
}

func (r *reader) define(n ast.Node) {
	for _, d := range r.defined[n] {
		if r.isOwn(d.Of) {
			r.note(d.Of, event{def: d})
		}
	}
}

func (r *reader) closure(lit *ast.FuncLit) {
	ast.Inspect(lit, func(n ast.Node) bool {
		for _, d := range r.defined[n] {
			if r.isOwn(d.Of) {
				r.flow.aside[d.Of] = append(r.flow.aside[d.Of], d)
			}
		}
		return true
	})
}

// joined are the definitions of both lists, in the order of the source: the
// last, a few more than texts are kept of.
func joined(a, b []*Def) []*Def {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0 || slices.Equal(a, b):
		return a
	}
	defs := make([]*Def, 0, len(a)+len(b))
	for len(a)+len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].order < b[0].order:
			defs, a = append(defs, a[0]), a[1:]
		case len(a) == 0 || b[0].order < a[0].order:
			defs, b = append(defs, b[0]), b[1:]
		default: // the same
			defs, a, b = append(defs, a[0]), a[1:], b[1:]
		}
	}
	return defs[max(0, len(defs)-maxDefs-1):]
}

// reached are the definitions of a local variable that can have reached its
// uses, and the end of its function. Uses within closures are missing: there
// any definition may have.
type reached struct {
	uses map[*ast.Ident][]*Def
	Exit []*Def
}

// reach says which definitions of v can have reached what. Where that is too
// much work, any may have.
func (e *Flow) reach(v *types.Var, known *Variable, start []*Def) reached {
	for i, d := range known.Defs {
		d.order = i + 1
	}
	if e.tooLarge(known.Fn) {
		return reached{Exit: known.Defs}
	}
	c := e.controlFlow(known.Fn)
	s := solver{flow: c, in: make([][]*Def, len(c.blocks)), seen: make([]bool, len(c.blocks)), reached: reached{uses: map[*ast.Ident][]*Def{}}}
	s.of = make([][]event, len(c.blocks))
	events := c.events[v]
	for i := 0; i < len(events); {
		k := i
		for k < len(events) && events[k].block == events[i].block {
			k++
		}
		s.of[events[i].block] = events[i:k]
		i = k
	}
	s.solve(start)
	aside := slices.SortedFunc(slices.Values(c.aside[v]), func(a, b *Def) int { return cmp.Compare(a.order, b.order) })
	for _, e := range events {
		if e.use != nil { // in code that is not reached: nothing
			s.uses[e.use] = joined(s.uses[e.use], aside)
		}
	}
	s.Exit = joined(s.Exit, aside)
	return s.reached
}

// solver finds what reaches the uses of one variable.
type solver struct {
	flow *controlFlow
	of   [][]event // of each block
	in   [][]*Def  // what reaches the beginning of each block
	seen []bool
	reached
}

func (s *solver) solve(start []*Def) {
	if len(s.flow.blocks) == 0 {
		return
	}
	s.in[0], s.seen[0] = start, true
	for todo := []int32{0}; len(todo) > 0; {
		b := todo[0]
		todo = todo[1:]
		out := s.through(b)
		if s.flow.blocks[b].Return() != nil {
			s.Exit = joined(s.Exit, out)
		}
		for _, next := range s.flow.blocks[b].Succs {
			i := next.Index
			before := s.in[i]
			s.in[i] = joined(before, out)
			if !s.seen[i] || !slices.Equal(before, s.in[i]) {
				s.seen[i] = true
				if !slices.Contains(todo, i) {
					todo = append(todo, i)
				}
			}
		}
	}
}

// through is what leaves a block.
func (s *solver) through(b int32) []*Def {
	now := s.in[b]
	for _, e := range s.of[b] {
		if e.use != nil {
			s.uses[e.use] = joined(s.uses[e.use], now)
			continue
		}
		switch e.def.Kind {
		case DefAppend, DefPrint, DefElement, DefFilled:
			e.def.Prev = joined(e.def.Prev, now)
		}
		now = []*Def{e.def}
	}
	return now
}

// What bounds the work on one function, and on a package.
const (
	maxDefs  = 256        // definitions that are kept of a variable
	maxWalks = 20_000_000 // basic blocks that are looked at for all variables
)

// tooLarge reports whether variables cannot be followed in fn: where all of
// the package would be too much work, the functions that cost most are left out.
func (e *Flow) tooLarge(fn ast.Node) bool {
	if e.unread != nil {
		return e.unread[fn]
	}
	e.unread = map[ast.Node]bool{}
	vars, cost, total := map[ast.Node]int{}, map[ast.Node]int{}, 0
	most := 0 // a block needs a byte at the least
	for _, known := range e.Vars {
		if known.Fn != nil && len(known.Defs) > 0 {
			vars[known.Fn]++
			most += int(known.Fn.End() - known.Fn.Pos())
		}
	}
	if most <= maxWalks {
		return false
	}
	for fn, n := range vars {
		cost[fn] = n * len(e.controlFlow(fn).blocks)
		total += cost[fn]
	}
	fns := slices.SortedFunc(maps.Keys(cost), func(a, b ast.Node) int {
		return cmp.Or(cmp.Compare(cost[b], cost[a]), cmp.Compare(a.Pos(), b.Pos()))
	})
	for _, fn := range fns {
		if total <= maxWalks {
			break
		}
		e.unread[fn] = true
		total -= cost[fn]
	}
	return e.unread[fn]
}

// ObjectOf is what an identifier or a selector names, or nil.
func (e *Flow) ObjectOf(x ast.Expr) types.Object {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return e.Info.ObjectOf(x)
	case *ast.SelectorExpr:
		return e.Info.Uses[x.Sel]
	}
	return nil
}

// Definitions are those of a local variable that can have reached a use of it.
func (e *Flow) Definitions(x *ast.Ident, v *types.Var, known *Variable) []*Def {
	if len(known.Defs) == 1 && known.Defs[0].Kind == DefValue && known.Param < 0 {
		return known.Defs
	}
	if defs, ok := e.Reaching(v, known).uses[x]; ok {
		return defs
	}
	if known.Param >= 0 {
		return append(slices.Clip(known.Defs), &Def{Kind: DefParam, Param: v})
	}
	return known.Defs
}

// Reaching are the definitions of a local variable that reach each of its uses.
func (e *Flow) Reaching(v *types.Var, known *Variable) reached {
	r, ok := e.reached[v]
	if !ok {
		var start []*Def
		if known.Param >= 0 {
			start = []*Def{{Kind: DefParam, Param: v}}
		}
		r = e.reach(v, known, start)
		e.reached[v] = r
	}
	return r
}
