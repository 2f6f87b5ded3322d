// Package eval says which texts an expression can be, and where each byte of
// them stands: within a package by evaluating it, from other packages by facts.
package eval

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/poolvet/poolvet/internal/embedded"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// Evaluator says what text an expression can be.
type Evaluator struct {
	*flow.Flow
	Files *embedded.Files

	graph   graph
	at      *vertex // whose value is being evaluated, nil for an expression of the code's own
	rounds  int     // how often the way to it may go around its circle once more
	aside   bool    // what is evaluated is not on that way
	known   map[value][]text.Text
	depth   int // of the expression, within the vertex
	limits  limits
	matters func(string) bool // which texts could do something
	built   int               // bytes of all texts put together
	urls    *urls             // once asked for
	cuts    []flow.Cut
	isCut   map[flow.Cut]bool
	full    map[*text.Text]bool // texts that are too many, and cannot be fewer
}

// Within reads a package: with tighter limits once more as long as its texts
// are too large, so that what is left out does not depend on what was read
// first. matters says which texts could do something: of others nobody needs to
// hear that they were left out.
func Within(pass *analysis.Pass, in *inspector.Inspector, matters func(string) bool, read func(*Evaluator)) {
	x := flow.New(pass, in)
	for i, l := range allLimits {
		e := newEvaluator(pass, x, l)
		e.matters = matters
		read(e)
		if e.built <= l.built {
			if i > 0 {
				e.cut(pass.Files[0].Name, tooLarge)
			}
			return
		}
	}
	panic("flow: the last limit is none")
}

func newEvaluator(pass *analysis.Pass, x *flow.Flow, l limits) *Evaluator {
	return &Evaluator{
		Flow: x, Files: embedded.New(pass), limits: l,
		known: map[value][]text.Text{},
		isCut: map[flow.Cut]bool{},
		full:  map[*text.Text]bool{},
	}
}

