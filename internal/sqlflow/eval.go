package sqlflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// evaluator says what text an expression can be.
type evaluator struct {
	*index
	pass  *analysis.Pass
	files *embedded

	reached  map[*types.Var]map[*ast.Ident][]*def
	ofDef    map[*def][]Text
	ofResult map[resultKey][]Text
	busy     map[any]bool // what is being evaluated: a cycle adds nothing
	depth    int
	fsDefs   map[*types.Var][]ast.Expr
	built    int // bytes of all texts put together
	walked   int // nodes visited to see which definitions reach which uses
	cuts     []Cut
	isCut    map[Cut]bool
}

func newEvaluator(pass *analysis.Pass, x *index) *evaluator {
	return &evaluator{
		index: x, pass: pass, files: newEmbedded(pass),
		reached:  map[*types.Var]map[*ast.Ident][]*def{},
		ofDef:    map[*def][]Text{},
		ofResult: map[resultKey][]Text{},
		busy:     map[any]bool{},
		isCut:    map[Cut]bool{},
	}
}

// texts are the texts that x can be: at least one, perhaps a hole.
func (e *evaluator) texts(x ast.Expr) []Text {
	if x == nil {
		return nil
	}
	e.depth++
	defer func() { e.depth-- }()
	if e.depth > maxDepth {
		e.cut(x, tooDeep)
		return []Text{hole(x)}
	}
	ts := e.expr(x)
	if len(ts) == 0 {
		return []Text{hole(x)}
	}
	return ts
}

func (e *evaluator) expr(x ast.Expr) []Text {
	if tv, ok := e.info.Types[x]; ok && tv.Value != nil {
		return e.constant(x, tv.Value)
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		return e.texts(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			return e.sum(x)
		}
	case *ast.Ident:
		return e.ident(x)
	case *ast.SelectorExpr:
		return e.selector(x)
	case *ast.StarExpr:
		return e.texts(x.X)
	case *ast.UnaryExpr:
		if x.Op == token.AND {
			return e.texts(x.X)
		}
	case *ast.TypeAssertExpr:
		return e.texts(x.X)
	case *ast.SliceExpr:
		return e.texts(x.X) // q[:len(q)-1] drops a separator
	case *ast.IndexExpr:
		return e.element(x)
	case *ast.CallExpr:
		return e.call(x)
	case *ast.CompositeLit:
		return e.elements(x)
	}
	return nil
}

// constant is a constant expression, its parts kept apart so that each byte
// keeps its place.
func (e *evaluator) constant(x ast.Expr, value constant.Value) []Text {
	if value.Kind() != constant.String {
		return nil
	}
	switch x := x.(type) {
	case *ast.BasicLit:
		return []Text{e.literal(x, constant.StringVal(value))}
	case *ast.ParenExpr:
		return e.texts(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			return e.sum(x)
		}
	case *ast.CallExpr: // a conversion
		if len(x.Args) == 1 && e.info.Types[x.Args[0]].Value != nil {
			return e.texts(x.Args[0])
		}
	case *ast.Ident, *ast.SelectorExpr:
		if c, ok := e.object(x).(*types.Const); ok {
			if decl := e.consts[c]; decl != nil && !e.busy[c] {
				e.busy[c] = true
				defer delete(e.busy, c)
				return e.texts(decl)
			}
		}
	}
	return []Text{opaque(x, constant.StringVal(value))}
}

func (e *evaluator) literal(lit *ast.BasicLit, value string) Text {
	if value == "" {
		return Text{}
	}
	return Text{Value: value, pieces: []piece{{end: len(value), node: lit, lit: lit}}}
}

func (e *evaluator) object(x ast.Expr) types.Object {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		return e.info.ObjectOf(x)
	case *ast.SelectorExpr:
		return e.info.Uses[x.Sel]
	}
	return nil
}

// sum is a + b + c, read from the left without recursion: some have thousands
// of terms.
func (e *evaluator) sum(x *ast.BinaryExpr) []Text {
	var terms []ast.Expr
	var left ast.Expr = x
	for {
		b, ok := ast.Unparen(left).(*ast.BinaryExpr)
		if !ok || b.Op != token.ADD {
			break
		}
		terms = append(terms, b.Y)
		left = b.X
	}
	terms = append(terms, left)
	slices.Reverse(terms)
	operands := make([][]Text, len(terms))
	for i, t := range terms {
		operands[i] = e.texts(t)
	}
	return e.product(operands)
}

