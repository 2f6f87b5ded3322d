package sqlflow

import (
	"github.com/poolvet/poolvet/internal/flow"
	"go/ast"
	"go/token"
	"go/types"
)

// Branch is the dialect that n is for, by the tests of a dialect's name that
// lead to it: in a branch of if, switch or type switch, behind an if that
// leaves for other dialects, beside a dialect's name in a map or a struct, or
// in a function that is called from such branches alone.
func (f *SQL) Branch(n ast.Node) Dialect { return f.branch(n, 0) }

// Of a function that is called from afar or from everywhere, no branch decides.
const maxCallers, maxCallsUp = 20, 3

// ForOther reports whether SQL that stands at these nodes is for another
// database than PostgreSQL: a branch on a dialect decides, then what the handle
// was opened for, and where neither tells, imports and names.
func (f *SQL) ForOther(opened Dialect, named func() bool, nodes ...ast.Node) bool {
	postgres := opened == Postgres
	if opened == OtherDialect {
		return true
	}
	for _, n := range nodes {
		if n == nil {
			continue
		}
		switch f.Branch(n) {
		case OtherDialect:
			return true
		case Postgres:
			postgres = true
		}
	}
	return !postgres && named()
}

// branch is Branch of a node that was met some calls up. What is around it is
// around all that stands in it.
func (f *SQL) branch(n ast.Node, up int) Dialect {
	var way []ast.Node
	d := NoDialect
	for p := f.Flow.Parent(n); p != nil && d == NoDialect; n, p = p, f.Flow.Parent(p) {
		known, ok := f.branches[branching{n, up}]
		if ok {
			d = known
			break
		}
		way = append(way, n)
		if d = f.step(p, n); d == NoDialect && flow.BodyOf(p) != nil && up < maxCallsUp {
			d = f.calledFor(p, up+1)
		}
	}
	for _, n := range way {
		f.branches[branching{n, up}] = d
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
func (f *SQL) calledFor(fn ast.Node, up int) Dialect {
	k := callers{fn, up}
	d, ok := f.calledIn[k]
	if !ok {
		d = f.calledOnlyFor(fn, up)
		if f.calledIn == nil {
			f.calledIn = map[callers]Dialect{}
		}
		f.calledIn[k] = d
	}
	return d
}

func (f *SQL) calledOnlyFor(fn ast.Node, up int) Dialect {
	calls := f.Flow.CallsOf(fn)
	if len(calls) > maxCallers {
		return NoDialect
	}
	all := NoDialect
	for i, call := range calls {
		d := f.branch(call, up)
		if d == NoDialect || i > 0 && d != all {
			return NoDialect
		}
		all = d
	}
	return all
}

// step is what the way from a node down to its child says.
func (f *SQL) step(n, child ast.Node) Dialect {
	switch n := n.(type) {
	case *ast.IfStmt:
		switch child {
		case n.Body:
			return f.implied(n.Cond, n.Init, true)
		case n.Else:
			return f.implied(n.Cond, n.Init, false)
		}
	case *ast.BinaryExpr: // isSQLite && exec(…)
		if child == n.Y && (n.Op == token.LAND || n.Op == token.LOR) {
			return f.implied(n.X, nil, n.Op == token.LAND)
		}
	case *ast.BlockStmt:
		return f.leftBy(n.List, child)
	case *ast.CaseClause:
		if d := f.leftBy(n.Body, child); d != NoDialect {
			return d
		}
		return f.clause(n)
	case *ast.AssignStmt: // m["sqlite"] = …
		for i, lhs := range n.Lhs {
			if ix, ok := ast.Unparen(lhs).(*ast.IndexExpr); ok && len(n.Rhs) == len(n.Lhs) && n.Rhs[i] == child {
				return f.named(ix.Index)
			}
		}
	case *ast.KeyValueExpr:
		if child == n.Value {
			return f.key(n.Key)
		}
	case *ast.CompositeLit:
		return f.beside(n)
	}
	return NoDialect
}

// leftBy is what the ifs before child say that do not go on.
func (f *SQL) leftBy(list []ast.Stmt, child ast.Node) Dialect {
	d := NoDialect
	for _, s := range list {
		if s == child {
			break
		}
		if s, ok := s.(*ast.IfStmt); ok && s.Else == nil && f.leaves(s.Body) {
			if by := f.implied(s.Cond, s.Init, false); by != NoDialect {
				d = by
			}
		}
	}
	return d
}

// leaves reports whether what follows a block is not reached from it.
func (f *SQL) leaves(body *ast.BlockStmt) bool {
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
		return !f.Flow.MayReturn(call)
	}
	return false
}

// clause is what a switch says of one of its clauses: all its values are of
// one dialect. The default is for whatever is left.
func (f *SQL) clause(c *ast.CaseClause) Dialect {
	block, _ := f.Flow.Parent(c).(*ast.BlockStmt)
	if block == nil {
		return NoDialect
	}
	all := NoDialect
	for i, x := range c.List {
		d := NoDialect
		switch s := f.Flow.Parent(block).(type) {
		case *ast.SwitchStmt:
			switch {
			case s.Tag == nil:
				d = f.implied(x, nil, true)
			case f.telling(s.Tag, x):
				d = f.named(x)
			}
		case *ast.TypeSwitchStmt:
			d = dialectOfType(f.Flow.Info.TypeOf(x))
		}
		if d == NoDialect || i > 0 && d != all {
			return NoDialect
		}
		all = d
	}
	if fallsInto(block, c) {
		return NoDialect
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
		b, ok := before.Body[len(before.Body)-1].(*ast.BranchStmt)
		return ok && b.Tok == token.FALLTHROUGH
	}
	return false
}

// key is the dialect that the key of an element says: of a map or an array a
// name, of a struct the field's.
func (f *SQL) key(key ast.Expr) Dialect {
	if v, ok := f.Flow.ObjectOf(key).(*types.Var); ok && v.IsField() {
		return whole(v.Name(), constants)
	}
	return f.named(key)
}

// beside is the dialect that a field of a struct names: {dialect: "mysql", …}.
func (f *SQL) beside(lit *ast.CompositeLit) Dialect {
	t := f.Flow.Info.TypeOf(lit)
	if t == nil {
		return NoDialect
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return NoDialect
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
			if d := f.named(value); d != NoDialect {
				return d
			}
		}
	}
	return NoDialect
}
