package driver

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Hook is a function that a pool or driver calls for its connections.
type Hook struct {
	Name     string
	When     string // "on every new connection"
	Pos, End token.Pos
	fns      []ast.Node
}

const (
	onConnect = "on every new connection"
	onAcquire = "whenever a connection is taken from the pool"
	onRelease = "whenever a connection goes back to the pool"
)

// hookFields are fields that hold hooks, by package and field.
var hookFields = map[string]map[string]string{
	pgx5Path + "/pgconn": {"AfterConnect": onConnect, "ValidateConnect": onConnect},
	pgx5Path + "/pgxpool": {"BeforeConnect": onConnect, "AfterConnect": onConnect, "BeforeAcquire": onAcquire,
		"PrepareConn": onAcquire, "AfterRelease": onRelease},
	pgconn4Path: {"AfterConnect": onConnect, "ValidateConnect": onConnect},
	pgx4Path + "/pgxpool": {"BeforeConnect": onConnect, "AfterConnect": onConnect, "BeforeAcquire": onAcquire,
		"AfterRelease": onRelease},
	"github.com/go-pg/pg/v10": {"OnConnect": onConnect},
	pgdriverPath:              {"ResetSessionFunc": onAcquire},
}

// hookOptions are functions whose first argument is a hook.
var hookOptions = map[string]map[string]string{
	pgx5Path + "/stdlib": {"OptionBeforeConnect": onConnect, "OptionAfterConnect": onConnect, "OptionResetSession": onAcquire},
	pgx4Path + "/stdlib": {"OptionBeforeConnect": onConnect, "OptionAfterConnect": onConnect, "OptionResetSession": onAcquire},
	pgdriverPath:         {"WithResetSessionFunc": onAcquire},
}

// Hooks are the hooks that a package sets.
type Hooks struct {
	flow *sqlflow.Flow
	list []Hook
}