func (e *evaluator) ident(x *ast.Ident) []Text {
	v, ok := e.info.ObjectOf(x).(*types.Var)
	if !ok {
		return nil
	}
	known := e.vars[v]
	if known == nil {
		return nil
	}
	if known.fn == nil {
		return e.all(x, v, known)
	}
	if known.param >= 0 && len(known.defs) == 0 {
		return []Text{paramHole(x, v)}
	}
	if len(known.defs) == 1 && known.defs[0].kind == defValue && known.param < 0 {
		return e.def(known.defs[0])
	}
	if defs, ok := e.reaching(v, known)[x]; ok {
		return e.defs(defs)
	}
	ts := e.defs(known.defs)
	if known.param >= 0 {
		ts = e.union(ts, []Text{paramHole(x, v)})
	}
	return ts
}

// all are the texts of every definition of a package variable or field.
func (e *evaluator) all(x ast.Node, v *types.Var, known *variable) []Text {
	if e.busy[v] {
		return nil
	}
	e.busy[v] = true
	defer delete(e.busy, v)
	if ts := e.files.content(v); ts != nil {
		return ts
	}
	ts := e.defs(known.defs)
	if v.IsField() {
		ts = e.union(ts, []Text{paramHole(x, v)})
	}
	return ts
}

func (e *evaluator) reaching(v *types.Var, known *variable) map[*ast.Ident][]*def {
	uses, ok := e.reached[v]
	if !ok {
		var start []*def
		if known.param >= 0 {
			start = []*def{{kind: defParam, param: v}}
		}
		uses = e.reach(v, known, start)
		e.reached[v] = uses
	}
	return uses
}

func bodyOf(fn ast.Node) *ast.BlockStmt {
	switch fn := fn.(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}

func (e *evaluator) defs(defs []*def) []Text {
	var ts []Text
	for _, d := range defs {
		if len(ts) >= maxTexts {
			e.cut(d.node, tooMany)
			break
		}
		ts = e.union(ts, e.def(d))
	}
	return ts
}

func (e *evaluator) def(d *def) []Text {
	if ts, ok := e.ofDef[d]; ok {
		return ts
	}
	if e.busy[d] {
		return nil
	}
	if e.depth > maxDepth {
		e.cut(d.node, tooDeep)
		return nil
	}
	e.depth++
	e.busy[d] = true
	ts := e.define(d)
	delete(e.busy, d)
	if e.depth--; e.depth < maxDepth {
		e.ofDef[d] = ts
	}
	return ts
}

func (e *evaluator) define(d *def) []Text {
	switch d.kind {
	case defParam:
		return []Text{paramHole(nil, d.param)}
	case defRange:
		if isString(typeOf(e.info, d.expr)) {
			return []Text{hole(d.node)}
		}
		return e.elements(d.expr)
	case defKey:
		return e.keys(d.expr)
	case defAppend, defPrint:
		return e.appended(d)
	case defElement:
		return e.union(slices.Clone(e.defs(d.prev)), e.texts(d.expr))
	}
	if call, ok := ast.Unparen(d.expr).(*ast.CallExpr); ok && d.result > 0 {
		return e.result(call, d.result)
	}
	return e.texts(d.expr)
}

// lastDefs are the texts of the last of some definitions, as many as a product
// can have: they have most of the steps.
func (e *evaluator) lastDefs(defs []*def) []Text {
	var ts []Text
	for _, d := range slices.Backward(defs) {
		if len(ts) >= maxProduct {
			e.cut(d.node, tooMany)
			break
		}
		ts = e.union(slices.Clip(e.def(d)), ts)
	}
	return ts
}

// appended is a chain of appends, followed back without recursion as far as
// each has one predecessor.
func (e *evaluator) appended(d *def) []Text {
	var operands [][]Text
	seen := map[*def]bool{} // code that is never reached can append in a circle
	for {
		operands = append(operands, e.piece(d))
		if len(d.prev) != 1 || d.prev[0].kind != defAppend && d.prev[0].kind != defPrint || e.busy[d.prev[0]] || seen[d] {
			break
		}
		seen[d] = true
		d = d.prev[0]
		if ts, ok := e.ofDef[d]; ok {
			operands = append(operands, ts)
			slices.Reverse(operands)
			return e.product(operands)
		}
	}
	if before := e.lastDefs(d.prev); len(before) > 0 {
		operands = append(operands, before)
	}
	slices.Reverse(operands)
	return e.product(operands)
}

// piece is what one append adds.
func (e *evaluator) piece(d *def) []Text {
	if d.kind == defPrint {
		call := d.expr.(*ast.CallExpr)
		return e.print(call, call.Args[1:])
	}
	return e.texts(d.expr)
}

func (e *evaluator) selector(x *ast.SelectorExpr) []Text {
	v, ok := e.info.Uses[x.Sel].(*types.Var)
	if !ok {
		return nil
	}
	v = v.Origin()
	if known := e.vars[v]; known != nil {
		return e.all(x, v, known)
	}
	if v.IsField() {
		return []Text{paramHole(x, v)}
	}
	return e.files.content(v)
}
