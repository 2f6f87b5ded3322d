package sqlflow

import (
	"github.com/poolvet/poolvet/internal/text"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// elements are the texts of every element of a slice, array or map.
func (e *evaluator) elements(x ast.Expr) []text.Text {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		var ts []text.Text
		for _, elt := range x.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			ts = e.union(ts, e.texts(elt))
		}
		return ts
	case *ast.CallExpr:
		return e.collected(x)
	}
	return e.texts(x)
}

// keys are the texts of every key of a map.
func (e *evaluator) keys(x ast.Expr) []text.Text {
	lit := e.composite1(x)
	if lit == nil {
		return nil
	}
	var ts []text.Text
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok && isString(typeOf(e.info, kv.Key)) {
			ts = e.union(ts, e.texts(kv.Key))
		}
	}
	return ts
}

// composite1 is the composite literal that x is, or is a variable for.
func (e *evaluator) composite1(x ast.Expr) *ast.CompositeLit {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		return x
	case *ast.Ident, *ast.SelectorExpr:
		if v := e.variable(x); v != nil && e.vars[v] != nil && len(e.vars[v].defs) == 1 {
			if lit, ok := ast.Unparen(e.vars[v].defs[0].expr).(*ast.CompositeLit); ok {
				return lit
			}
		}
	}
	return nil
}

// element is m[k]: the one element where the literal and the key are known,
// else any.
func (e *evaluator) element(x *ast.IndexExpr) []text.Text {
	if t := e.info.TypeOf(x.X); t == nil || isString(t) {
		return nil
	}
	lit, key := e.composite1(x.X), e.info.Types[x.Index].Value
	if lit != nil && key != nil {
		for i, elt := range lit.Elts {
			kv, ok := elt.(*ast.KeyValueExpr)
			switch {
			case ok:
				if k := e.info.Types[kv.Key].Value; k != nil && constant.Compare(k, token.EQL, key) {
					return e.texts(kv.Value)
				}
			case constant.Compare(constant.MakeInt64(int64(i)), token.EQL, key):
				return e.texts(elt)
			}
		}
	}
	return e.elements(x.X)
}

// collected are the elements of a collection that a call makes.
func (e *evaluator) collected(call *ast.CallExpr) []text.Text {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := e.info.Uses[id].(*types.Builtin); ok {
			if b.Name() != "append" || len(call.Args) == 0 {
				return nil
			}
			ts := e.elements(call.Args[0])
			for _, arg := range call.Args[1:] {
				if call.Ellipsis.IsValid() {
					ts = e.union(ts, e.elements(arg))
				} else {
					ts = e.union(ts, e.texts(arg))
				}
			}
			return ts
		}
	}
	if f, ok := e.callee(call).(*types.Func); ok && f.Pkg() != nil && f.Pkg().Path() == "strings" && len(call.Args) >= 2 {
		sep, known := e.one(call.Args[1])
		if strings.HasPrefix(f.Name(), "Split") && known && sep != "" {
			var ts []text.Text
			for _, t := range e.texts(call.Args[0]) {
				ts = e.union(ts, t.Split(sep, maxTexts))
			}
			return ts
		}
	}
	return e.texts(call)
}

// one is the one text that x is, without holes.
func (e *evaluator) one(x ast.Expr) (string, bool) {
	ts := e.texts(x)
	if len(ts) != 1 || strings.Contains(ts[0].Value, text.HoleText) {
		return "", false
	}
	return ts[0].Value, true
}
