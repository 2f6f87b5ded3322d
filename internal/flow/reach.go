package flow

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
)

// reaching says which definitions of a local variable can have reached each of
// its uses. Uses within closures, and all of them in code that the walk gives
// up on, are missing: there any definition may have.
type reaching struct {
	info *types.Info
	v    *types.Var
	defs map[ast.Node]*Def
	uses map[*ast.Ident][]*Def

	loops []*loop
	left  int // nodes that may still be visited
}

// loop is a statement that break, and perhaps continue, leaves.
type loop struct {
	isLoop        bool
	breaks, skips flow
}

// flow is the definitions that can have reached a point, in the order of the
// source, none if the point cannot be reached.
type flow struct {
	defs []*Def
	dead bool
}

// join is what can have reached a point by either way: the last definitions, a
// few more than texts are kept of.
func (f flow) join(g flow) flow {
	switch {
	case f.dead || !g.dead && len(f.defs) == 0:
		return g
	case g.dead || len(g.defs) == 0:
		return f
	}
	a, b := f.defs, g.defs
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
	return flow{defs: defs[max(0, len(defs)-maxTexts-1):]}
}

var dead = flow{dead: true}

// reach walks the body of the function that declares v. Where that is too much
// work, it returns nil: then every definition is taken to reach every use.
func (e *Flow) reach(v *types.Var, known *Variable, start []*Def) map[*ast.Ident][]*Def {
	if e.tooLarge(known.Fn) {
		return nil
	}
	r := &reaching{info: e.Info, v: v, defs: map[ast.Node]*Def{}, uses: map[*ast.Ident][]*Def{}, left: maxWalk}
	for i, d := range known.Defs {
		if r.defs[d.Node] != nil && r.defs[d.Node] != d {
			return nil // v twice on one left side
		}
		r.defs[d.Node] = d
		d.order = i + 1
	}
	r.stmt(BodyOf(known.Fn), flow{defs: start})
	if r.left <= 0 {
		return nil
	}
	return r.uses
}