// NewHooks finds the hooks of a package: fields, options, and connectors that
// wrap another.
func NewHooks(pass *analysis.Pass, flow *sqlflow.Flow) *Hooks {
	h := &Hooks{flow: flow}
	for _, call := range flow.Calls() {
		fn := flow.Callee(call)
		if fn == nil || fn.Pkg() == nil || len(call.Args) == 0 {
			continue
		}
		if when := hookOptions[fn.Pkg().Path()][fn.Name()]; when != "" {
			h.add(fn.Name(), when, call.Fun.Pos(), call.Fun.End(), call.Args[0])
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
						h.field(pass.TypesInfo, sel.Sel, n.Rhs[i])
					}
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok {
					h.field(pass.TypesInfo, key, n.Value)
				}
			case *ast.FuncDecl:
				if isConnector(pass.TypesInfo, n) {
					h.list = append(h.list, Hook{"Connect", onConnect, n.Name.Pos(), n.Name.End(), []ast.Node{n}})
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
		if hookFields[imp.Path()] != nil || imp.Path() == pgx5Path || imp.Path() == pgx4Path || imp.Path() == "database/sql/driver" {
			return true
		}
	}
	return false
}

func (h *Hooks) field(info *types.Info, key *ast.Ident, value ast.Expr) {
	v, ok := info.Uses[key].(*types.Var)
	if !ok || !v.IsField() || v.Pkg() == nil {
		return
	}
	if when := hookFields[v.Pkg().Path()][v.Name()]; when != "" {
		h.add(v.Name(), when, key.Pos(), key.End(), value)
	}
}

func (h *Hooks) add(name, when string, pos, end token.Pos, value ast.Expr) {
	h.list = append(h.list, Hook{name, when, pos, end, h.flow.Functions(value)})
}

// isConnector reports whether a method is Connect of a driver.Connector.
func isConnector(info *types.Info, decl *ast.FuncDecl) bool {
	fn, ok := info.Defs[decl.Name].(*types.Func)
	if !ok || fn.Name() != "Connect" || fn.Signature().Recv() == nil || fn.Signature().Results().Len() != 2 {
		return false
	}
	return isNamed(fn.Signature().Results().At(0).Type(), "database/sql/driver.Conn")
}

// Of is the hook whose function the code at pos stands in.
func (h *Hooks) Of(pos token.Pos) (Hook, bool) {
	for _, hook := range h.list {
		if contains(hook.fns, pos) {
			return hook, true
		}
	}
	return Hook{}, false
}

func contains(fns []ast.Node, pos token.Pos) bool {
	for _, fn := range fns {
		if fn.Pos() <= pos && pos < fn.End() {
			return true
		}
	}
	return false
}

// Change is one change of the session, and where the code has it.
type Change struct {
	Effect session.Effect
	Pos    token.Pos
}

// ChangesSession is the fact that a function changes the session.
type ChangesSession struct{ Effect session.Effect }

func (*ChangesSession) AFact() {}

func (f *ChangesSession) String() string { return "changesSession(" + string(f.Effect.Kind) + ")" }

// Changes reports the hooks that change the session by code that stands
// elsewhere: in a function that they call, or in a text declared outside.
// Each call's own changes are given; what functions of other packages do is
// known by facts, which it exports for those of this one.
func (h *Hooks) Changes(pass *analysis.Pass, own map[*ast.CallExpr]Change) []Site {
	c := &changes{hooks: h, pass: pass, own: own, of: map[ast.Node]*Change{}, calls: map[ast.Node][]*ast.CallExpr{}}
	for _, call := range h.flow.Calls() {
		if fn := h.flow.Enclosing(call); fn != nil {
			c.calls[fn] = append(c.calls[fn], call)
		}
	}
	for fn := range c.calls {
		decl, ok := fn.(*ast.FuncDecl)
		if !ok {
			continue
		}
		obj, _ := pass.TypesInfo.Defs[decl.Name].(*types.Func)
		if change := c.in(decl, 0); change != nil && obj != nil {
			pass.ExportObjectFact(obj, &ChangesSession{change.Effect})
		}
	}
	var sites []Site
	for _, hook := range h.list {
		for _, fn := range hook.fns {
			change := c.in(fn, 0)
			if change == nil || fn.Pos() <= change.Pos && change.Pos < fn.End() && !isDecl(fn) {
				continue
			}
			e := change.Effect
			e.Words = e.Words + ", " + hook.When + " by " + hook.Name
			sites = append(sites, Site{Effect: e, Pos: hook.Pos, End: hook.End})
			break
		}
	}
	return sites
}

func isDecl(fn ast.Node) bool {
	_, ok := fn.(*ast.FuncDecl)
	return ok
}

type changes struct {
	hooks *Hooks
	pass  *analysis.Pass
	own   map[*ast.CallExpr]Change
	of    map[ast.Node]*Change
	calls map[ast.Node][]*ast.CallExpr
}

// maxCalls bounds how many functions deep a change is looked for.
const maxCalls = 6

// in is a change that fn makes when it is called, if it does: one that stands
// outside fn is preferred.
func (c *changes) in(fn ast.Node, depth int) *Change {
	if change, ok := c.of[fn]; ok || depth > maxCalls {
		return change
	}
	c.of[fn] = nil
	var found *Change
	for _, call := range c.calls[fn] {
		change := c.by(call, depth)
		if change == nil {
			continue
		}
		if outside := change.Pos < fn.Pos() || fn.End() <= change.Pos; found == nil || outside {
			found = change
			if outside {
				break
			}
		}
	}
	c.of[fn] = found
	return found
}

// by is the change that one call makes.
func (c *changes) by(call *ast.CallExpr, depth int) *Change {
	if change, ok := c.own[call]; ok {
		return &change
	}
	callees := c.hooks.flow.Callees(call)
	for _, fn := range callees {
		if change := c.in(fn, depth+1); change != nil {
			return change
		}
	}
	var fact ChangesSession
	if fn := c.hooks.flow.Callee(call); fn != nil && len(callees) == 0 && fn.Pkg() != c.pass.Pkg && c.pass.ImportObjectFact(fn, &fact) {
		return &Change{Effect: fact.Effect}
	}
	return nil
}
