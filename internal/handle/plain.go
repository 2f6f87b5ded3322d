package handle

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// BindsPlain reports whether all that the handle binds is in view, and is sent
// the same way in every mode: numbers, strings and times. Bytes are not, which
// travel in binary for some modes, nor what makes its value itself.
func (l *Life) BindsPlain() bool {
	return !l.Unseen && !l.opaque && !slices.ContainsFunc(l.Sent, func(u Sent) bool {
		if u.Call == nil || u.Batch || u.Copy {
			return true
		}
		args, ok := l.sql.Binds(u.Call)
		return !ok || slices.ContainsFunc(args, func(x ast.Expr) bool { return !isPlain(l.info.TypeOf(x)) })
	})
}

// plainTypes make a value themselves, which is plain.
var plainTypes = []string{"time.Time", library.SQLPath + ".NullString", library.SQLPath + ".NullInt64", library.SQLPath + ".NullInt32", library.SQLPath + ".NullInt16",
	library.SQLPath + ".NullFloat64", library.SQLPath + ".NullBool", library.SQLPath + ".NullTime"}

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
