package dialect

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/flow"
)

// Branches tells for which dialect code runs, by what leads to it.
type Branches struct {
	flow     *eval.Evaluator
	calledIn map[callers]Dialect
	known    map[branching]Dialect
}

// NewBranches prepares to look at the branches of a package.
func NewBranches(flow *eval.Evaluator) *Branches {
	return &Branches{flow: flow, calledIn: map[callers]Dialect{}, known: map[branching]Dialect{}}
}

// Of is the dialect that n is for, by the tests of a dialect's name that
// lead to it: in a branch of if, switch or type switch, behind an if that
// leaves for other dialects, beside a dialect's name in a map or a struct, or
// in a function that is called from such branches alone.
func (b *Branches) Of(n ast.Node) Dialect { return b.branch(n, 0) }

// Of a function that is called from afar or from everywhere, no branch decides.
const maxCallers, maxCallsUp = 20, 3

// ForOther reports whether SQL that stands at these nodes is for another
// database than PostgreSQL: a branch on a dialect decides, then what the handle
// was opened for, and where neither tells, imports and names.
func (b *Branches) ForOther(opened Dialect, named func() bool, nodes ...ast.Node) bool {
	postgres := opened == Postgres
	if opened == Other {
		return true
	}
	for _, n := range nodes {
		if n == nil {
			continue
		}
		switch b.Of(n) {
		case Other:
			return true
		case Postgres:
			postgres = true
		}
	}
	return !postgres && named()
}

// branch is Of, for a node that was met some calls up. What is around it is
// around all that stands in it.
func (b *Branches) branch(n ast.Node, up int) Dialect {
	var way []ast.Node
	d := None
	for p := b.flow.Parent(n); p != nil && d == None; n, p = p, b.flow.Parent(p) {
		known, ok := b.known[branching{n, up}]
		if ok {
			d = known
			break
		}
		way = append(way, n)
		if d = b.step(p, n); d == None && flow.BodyOf(p) != nil && up < maxCallsUp {
			d = b.calledFor(p, up+1)
		}
	}
	for _, n := range way {
		b.known[branching{n, up}] = d
	}
	return d
}

// branching is a node, and how many calls up it was met.
type branching struct {
	n  ast.Node
	up int
}

// callers is a function, and how many calls up it was met.
type callers struct {
	fn ast.Node
	up int
}

// calledFor is the dialect of all calls of a function. It is asked again for
// each effect and each function inside.
func (b *Branches) calledFor(fn ast.Node, up int) Dialect {
	k := callers{fn, up}
	d, ok := b.calledIn[k]
	if !ok {
		d = b.calledOnlyFor(fn, up)
		b.calledIn[k] = d
	}
	return d
}

func (b *Branches) calledOnlyFor(fn ast.Node, up int) Dialect {
	calls := b.flow.CallsOf(fn)
	if len(calls) > maxCallers {
		return None
	}
	all := None
	for i, call := range calls {
		d := b.branch(call, up)
		if d == None || i > 0 && d != all {
			return None
		}
		all = d
	}
	return all
}

// step is what the way from a node down to its child says.
func (b *Branches) step(n, child ast.Node) Dialect {
	switch n := n.(type) {
	case *ast.IfStmt:
		switch child {
		case n.Body:
			return b.implied(n.Cond, n.Init, true)
		case n.Else:
			return b.implied(n.Cond, n.Init, false)
		}
	case *ast.BinaryExpr: // isSQLite && exec(…)
		if child == n.Y && (n.Op == token.LAND || n.Op == token.LOR) {
			return b.implied(n.X, nil, n.Op == token.LAND)
		}
	case *ast.BlockStmt:
		return b.leftBy(n.List, child)
	case *ast.CaseClause:
		if d := b.leftBy(n.Body, child); d != None {
			return d
		}
		return b.clause(n)
	case *ast.AssignStmt: // m["sqlite"] = …
		for i, lhs := range n.Lhs {
			if ix, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok && len(n.Rhs) == len(n.Lhs) && n.Rhs[i] == child {
				return b.named(ix.Index)
			}
		}
	case *ast.KeyValueExpr:
		if child == n.Value {
			return b.key(n.Key)
		}
	case *ast.CompositeLit:
		return b.beside(n)
	}
	return None
}

// leftBy is what the ifs before child say that do not go on.
func (b *Branches) leftBy(list []ast.Stmt, child ast.Node) Dialect {
	d := None
	for _, s := range list {
		if s == child {
			break
		}
		if s, ok := s.(*ast.IfStmt); ok && s.Else == nil && b.leaves(s.Body) {
			if by := b.implied(s.Cond, s.Init, false); by != None {
				d = by
			}
		}
	}
	return d
}

// leaves reports whether what follows a block is not reached from it.
func (b *Branches) leaves(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	switch s := body.List[len(body.List)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok != token.FALLTHROUGH
	case *ast.ExprStmt:
		call, ok := s.X.(*ast.CallExpr)
		if !ok {
			return false
		}
		return !b.flow.MayReturn(call)
	}
	return false
}

// clause is what a switch says of one of its clauses: all its values are of
// one dialect. The default is for whatever is left.
func (b *Branches) clause(c *ast.CaseClause) Dialect {
	block, _ := b.flow.Parent(c).(*ast.BlockStmt)
	if block == nil {
		return None
	}
	all := None
	for i, x := range c.List {
		d := None
		switch s := b.flow.Parent(block).(type) {
		case *ast.SwitchStmt:
			switch {
			case s.Tag == nil:
				d = b.implied(x, nil, true)
			case b.telling(s.Tag):
				d = b.named(x)
			}
		case *ast.TypeSwitchStmt:
			d = OfType(b.flow.Info.TypeOf(x))
		}
		if d == None || i > 0 && d != all {
			return None
		}
		all = d
	}
	if fallsInto(block, c) {
		return None
	}
	return all
}

// fallsInto reports whether the clause before c goes on with c.
func fallsInto(block *ast.BlockStmt, c *ast.CaseClause) bool {
	for i, s := range block.List[1:] {
		before, ok := block.List[i].(*ast.CaseClause)
		if s != ast.Stmt(c) || !ok || len(before.Body) == 0 {
			continue
		}
		last, ok := before.Body[len(before.Body)-1].(*ast.BranchStmt)
		return ok && last.Tok == token.FALLTHROUGH
	}
	return false
}

// key is the dialect that the key of an element says: of a map or an array a
// name, of a struct the field's.
func (b *Branches) key(key ast.Expr) Dialect {
	if v, ok := b.flow.ObjectOf(key).(*types.Var); ok && v.IsField() {
		return whole(v.Name(), constants)
	}
	return b.named(key)
}

// beside is the dialect that a field of a struct names: {dialect: "mysql", …}.
func (b *Branches) beside(lit *ast.CompositeLit) Dialect {
	t := b.flow.Info.TypeOf(lit)
	if t == nil {
		return None
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return None
	}
	for i, elt := range lit.Elts {
		name, value := "", elt
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				name, value = id.Name, kv.Value
			}
		} else if i < st.NumFields() {
			name = st.Field(i).Name()
		}
		if NamesDialect(name) {
			if d := b.named(value); d != None {
				return d
			}
		}
	}
	return None
}
