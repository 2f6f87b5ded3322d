package flow

import (
	"go/ast"
	"go/constant"
	"go/types"
	"reflect"
	"strconv"
	"strings"

	"github.com/poolvet/poolvet/internal/library"
)

// Default is a text that something is where the operator gives no other: an
// expression, or bytes [From, To) of the value of a tag.
type Default struct {
	Expr     ast.Expr
	Tag      *ast.BasicLit
	From, To int
}

// defaults are those of a package.
type defaults struct {
	of    map[*types.Var][]Default // of variables and fields
	byKey map[string][]Default     // of keys, in small letters
}

// Defaults are the variables and fields that have defaults, with these.
func (x *Flow) Defaults() map[*types.Var][]Default { return x.readDefaults().of }

// DefaultsFor are the defaults of what a call returns.
func (x *Flow) DefaultsFor(call *ast.CallExpr) []Default {
	row := x.defaultRow(call)
	switch {
	case row == nil || row.Into >= 0:
	case row.Key < 0:
		return []Default{{Expr: call.Args[row.Value]}}
	case row.Value < 0:
		if key, ok := x.constant(call.Args[row.Key]); ok {
			return x.readDefaults().byKey[strings.ToLower(key)]
		}
	}
	return nil
}

// defaultRow is what is known of the function of a call, with all its arguments.
func (x *Flow) defaultRow(call *ast.CallExpr) *library.Default {
	fn := x.Callee(call)
	if fn == nil || fn.Pkg() == nil {
		return nil
	}
	row := library.DefaultOf(fn.Pkg().Path(), NameOf(fn))
	if row == nil || len(call.Args) <= max(row.Value, row.Into, row.Key) {
		return nil
	}
	return row
}

func (x *Flow) readDefaults() *defaults {
	if x.defaults != nil {
		return x.defaults
	}
	d := &defaults{of: map[*types.Var][]Default{}, byKey: map[string][]Default{}}
	x.defaults = d
	for _, call := range x.Calls() {
		row := x.defaultRow(call)
		if row == nil || row.Value < 0 {
			continue
		}
		value := call.Args[row.Value]
		if _, ok := x.constant(value); !ok {
			continue // a variable, perhaps the one that it is put into
		}
		if row.Into >= 0 {
			if v := x.VariableOf(call.Args[row.Into]); v != nil {
				d.of[v] = append(d.of[v], Default{Expr: value})
			}
		} else if key, ok := x.constant(call.Args[max(0, row.Key)]); ok && row.Key >= 0 {
			key = strings.ToLower(key)
			d.byKey[key] = append(d.byKey[key], Default{Expr: value})
		}
	}
	for _, file := range x.Pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			if f, ok := n.(*ast.Field); ok && f.Tag != nil {
				x.tagged(f)
			}
			return true
		})
	}
	return d
}

// tagged notes the default in the tag of a field.
func (x *Flow) tagged(f *ast.Field) {
	tag, err := strconv.Unquote(f.Tag.Value)
	if err != nil {
		return
	}
	for key := range library.DefaultTags.All() {
		value := reflect.StructTag(tag).Get(key)
		at := strings.Index(tag, key+`:"`+value+`"`) // not one with escapes
		if value == "" || at < 0 {
			continue
		}
		at += len(key) + len(`:"`)
		for _, name := range f.Names {
			if v, ok := x.Info.Defs[name].(*types.Var); ok && IsString(v.Type()) {
				x.defaults.of[v] = append(x.defaults.of[v], Default{Tag: f.Tag, From: at, To: at + len(value)})
			}
		}
	}
}

// constant is the text that x is a constant of.
func (x *Flow) constant(e ast.Expr) (string, bool) {
	v := x.Info.Types[e].Value
	if v == nil || v.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(v), true
}
