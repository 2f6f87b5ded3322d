package sqlflow

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/text"
	"golang.org/x/tools/go/analysis"
)

// evaluator says what text an expression can be.
type evaluator struct {
	*index
	pass  *analysis.Pass
	files *embedded

	reached map[*types.Var]map[*ast.Ident][]*def
	graph   graph
	at      *vertex // whose value is being evaluated, nil for an expression of the code's own
	rounds  int     // how often the way to it may go around its circle once more
	aside   bool    // what is evaluated is not on that way
	known   map[value][]text.Text
	depth   int // of the expression, within the vertex
	fsDefs  map[*types.Var][]ast.Expr
	limits  limits
	built   int               // bytes of all texts put together
	unread  map[ast.Node]bool // functions that are too large to follow their variables in
	cuts    []Cut
	isCut   map[Cut]bool
}

func newEvaluator(pass *analysis.Pass, x *index, l limits) *evaluator {
	return &evaluator{
		index: x, pass: pass, files: newEmbedded(pass), limits: l,
		reached: map[*types.Var]map[*ast.Ident][]*def{},
		known:   map[value][]text.Text{},
		isCut:   map[Cut]bool{},
	}
}

// texts are the texts that x can be: at least one, perhaps a hole.
func (e *evaluator) texts(x ast.Expr) []text.Text {
	if x == nil {
		return nil
	}
	e.depth++
	defer func() { e.depth-- }()
	if e.depth > maxDepth {
		e.cut(x, tooDeep)
		return []text.Text{text.HoleAt(x)}
	}
	ts := e.expr(x)
	if len(ts) == 0 {
		return []text.Text{text.HoleAt(x)}
	}
	return ts
}

func (e *evaluator) expr(x ast.Expr) []text.Text {
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
func (e *evaluator) constant(x ast.Expr, value constant.Value) []text.Text {
	if value.Kind() != constant.String {
		return nil
	}
	switch x := x.(type) {
	case *ast.BasicLit:
		return []text.Text{e.literal(x, constant.StringVal(value))}
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
			if decl := e.consts[c]; decl != nil {
				if ts := e.valueOf(c, 0, func() []text.Text { return e.texts(decl) }); ts != nil {
					return ts
				}
			}
		}
	}
	return []text.Text{text.Opaque(x, constant.StringVal(value))}
}

func (e *evaluator) literal(lit *ast.BasicLit, value string) text.Text {
	if value == "" {
		return text.Text{}
	}
	return text.Text{Value: value, Pieces: []text.Piece{{End: len(value), Node: lit, Lit: lit, Raw: e.raw(lit)}}}
}

// raw is a literal as its file has it, nil where that is how it is: the \r in
// a raw literal are no part of it, and may stand at some line ends, at all, or
// elsewhere.
func (e *evaluator) raw(lit *ast.BasicLit) *string {
	if lit.End() == lit.Pos()+token.Pos(len(lit.Value)) || e.pass.ReadFile == nil {
		return nil
	}
	file := e.pass.Fset.File(lit.Pos())
	content, err := e.pass.ReadFile(file.Name())
	from, to := file.Offset(lit.Pos()), file.Offset(lit.End())
	if err != nil || to > len(content) {
		return nil
	}
	src := string(content[from:to])
	if strings.ReplaceAll(src, "\r", "") != lit.Value {
		return nil
	}
	return &src
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
func (e *evaluator) sum(x *ast.BinaryExpr) []text.Text {
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
	operands := make([][]text.Text, len(terms))
	for i, t := range terms {
		operands[i] = e.texts(t)
	}
	return e.product(operands)
}

func (e *evaluator) ident(x *ast.Ident) []text.Text {
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
		return []text.Text{text.HoleFor(x, v)}
	}
	return e.defs(e.definitions(x, v, known))
}

