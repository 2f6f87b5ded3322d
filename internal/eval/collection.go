package eval

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/text"
)

// elements are the texts of every element of a slice, array or map.
func (e *Evaluator) elements(x ast.Expr) []text.Text {
	switch x := ast.Unparen(x).(type) {
	case *ast.CompositeLit:
		var ts []text.Text
		for _, elt := range x.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			ts = e.union(ts, e.Texts(elt))
		}
		return ts
	case *ast.CallExpr:
		return e.collected(x)
	}
	return e.Texts(x)
}

// keys are the texts of every key of a map.
func (e *Evaluator) keys(x ast.Expr) []text.Text {
	lit := e.Literal(x)
	if lit == nil {
		return nil
	}
	var ts []text.Text
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok && flow.IsString(flow.TypeOf(e.Info, kv.Key)) {
			ts = e.union(ts, e.Texts(kv.Key))
		}
	}
	return ts
}

// element is m[k]: the one element where the literal and the key are known,
// else any.
func (e *Evaluator) element(x *ast.IndexExpr) []text.Text {
	if t := e.Info.TypeOf(x.X); t == nil || flow.IsString(t) {
		return nil
	}
	lit, key := e.Literal(x.X), e.Info.Types[x.Index].Value
	if lit != nil && key != nil {
		for i, elt := range lit.Elts {
			kv, ok := elt.(*ast.KeyValueExpr)
			switch {
			case ok:
				if k := e.Info.Types[kv.Key].Value; k != nil && constant.Compare(k, token.EQL, key) {
					return e.Texts(kv.Value)
				}
			case constant.Compare(constant.MakeInt64(int64(i)), token.EQL, key):
				return e.Texts(elt)
			}
		}
	}
	return e.elements(x.X)
}

// collected are the elements of a collection that a call makes.
func (e *Evaluator) collected(call *ast.CallExpr) []text.Text {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := e.Info.Uses[id].(*types.Builtin); ok {
			if b.Name() != "append" || len(call.Args) == 0 {
				return nil
			}
			ts := e.elements(call.Args[0])
			for _, arg := range call.Args[1:] {
				if call.Ellipsis.IsValid() {
					ts = e.union(ts, e.elements(arg))
				} else {
					ts = e.union(ts, e.Texts(arg))
				}
			}
			return ts
		}
	}
	if f, ok := e.Target(call).(*types.Func); ok && f.Pkg() != nil && f.Pkg().Path() == "strings" && len(call.Args) >= 2 {
		sep, known := e.OneText(call.Args[1])
		if strings.HasPrefix(f.Name(), "Split") && known && sep != "" {
			var ts []text.Text
			for _, t := range e.Texts(call.Args[0]) {
				ts = e.union(ts, t.Split(sep, maxTexts))
			}
			return ts
		}
	}
	return e.Texts(call)
}

// OneText is the one text that x is, without holes.
func (e *Evaluator) OneText(x ast.Expr) (string, bool) {
	ts := e.Texts(x)
	if len(ts) != 1 || strings.Contains(ts[0].Value, text.HoleText) {
		return "", false
	}
	return ts[0].Value, true
}
