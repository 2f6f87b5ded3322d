package handle

import (
	"go/ast"
	"go/types"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// Listener reports whether a call listens by a listener that this package makes
// (which driver reports), and which variable or field holds that listener.
func (o *Opened) Listener(call *ast.CallExpr) (made bool, holder types.Object) {
	on := o.sql.On(call)
	if on == nil {
		return false, nil
	}
	for _, m := range o.values.Origin(on).Made {
		if c, ok := m.(*ast.CallExpr); ok && Listens(o.flow.Callee(c)) {
			made = true
		}
	}
	return made, o.flow.ObjectOf(on)
}

// Listens reports whether a call of fn is itself a listener.
func Listens(fn *types.Func) bool {
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	r := library.Rows()[library.Function{Pkg: fn.Pkg().Path(), Name: flow.NameOf(fn)}]
	return r != nil && r.Kind == effect.Listener
}
