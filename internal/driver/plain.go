package driver

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
)

// bindsPlain reports whether all that the handle binds is in view, and is sent
// the same way in every mode: numbers, strings and times. Bytes are not, which
// travel in binary for some modes, nor what makes its value itself.
func (l *life) bindsPlain() bool {
	return !l.unseen && !l.opaque && !slices.ContainsFunc(l.uses, func(u use) bool {
		if u.call == nil || u.batch || u.copy {
			return true
		}
		args, ok := l.sql.Binds(u.call)
		return !ok || slices.ContainsFunc(args, func(x ast.Expr) bool { return !isPlain(l.info.TypeOf(x)) })
	})
}

// plainTypes make a value themselves, which is plain.
var plainTypes = []string{"time.Time", sqlPath + ".NullString", sqlPath + ".NullInt64", sqlPath + ".NullInt32", sqlPath + ".NullInt16",
	sqlPath + ".NullFloat64", sqlPath + ".NullBool", sqlPath + ".NullTime"}

func isPlain(t types.Type) bool {
	if t == nil {
		return false
	}
	if flow.IsNamed(t, plainTypes...) {
		return true
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	basic, ok := t.Underlying().(*types.Basic)
	if !ok || basic.Kind() == types.Invalid || basic.Kind() == types.UnsafePointer {
		return false
	}
	// A type with methods may be driver.Valuer, or pgx's own.
	named, isNamed := types.Unalias(t).(*types.Named)
	return !isNamed || named.NumMethods() == 0
}
