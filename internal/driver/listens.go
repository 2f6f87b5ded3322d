package driver

import (
	"go/ast"
	"go/types"
)

// Listener reports whether a call listens by a listener that this package makes
// (which Scan reports), and which variable or field holds that listener.
func (o *Opened) Listener(call *ast.CallExpr) (made bool, holder types.Object) {
	on := o.sql.On(call)
	if on == nil {
		return false, nil
	}
	for _, m := range o.origin(on).Made {
		if c, ok := m.(*ast.CallExpr); ok && Listens(o.flow.Callee(c)) {
			made = true
		}
	}
	return made, o.object(on)
}