// Texts are the texts that x can be: at least one, perhaps a hole.
func (e *Evaluator) Texts(x ast.Expr) []text.Text {
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

func (e *Evaluator) expr(x ast.Expr) []text.Text {
	if tv, ok := e.Info.Types[x]; ok && tv.Value != nil {
		return e.constant(x, tv.Value)
	}
	switch x := x.(type) {
	case *ast.ParenExpr:
		return e.Texts(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			return e.sum(x)
		}
	case *ast.Ident:
		return e.ident(x)
	case *ast.SelectorExpr:
		return e.selector(x)
	case *ast.StarExpr:
		return e.Texts(x.X)
	case *ast.UnaryExpr:
		if x.Op == token.AND {
			return e.Texts(x.X)
		}
	case *ast.TypeAssertExpr:
		return e.Texts(x.X)
	case *ast.SliceExpr:
		return e.Texts(x.X) // q[:len(q)-1] drops a separator
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
func (e *Evaluator) constant(x ast.Expr, value constant.Value) []text.Text {
	if value.Kind() != constant.String {
		return nil
	}
	switch x := x.(type) {
	case *ast.BasicLit:
		return []text.Text{e.literal(x, constant.StringVal(value))}
	case *ast.ParenExpr:
		return e.Texts(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			return e.sum(x)
		}
	case *ast.CallExpr: // a conversion
		if len(x.Args) == 1 && e.Info.Types[x.Args[0]].Value != nil {
			return e.Texts(x.Args[0])
		}
	case *ast.Ident, *ast.SelectorExpr:
		if c, ok := e.ObjectOf(x).(*types.Const); ok {
			if decl := e.Consts[c]; decl != nil {
				if ts := e.valueOf(c, 0, func() []text.Text { return e.Texts(decl) }); ts != nil {
					return ts
				}
			}
		}
	}
	return []text.Text{text.Opaque(x, constant.StringVal(value))}
}

func (e *Evaluator) literal(lit *ast.BasicLit, value string) text.Text {
	if value == "" {
		return text.Text{}
	}
	return text.Text{Value: value, Pieces: []text.Piece{{End: len(value), Node: lit, Lit: lit, Raw: e.Raw(lit)}}}
}

// Raw is a literal as its file has it, nil where that is how it is: the \r in
// a raw literal are no part of it, and may stand at some line ends, at all, or
// elsewhere.
func (e *Evaluator) Raw(lit *ast.BasicLit) *string {
	if lit.End() == lit.Pos()+token.Pos(len(lit.Value)) || e.Pass.ReadFile == nil {
		return nil
	}
	file := e.Pass.Fset.File(lit.Pos())
	content, err := e.Pass.ReadFile(file.Name())
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

// sum is a + b + c, read from the left without recursion: some have thousands
// of terms.
func (e *Evaluator) sum(x *ast.BinaryExpr) []text.Text {
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
		operands[i] = e.Texts(t)
	}
	return e.product(operands)
}

func (e *Evaluator) ident(x *ast.Ident) []text.Text {
	v, ok := e.Info.ObjectOf(x).(*types.Var)
	if !ok {
		return nil
	}
	known := e.Vars[v]
	if known == nil {
		return nil
	}
	if known.Fn == nil {
		return e.all(x, v, known)
	}
	if known.Param >= 0 && len(known.Defs) == 0 {
		return []text.Text{text.HoleFor(x, v)}
	}
	return e.union(e.defs(e.Definitions(x, v, known)), e.byDefault(x, e.Defaults()[v]))
}

// all are the texts of every definition of a package variable or field.
func (e *Evaluator) all(x ast.Node, v *types.Var, known *flow.Variable) []text.Text {
	if ts := e.Files.Content(v); ts != nil {
		return ts
	}
	ts := e.union(e.valueOf(v, 0, func() []text.Text { return e.defs(known.Defs) }), e.byDefault(x, e.Defaults()[v]))
	if v.IsField() {
		ts = e.union(e.union(ts, e.heldBy(x, v)), []text.Text{text.HoleFor(x, v)})
	}
	return ts
}

func (e *Evaluator) defs(defs []*flow.Def) []text.Text {
	var ts []text.Text
	for _, d := range defs {
		ts = e.union(ts, e.def(d))
	}
	return ts
}

func (e *Evaluator) def(d *flow.Def) []text.Text {
	if d.Kind == flow.DefParam {
		return []text.Text{text.HoleFor(nil, d.Param)}
	}
	return e.valueOf(d, 0, func() []text.Text { return e.define(d) })
}

func (e *Evaluator) define(d *flow.Def) []text.Text {
	switch d.Kind {
	case flow.DefRange:
		if flow.IsString(flow.TypeOf(e.Info, d.Expr)) {
			return []text.Text{text.HoleAt(d.Node)}
		}
		return e.elements(d.Expr)
	case flow.DefKey:
		return e.keys(d.Expr)
	case flow.DefAppend, flow.DefPrint:
		return e.appended(d)
	case flow.DefElement:
		return e.union(slices.Clone(e.defs(d.Prev)), e.Texts(d.Expr))
	case flow.DefFilled:
		return e.filledBy(d)
	}
	if call, ok := ast.Unparen(d.Expr).(*ast.CallExpr); ok && d.Result > 0 {
		return e.result(call, d.Result)
	}
	return e.Texts(d.Expr)
}

// lastDefs are the texts of the last of some definitions, as many as a product
// can have: they have most of the steps.
func (e *Evaluator) lastDefs(defs []*flow.Def) []text.Text {
	var ts []text.Text
	for i, d := range slices.Backward(defs) {
		if len(ts) >= few && len(ts) >= e.limits.alternatives(len(ts[0].Value)) {
			for _, d := range defs[:i+1] {
				if d.Kind != flow.DefParam {
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
func (e *Evaluator) lastPiece(d *flow.Def) []text.Text {
	if d.Kind != flow.DefAppend && d.Kind != flow.DefPrint {
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
func (e *Evaluator) appended(d *flow.Def) []text.Text {
	defer e.from(e.at, e.rounds)()
	operands := [][]text.Text{e.piece(d)}
	for sole(d) != nil {
		v := e.vertex(sole(d))
		rounds, ok := e.step(v)
		if !ok {
			break
		}
		d, e.at, e.rounds = sole(d), v, rounds
		operands = append(operands, e.evaluate(v, pieceAlone, rounds, func() []text.Text { return e.piece(d) }))
	}
	if before := e.lastDefs(d.Prev); len(before) > 0 {
		operands = append(operands, before)
	}
	slices.Reverse(operands)
	return e.product(operands)
}

// sole is the append that d appends to, where it can be no other definition.
func sole(d *flow.Def) *flow.Def {
	if len(d.Prev) == 1 && (d.Prev[0].Kind == flow.DefAppend || d.Prev[0].Kind == flow.DefPrint) {
		return d.Prev[0]
	}
	return nil
}

// piece is what one append adds.
func (e *Evaluator) piece(d *flow.Def) []text.Text {
	if d.Kind == flow.DefPrint {
		call := d.Expr.(*ast.CallExpr)
		return e.print(call, call.Args[1:])
	}
	if d.Expr == nil {
		return []text.Text{text.HoleAt(d.Node)}
	}
	return e.Texts(d.Expr)
}

func (e *Evaluator) selector(x *ast.SelectorExpr) []text.Text {
	v, ok := e.Info.Uses[x.Sel].(*types.Var)
	if !ok {
		return nil
	}
	v = v.Origin()
	if known := e.Vars[v]; known != nil {
		return e.all(x, v, known)
	}
	ts := e.union(e.heldBy(x, v), e.byDefault(x, e.Defaults()[v]))
	if v.IsField() {
		return e.union(ts, []text.Text{text.HoleFor(x, v)})
	}
	return e.union(ts, e.Files.Content(v))
}
