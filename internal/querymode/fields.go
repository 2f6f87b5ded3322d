package querymode

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/config"
	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/text"
)

// A configuration sets by a field what a connection string sets by a key.

// valueReaders read what a field is set to, as a connection string has it.
var valueReaders = map[library.Value]func(*eval.Evaluator, ast.Expr) (value string, known bool){
	library.Constant:       func(e *eval.Evaluator, x ast.Expr) (string, bool) { return ConstantOf(e.Info, x) },
	library.QueryMode:      func(e *eval.Evaluator, x ast.Expr) (string, bool) { return ModeOf(e.Info, x) },
	library.StatementCache: statementCache,
}

// KeyOf is what is known of the key that a field sets, where it is assigned to.
func KeyOf(e *eval.Evaluator, f library.ModeField, at config.Set) Key {
	value, known := valueReaders[f.Value](e, at.Value)
	key := Key{Value: value, Known: known, Words: f.Field + " = " + types.ExprString(at.Value), Pos: at.Key.Pos(), End: at.Value.End(), Expr: at.Value}
	if !known && f.Value == library.QueryMode {
		key.Choices = choices(e, at.Value)
	}
	return key
}

// ModeOf is the mode of pgx v5 that x is a constant of.
func ModeOf(info *types.Info, x ast.Expr) (string, bool) {
	tv := info.Types[x]
	named, ok := types.Unalias(tv.Type).(*types.Named)
	if tv.Value == nil || !ok || named.Obj().Pkg() == nil {
		return "", false
	}
	for name, mode := range library.QueryModes {
		if c, ok := named.Obj().Pkg().Scope().Lookup(name).(*types.Const); ok && constant.Compare(c.Val(), token.EQL, tv.Value) {
			return mode, true
		}
	}
	return "", false
}

// ConstantOf is x, a constant, as a connection string has it.
func ConstantOf(info *types.Info, x ast.Expr) (string, bool) {
	v := info.Types[x].Value
	if v == nil {
		return "", false
	}
	return strings.Trim(v.ExactString(), `"`), true
}

// statementCache is what a BuildStatementCache of pgx v4 makes: "none" where it
// is nil.
func statementCache(e *eval.Evaluator, x ast.Expr) (string, bool) {
	if e.Info.Types[x].IsNil() {
		return "none", true
	}
	value := ""
	for _, fn := range e.Functions(x) {
		ast.Inspect(fn, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				switch sel.Sel.Name {
				case "ModeDescribe":
					value = "describe"
				case "ModePrepare":
					value = "prepare"
				}
			}
			return true
		})
	}
	return value, value != ""
}

// choices are the modes of a table of which x can be an element, in the order
// of the source: all of them where the key is not known, by which the operator
// may choose when the program runs.
func choices(e *eval.Evaluator, x ast.Expr) (chosen []string) {
	if v, ok := e.ObjectOf(x).(*types.Var); ok {
		defs := e.ValuesOf(v.Origin())
		if len(defs) != 1 || defs[0].Result > 0 {
			return nil // code that chooses by itself may know what for
		}
		x = defs[0].Expr
	}
	index, ok := ast.Unparen(x).(*ast.IndexExpr)
	if !ok {
		return nil
	}
	table := e.Literal(index.X)
	if table == nil {
		return nil
	}
	keys := keysOf(e, index.Index)
	for _, elt := range table.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok {
			return nil
		}
		if k := e.Info.Types[kv.Key].Value; keys != nil && (k == nil || !slices.Contains(keys, k.ExactString())) {
			continue
		}
		if mode, ok := ModeOf(e.Info, kv.Value); ok && !slices.Contains(chosen, mode) {
			chosen = append(chosen, mode)
		}
	}
	return chosen
}

// keysOf are the values of a key, as constants write them; nil where one is not
// known.
func keysOf(e *eval.Evaluator, x ast.Expr) (keys []string) {
	if v := e.Info.Types[x].Value; v != nil {
		return []string{v.ExactString()}
	}
	for _, t := range e.AllTexts(x) {
		if strings.Contains(t.Value, text.HoleText) {
			return nil
		}
		keys = append(keys, constant.MakeString(t.Value).ExactString())
	}
	return keys
}
