package handle

import (
	"go/ast"
	"go/types"

	"github.com/poolvet/poolvet/internal/config"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Said is asked of all that a handle comes from: variables, fields and calls,
// and in the end of the call that opens it. It reports whether that says all
// there is to know of the handle, and nothing behind it is asked then.
type Said struct {
	Variable     func(*types.Var) bool
	Call, Opened func(*ast.CallExpr) bool
}

// Sources asks of what a call runs on, ons. It reports whether that can also
// come from where nothing is said.
func (o *Opened) Sources(call *ast.CallExpr, ons []ast.Expr, said Said) (unsaid bool) {
	s := sources{Opened: o, said: said, seen: map[ast.Expr]bool{}}
	for _, on := range ons {
		s.handle(on, true)
	}
	if call != nil {
		s.promoted(call)
	}
	return s.unsaid
}

// SourcesOf asks of what a call is given to run on, of its receiver and its
// arguments.
func (o *Opened) SourcesOf(call *ast.CallExpr, said Said) (unsaid bool) {
	s := sources{Opened: o, said: said, seen: map[ast.Expr]bool{}}
	if !s.call(call) {
		s.made(call, true)
	}
	return s.unsaid
}

// With are the calls that a configuration is opened with, and those that make it.
func (o *Opened) With(cfg ast.Expr) (calls []*ast.CallExpr) {
	from := o.values.Origin(cfg)
	for _, m := range from.Made {
		if call, ok := m.(*ast.CallExpr); ok {
			calls = append(calls, call)
		}
	}
	for _, call := range o.flow.Calls() {
		for _, arg := range call.Args {
			if config.Is(o.info.TypeOf(arg)) && o.values.Holds(from, arg) {
				calls = append(calls, call)
			}
		}
	}
	return calls
}

// Holders are the variables, parameters and fields that hold what a call opens.
func (o *Opened) Holders(call *ast.CallExpr) []*types.Var {
	return NewReader(o.pass, o.sql, func(*types.Func) (int, bool) { return 0, false }).Holders(call)
}

// sources goes back from one handle.
type sources struct {
	*Opened
	said   Said
	seen   map[ast.Expr]bool
	found  int // how often something was said, or known to be unsaid
	unsaid bool
}

// variable and call ask, and count.
func (s *sources) variable(v *types.Var) bool {
	if s.said.Variable(v) {
		s.found++
		return true
	}
	return false
}

func (s *sources) call(call *ast.CallExpr) bool {
	if s.said.Call(call) {
		s.found++
		return true
	}
	return false
}

// isUnsaid notes that a handle comes from where nothing is said of it.
func (s *sources) isUnsaid() {
	s.unsaid = true
	s.found++
}

// handle follows a handle, or a part that one is made of: that need not tell.
func (s *sources) handle(x ast.Expr, whole bool) {
	if x == nil {
		return
	}
	if s.seen[x] {
		s.found++ // it has told what it can
		return
	}
	s.seen[x] = true
	from := s.values.OriginUntil(x, s.variable, s.call)
	for _, m := range from.Made {
		switch m := m.(type) {
		case *ast.CallExpr:
			s.made(m, whole)
		case *ast.CompositeLit:
			s.literal(m)
		}
	}
	givers := s.givers(from.Held)
	for _, call := range givers {
		s.made(call, whole)
	}
	if whole && from.Unknown && len(givers) == 0 {
		s.isUnsaid()
	}
}

// made reads a call that makes a handle of others: pool.Acquire(ctx),
// pool.Begin(ctx), pgxpool.NewWithConfig(ctx, cfg), sql.OpenDB(connector).
func (s *sources) made(call *ast.CallExpr, whole bool) {
	if s.seen[call.Fun] {
		s.found++
		return
	}
	s.seen[call.Fun] = true
	before := s.found
	fn := s.flow.Callee(call)
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && fn != nil && fn.Signature().Recv() != nil {
		s.handle(sel.X, whole)
		s.promoted(call)
	}
	for _, arg := range call.Args {
		if canHold(s.info.TypeOf(arg)) {
			s.handle(arg, s.sql.HandleOf(arg) != sqlflow.UnknownHandle)
		}
	}
	if whole && s.found == before && !s.said.Opened(call) {
		s.isUnsaid()
	}
}

// literal reads a struct that holds what a handle is made of.
func (s *sources) literal(lit *ast.CompositeLit) {
	for _, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			elt = kv.Value
		}
		if canHold(s.info.TypeOf(elt)) {
			s.handle(elt, false)
		}
	}
}

// promoted follows the field that a method is promoted from: db.Exec of a
// struct that embeds *sql.DB.
func (s *sources) promoted(call *ast.CallExpr) {
	for _, f := range embeddedFor(s.info, call) {
		if s.variable(f) {
			return
		}
		for _, d := range s.flow.ValuesOf(f) {
			s.handle(d.Expr, true)
		}
	}
}

// embeddedFor are the embedded fields on the way to the method that is called.
func embeddedFor(info *types.Info, call *ast.CallExpr) (fields []*types.Var) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	s := info.Selections[sel]
	if s == nil {
		return nil
	}
	t := s.Recv()
	for _, i := range s.Index()[:len(s.Index())-1] {
		st := flow.StructOf(t)
		if st == nil || i >= st.NumFields() {
			break
		}
		f := st.Field(i).Origin()
		fields, t = append(fields, f), f.Type()
	}
	return fields
}