// definitions are those of a local variable that can have reached a use of it.
func (e *evaluator) definitions(x *ast.Ident, v *types.Var, known *variable) []*def {
	if len(known.defs) == 1 && known.defs[0].kind == defValue && known.param < 0 {
		return known.defs
	}
	if defs, ok := e.reaching(v, known)[x]; ok {
		return defs
	}
	if known.param >= 0 {
		return append(slices.Clip(known.defs), &def{kind: defParam, param: v})
	}
	return known.defs
}

// all are the texts of every definition of a package variable or field.
func (e *evaluator) all(x ast.Node, v *types.Var, known *variable) []text.Text {
	if ts := e.files.content(v); ts != nil {
		return ts
	}
	ts := e.valueOf(v, 0, func() []text.Text { return e.defs(known.defs) })
	if v.IsField() {
		ts = e.union(ts, []text.Text{text.HoleFor(x, v)})
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

func (e *evaluator) defs(defs []*def) []text.Text {
	var ts []text.Text
	for _, d := range defs {
		ts = e.union(ts, e.def(d))
	}
	return ts
}

func (e *evaluator) def(d *def) []text.Text {
	if d.kind == defParam {
		return []text.Text{text.HoleFor(nil, d.param)}
	}
	return e.valueOf(d, 0, func() []text.Text { return e.define(d) })
}

func (e *evaluator) define(d *def) []text.Text {
	switch d.kind {
	case defRange:
		if isString(typeOf(e.info, d.expr)) {
			return []text.Text{text.HoleAt(d.node)}
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
func (e *evaluator) lastDefs(defs []*def) []text.Text {
	var ts []text.Text
	for i, d := range slices.Backward(defs) {
		if len(ts) >= few && len(ts) >= e.limits.alternatives(len(ts[0].Value)) {
			for _, d := range defs[:i+1] {
				if d.kind != defParam {
					e.leftOut(ts, e.lastPiece(d)...)
				}
			}
			break
		}
		ts = e.union(slices.Clip(e.def(d)), ts)
	}
	return ts
}

// lastPiece is what one definition adds by itself.
func (e *evaluator) lastPiece(d *def) []text.Text {
	if d.kind != defAppend && d.kind != defPrint {
		return e.def(d)
	}
	v := e.vertex(d)
	rounds, ok := e.step(v)
	if !ok {
		return nil
	}
	return e.evaluate(v, pieceAlone, rounds, func() []text.Text { return e.piece(d) })
}

// appended is a chain of appends, followed back without recursion as far as
// each has one predecessor.
func (e *evaluator) appended(d *def) []text.Text {
	defer e.from(e.at, e.rounds)()
	operands := [][]text.Text{e.piece(d)}
	for d.sole() != nil {
		v := e.vertex(d.sole())
		rounds, ok := e.step(v)
		if !ok {
			break
		}
		d, e.at, e.rounds = d.sole(), v, rounds
		operands = append(operands, e.evaluate(v, pieceAlone, rounds, func() []text.Text { return e.piece(d) }))
	}
	if before := e.lastDefs(d.prev); len(before) > 0 {
		operands = append(operands, before)
	}
	slices.Reverse(operands)
	return e.product(operands)
}

// sole is the append that d appends to, where it can be no other definition.
func (d *def) sole() *def {
	if len(d.prev) == 1 && (d.prev[0].kind == defAppend || d.prev[0].kind == defPrint) {
		return d.prev[0]
	}
	return nil
}

// piece is what one append adds.
func (e *evaluator) piece(d *def) []text.Text {
	if d.kind == defPrint {
		call := d.expr.(*ast.CallExpr)
		return e.print(call, call.Args[1:])
	}
	return e.texts(d.expr)
}

func (e *evaluator) selector(x *ast.SelectorExpr) []text.Text {
	v, ok := e.info.Uses[x.Sel].(*types.Var)
	if !ok {
		return nil
	}
	v = v.Origin()
	if known := e.vars[v]; known != nil {
		return e.all(x, v, known)
	}
	if v.IsField() {
		return []text.Text{text.HoleFor(x, v)}
	}
	return e.files.content(v)
}
