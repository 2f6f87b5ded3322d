// Package hooks finds the functions that pools and drivers run on their
// connections, and what functions of the program and of others do to the session
// when they are called.
package hooks

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Hook is a function that a pool or driver calls for its connections.
type Hook struct {
	Name     string
	When     string // "on every new connection"
	Pos, End token.Pos
	Config   ast.Expr // what it is set on, nil where that is not seen
	value    ast.Node // the function, or what it is made by
	fns      []ast.Node
}

// Hooks are the hooks that a package sets.
type Hooks struct {
	sql  *sqlflow.SQL
	flow *eval.Evaluator
	list []Hook
	own  map[*ast.CallExpr]change // what calls do to the session by their SQL
	runs []run                    // what hooks run, once asked for
}

// change is one change of the session, and where the code has it.
type change struct {
	effect effect.Effect
	pos    token.Pos
}

// New finds the hooks of a package: fields, options, and connectors that
// wrap another.
func New(pass *analysis.Pass, sql *sqlflow.SQL) *Hooks {
	h := &Hooks{sql: sql, flow: sql.Flow, own: map[*ast.CallExpr]change{}}
	for _, call := range sql.Flow.Calls() {
		fn := sql.Flow.Callee(call)
		if fn == nil || fn.Pkg() == nil || len(call.Args) == 0 {
			continue
		}
		if when := library.Of(fn.Pkg().Path()).HookOption(fn.Name()); when != "" {
			h.add(Hook{Name: fn.Name(), When: when, Pos: call.Fun.Pos(), End: call.Fun.End()}, call.Args[0])
		}
	}
	if !importsHooks(pass.Pkg) {
		return h
	}
	for _, f := range pass.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, lhs := range n.Lhs {
					if sel, ok := lhs.(*ast.SelectorExpr); ok && len(n.Lhs) == len(n.Rhs) {
						h.field(pass.TypesInfo, sel.X, sel.Sel, n.Rhs[i])
					}
				}
			case *ast.CompositeLit:
				for _, elt := range n.Elts {
					if kv, ok := elt.(*ast.KeyValueExpr); ok {
						if key, ok := kv.Key.(*ast.Ident); ok {
							h.field(pass.TypesInfo, n, key, kv.Value)
						}
					}
				}
			case *ast.FuncDecl:
				if isConnector(pass.TypesInfo, n) {
					h.list = append(h.list, Hook{Name: "Connect", When: library.OnConnect, Pos: n.Name.Pos(), End: n.Name.End(), value: n, fns: []ast.Node{n}})
				}
			}
			return true
		})
	}
	return h
}

// importsHooks reports whether a package can name a field or a type of a hook.
func importsHooks(pkg *types.Package) bool {
	for _, imp := range pkg.Imports() {
		if p := library.Of(imp.Path()); p.HoldsHooks || p.HasHookFields() {
			return true
		}
	}
	return false
}

func (h *Hooks) field(info *types.Info, config ast.Expr, key *ast.Ident, value ast.Expr) {
	v, ok := info.Uses[key].(*types.Var)
	if !ok || !v.IsField() || v.Pkg() == nil {
		return
	}
	if when := library.Of(v.Pkg().Path()).HookField(v.Name()); when != "" {
		h.add(Hook{Name: v.Name(), When: when, Pos: key.Pos(), End: key.End(), Config: config}, value)
	}
}

func (h *Hooks) add(hook Hook, value ast.Expr) {
	hook.value, hook.fns = value, h.flow.Functions(value)
	h.list = append(h.list, hook)
}

// isConnector reports whether a method is Connect of a driver.Connector.
func isConnector(info *types.Info, decl *ast.FuncDecl) bool {
	fn, ok := info.Defs[decl.Name].(*types.Func)
	if !ok || fn.Name() != "Connect" || fn.Signature().Recv() == nil || fn.Signature().Results().Len() != 2 {
		return false
	}
	return flow.IsNamed(fn.Signature().Results().At(0).Type(), library.SQLDriverPath+".Conn")
}

// Note notes that the SQL of a call has an effect, and where it stands: of
// several outside the calling function, as Changes looks for those.
func (h *Hooks) Note(call *ast.CallExpr, e effect.Effect, pos token.Pos) {
	if call == nil || e.Kind.Scope() != effect.Session || e.Body == effect.FunctionBody {
		return
	}
	fn := h.flow.Enclosing(call)
	if old, ok := h.own[call]; ok && (fn == nil || !within(fn, old.pos) || within(fn, pos)) {
		return
	}
	h.own[call] = change{e, pos}
}

func within(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }

// SessionChanges is the fact of a package: which of its functions change the
// session when they are called, in the order of their names.
type SessionChanges struct{ Funcs []FuncChange }

// FuncChange is one of them: "Open", "Store.Lock".
type FuncChange struct {
	Name   string
	Effect effect.Effect
}

func (*SessionChanges) AFact() {}

func (f *SessionChanges) String() string { return fmt.Sprintf("sessionChanges(%d)", len(f.Funcs)) }

// About are the names of what it tells of.
func (f *SessionChanges) About() (names []string) {
	for _, c := range f.Funcs {
		names = append(names, c.Name)
	}
	return names
}

func (f *SessionChanges) of(name string) *change {
	i, ok := slices.BinarySearchFunc(f.Funcs, name, func(c FuncChange, name string) int { return cmp.Compare(c.Name, name) })
	if !ok {
		return nil
	}
	return &change{effect: f.Funcs[i].Effect}
}

// Changes reports the hooks that change the session by code of other packages,
// and the calls that do so by code of other modules.
// What functions there do is known by facts, which it exports for those of this
// one from what calls were noted to do.
func (h *Hooks) Changes(pass *analysis.Pass) []driver.Site {
	c := newChanges(h, pass)
	c.export()
	return append(h.elsewhere(pass), h.byOthers(pass)...)
}