// tooLarge reports whether variables cannot be followed in fn: where all of
// the package would be too much work, the functions that cost most are left out.
func (e *Flow) tooLarge(fn ast.Node) bool {
	if e.unread != nil {
		return e.unread[fn]
	}
	e.unread = map[ast.Node]bool{}
	vars, cost, total := map[ast.Node]int{}, map[ast.Node]int{}, 0
	for _, known := range e.Vars {
		if known.Fn != nil && len(known.Defs) > 0 {
			vars[known.Fn]++
		}
	}
	for fn, n := range vars {
		cost[fn] = n * min(maxWalk, size(fn))
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

// size is the number of nodes of a function, without those within it.
func size(fn ast.Node) (n int) {
	ast.Inspect(BodyOf(fn), func(m ast.Node) bool {
		n++
		_, within := m.(*ast.FuncLit)
		return !within
	})
	return n
}

func (r *reaching) stmts(list []ast.Stmt, in flow) flow {
	for _, s := range list {
		in = r.stmt(s, in)
	}
	return in
}

func (r *reaching) stmt(s ast.Stmt, in flow) flow {
	if r.left--; r.left <= 0 {
		return dead
	}
	switch s := s.(type) {
	case nil:
	case *ast.BlockStmt:
		return r.stmts(s.List, in)
	case *ast.LabeledStmt:
		return r.stmt(s.Stmt, in)
	case *ast.IfStmt:
		in = r.expr(s.Cond, r.stmt(s.Init, in))
		then := r.stmt(s.Body, in)
		if s.Else != nil {
			in = r.stmt(s.Else, in)
		}
		return then.join(in)
	case *ast.ForStmt:
		in = r.stmt(s.Init, in)
		return r.loop(in, s.Cond == nil, func(in flow) flow {
			return r.stmt(s.Body, r.expr(s.Cond, in))
		}, s.Post)
	case *ast.RangeStmt:
		in = r.expr(s.X, in)
		return r.loop(in, false, func(in flow) flow {
			return r.stmt(s.Body, r.apply(s, in))
		}, nil)
	case *ast.SwitchStmt:
		return r.clauses(s.Body, r.expr(s.Tag, r.stmt(s.Init, in)))
	case *ast.TypeSwitchStmt:
		return r.clauses(s.Body, r.stmt(s.Assign, r.stmt(s.Init, in)))
	case *ast.SelectStmt:
		return r.clauses(s.Body, in)
	case *ast.ReturnStmt:
		r.node(s, in)
		return dead
	case *ast.BranchStmt:
		return r.branch(s, in)
	case *ast.AssignStmt:
		for _, e := range s.Rhs {
			in = r.expr(e, in)
		}
		for _, e := range s.Lhs {
			if id, ok := e.(*ast.Ident); ok && r.info.ObjectOf(id) == r.v {
				continue // a definition, not a use
			}
			in = r.expr(e, in)
		}
		return r.apply(s, in)
	case *ast.DeclStmt:
		if g, ok := s.Decl.(*ast.GenDecl); ok {
			for _, spec := range g.Specs {
				in = r.apply(spec, r.node(spec, in))
			}
		}
	default:
		return r.node(s, in)
	}
	return in
}

func (r *reaching) loop(in flow, endless bool, body func(flow) flow, post ast.Stmt) flow {
	l := &loop{isLoop: true, breaks: dead, skips: dead}
	r.loops = append(r.loops, l)
	head := in
	for range 2 { // once more with what the first round leaves behind
		out := r.stmt(post, body(head).join(l.skips))
		head = head.join(out)
	}
	r.loops = r.loops[:len(r.loops)-1]
	if endless {
		return l.breaks
	}
	return head.join(l.breaks)
}

func (r *reaching) clauses(body *ast.BlockStmt, in flow) flow {
	l := &loop{breaks: dead, skips: dead}
	r.loops = append(r.loops, l)
	out, fall, isDefault := dead, dead, false
	for _, c := range body.List {
		switch c := c.(type) {
		case *ast.CaseClause:
			for _, e := range c.List {
				in = r.expr(e, in)
			}
			isDefault = isDefault || c.List == nil
			end := r.stmts(c.Body, in.join(fall))
			fall = dead
			if n := len(c.Body); n > 0 {
				if b, ok := c.Body[n-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
					fall = end
				}
			}
			out = out.join(end)
		case *ast.CommClause:
			isDefault = true
			out = out.join(r.stmts(c.Body, r.stmt(c.Comm, in)))
		}
	}
	r.loops = r.loops[:len(r.loops)-1]
	if !isDefault {
		out = out.join(in)
	}
	return out.join(l.breaks)
}

func (r *reaching) branch(s *ast.BranchStmt, in flow) flow {
	if s.Tok == token.FALLTHROUGH {
		return in
	}
	for i := len(r.loops) - 1; i >= 0; i-- {
		l := r.loops[i]
		switch {
		case s.Tok == token.BREAK && (s.Label == nil || l.isLoop):
			l.breaks = l.breaks.join(in)
			return dead
		case s.Tok == token.CONTINUE && l.isLoop:
			l.skips = l.skips.join(in)
			return dead
		}
	}
	return dead
}

func (r *reaching) expr(e ast.Expr, in flow) flow {
	if e == nil {
		return in
	}
	return r.node(e, in)
}

// node notes the uses of the variable below n, and what calls there write to it.
func (r *reaching) node(n ast.Node, in flow) flow {
	var open []ast.Node
	ast.Inspect(n, func(n ast.Node) bool {
		if n == nil {
			last := open[len(open)-1]
			open = open[:len(open)-1]
			if _, ok := last.(*ast.CallExpr); ok {
				in = r.apply(last, in)
			}
			return true
		}
		r.left--
		if _, ok := n.(*ast.FuncLit); ok || r.left <= 0 {
			return false
		}
		if id, ok := n.(*ast.Ident); ok && r.info.Uses[id] == r.v {
			r.uses[id] = flow{defs: r.uses[id]}.join(in).defs
		}
		open = append(open, n)
		return true
	})
	return in
}

// apply is the flow behind the definition that n is, if it is one.
func (r *reaching) apply(n ast.Node, in flow) flow {
	d := r.defs[n]
	if d == nil || in.dead {
		return in
	}
	switch d.Kind {
	case defAppend, defPrint, defElement:
		d.prev = flow{defs: d.prev}.join(in).defs
	}
	return flow{defs: []*Def{d}}
}
