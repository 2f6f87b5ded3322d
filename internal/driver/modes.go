package driver

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/config"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/querymode"
	"github.com/poolvet/poolvet/internal/text"
)

// modes judges the pools that the package opens by how they send queries: one
// finding for each, where the mode is set, or where the pool is opened.
func (s *scan) modes() {
	s.perCall()
	for _, o := range s.openers {
		if !querymode.Has(o.d) || s.judged[o.call] || s.opened[[2]*ast.CallExpr{o.call, o.at}] {
			continue
		}
		s.opened[[2]*ast.CallExpr{o.call, o.at}] = true
		if o.config != nil {
			s.judgeConfig(o)
		} else {
			s.judgeStrings(o, o.at, o.dsn, o.set)
		}
	}
	s.handedOn()
	s.lone()
}

// handedOn judges the configurations that a function for others returns, and
// that nothing here opens: with the mode that they leave as it is.
func (s *scan) handedOn() {
	for _, f := range s.pass.Files {
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() || s.pass.Pkg.Name() == "main" {
				continue
			}
			if obj, ok := s.info.Defs[fn.Name].(*types.Func); !ok || !returnsConfig(obj.Signature()) {
				continue
			}
			for _, ret := range s.flow.Returns(fn, 0) {
				s.returnedConfig(ret)
			}
		}
	}
}

func returnsConfig(sig *types.Signature) bool {
	return sig.Results().Len() > 0 && config.Is(sig.Results().At(0).Type())
}

func (s *scan) returnedConfig(x ast.Expr) {
	for _, m := range s.Origin(x).Made {
		call, ok := m.(*ast.CallExpr)
		if !ok || s.judged[call] {
			continue
		}
		if r := s.rowOf(s.flow.Callee(call)); r != nil && r.Role == parses && querymode.Has(r.Driver) {
			s.judgeConfig(opener{call: call, at: call, d: r.Driver, config: x, hooked: true})
		}
	}
}

// judgeConfig judges a pool that is opened with a configuration.
func (s *scan) judgeConfig(o opener) {
	from := s.Origin(o.config)
	escapes := s.Widen(from)
	o.hooked = o.hooked || s.hasHooks(from)
	set := s.modesOn(o.d, from, nil)
	var parsed []*ast.CallExpr
	literal := false
	for _, m := range from.Made {
		call, ok := m.(*ast.CallExpr)
		if !ok {
			literal = true
			continue
		}
		r := s.rowOf(s.flow.Callee(call))
		if r == nil || r.Role != parses || r.Arg >= len(call.Args) {
			from.Unknown = from.Unknown || !isNew(s.info, call)
			continue
		}
		parsed = append(parsed, call)
	}
	if from.Unknown || escapes {
		set.Unless(o.d)
	}
	for _, call := range parsed { // what else the pool can be opened with says nothing of it
		if !s.judged[call] {
			set := s.modesOn(o.d, from, call)
			if escapes {
				set.Unless(o.d)
			}
			s.judged[call] = true
			for _, g := range s.givings(call, call.Args[s.rowOf(s.flow.Callee(call)).Arg], nil) {
				s.judged[call] = s.judgeStrings(o, g.call, g.dsn, set) && s.judged[call]
			}
		}
	}
	if len(parsed) == 0 && (literal || len(set) > 0) {
		s.judge(o, set, false, &Setting{Key: o.d.Mode, Call: o.call, Literal: s.literalOf(o.config)}, s.causeOf(o.config, o.d.Mode))
	}
}

// modesOn are the modes that are set on a configuration: where made is a call,
// those that can be set on what it makes. One of two returns may be safe.
func (s *scan) modesOn(d *driver, from *flow.Origin, made *ast.CallExpr) querymode.Keys {
	set := querymode.Keys{}
	for _, f := range d.Fields {
		for _, at := range s.SetOn(from, f.Pkg, f.Field) {
			if made == nil || s.MayHold(at.Base, made) {
				set[f.Key] = querymode.KeyOf(s.flow, f, at)
			}
		}
	}
	return set
}

// hasHooks reports whether a configuration has functions that run on each
// connection.
func (s *scan) hasHooks(o *flow.Origin) bool {
	for _, p := range library.Packages() {
		for _, hook := range p.Hooks {
			for field := range hook.Names.All() {
				if hook.Owner != "" && len(s.SetOn(o, p.Path, field)) > 0 {
					return true
				}
			}
		}
	}
	return false
}

func isNew(info *types.Info, call *ast.CallExpr) bool {
	tv, ok := info.Types[call.Fun]
	return ok && tv.IsBuiltin()
}

// judgeStrings judges a pool whose connection string is x, an argument of call,
// over which set has the last word. It is false where the mode is left to
// another pool of the same string.
func (s *scan) judgeStrings(o opener, call *ast.CallExpr, x ast.Expr, set querymode.Keys) bool {
	if s.isRegistered(x) {
		return true
	}
	judged := true
	all := s.connStrings(x)
	o.given = s.mayBeGiven(all)
	for _, c := range all {
		m := querymode.Keys{}
		for key := range o.d.Keys.All() {
			p, ok := c.Get(key)
			if !ok {
				continue
			}
			pos, end, ok := c.text.Range(p.KeyStart, p.ValueEnd)
			if !ok {
				pos, end = o.call.Fun.Pos(), o.call.Fun.End()
			}
			if p.Unsure {
				p.Value = text.HoleText
			}
			m[key] = querymode.Key{Value: p.Value, Known: p.Known(), Words: key + "=" + p.Value, Pos: pos, End: end}
		}
		for key, v := range set {
			m[key] = v
		}
		if !c.Whole {
			s.asDeployed(o, m)
		}
		for _, key := range s.keysElsewhere(x) {
			if _, ok := m[key]; !ok {
				m[key] = querymode.Key{}
			}
		}
		open := !c.Whole || o.given || c.goesOn(all) || s.isOpen(x)
		judged = s.judge(o, m, open, s.setting(o.d, call, x), s.causeOf(x, o.d.Mode)) && judged
	}
	return judged
}

// goesOn reports whether one of several strings is c with keys behind it that
// are not known: those that a loop adds.
func (c connString) goesOn(all []connString) bool {
	return slices.ContainsFunc(all, func(o connString) bool { return !o.Whole && strings.HasPrefix(o.text.Value, c.text.Value) })
}

// isOpen reports whether other packages can give x, a connection string: what
// calls here pass is not all that it can be.
func (s *scan) isOpen(x ast.Expr) bool {
	if s.pass.Pkg.Name() == "main" {
		return false
	}
	return slices.ContainsFunc(s.flow.AllTexts(x), func(t text.Text) bool { return len(s.slotsOf(t)) > 0 })
}

// asDeployed adds what the deployment's connection string sets to the modes that
// the program's does not.
func (s *scan) asDeployed(o opener, m querymode.Keys) {
	for _, p := range s.deployed.Params {
		if _, set := m[p.Key]; !set && o.d.Keys.Has(p.Key) {
			m[p.Key] = querymode.Key{Value: p.Value, Known: true, Words: p.Key + "=" + p.Value + " of -dsn", Pos: o.call.Fun.Pos(), End: o.call.Fun.End()}
		}
	}
}

// isRegistered reports whether x names a configuration that was registered,
// and so judged, before.
func (s *scan) isRegistered(x ast.Expr) bool {
	for _, m := range s.Origin(x).Made {
		if call, ok := m.(*ast.CallExpr); ok {
			if r := s.rowOf(s.flow.Callee(call)); r != nil && r.Role == openWith {
				return true
			}
		}
	}
	return false
}

// judge reports what the settings of one pool come to. It is false where they
// would be reported, but for what the pool carries.
func (s *scan) judge(o opener, m querymode.Keys, unsure bool, where *Setting, cause Cause) bool {
	f, m, bad := querymode.Judge(o.d, m)
	if !bad || o.told && f.Decides == "" {
		return true
	}
	life := s.handles().Follow(o.call, o.hooked)
	if f.Kind != effect.DeadOption && !querymode.Carries(life, o.d, f.Kind) {
		return false
	}
	if where != nil {
		where.Plain = life.BindsPlain()
	}
	// Where the configuration is made from a string, its mode is decided there.
	made := o.call
	if where != nil && where.Call != nil {
		made = where.Call
	}
	site := Site{
		Effect: effect.Effect{Kind: f.Kind, Object: f.Decides},
		Pos:    made.Fun.Pos(), End: made.Fun.End(),
		Why: f.Why, Remedy: o.d.Remedy, Else: f.Else, Openers: []*ast.CallExpr{o.at, o.call}, Holders: s.holders(o.call),
	}
	if f.Decides == "" {
		site.Cause = cause
		site.Effect.Words = flow.Called(made) + " with " + f.Words
		site.Default = unsure
		site.Setting = where
	} else {
		at := m[f.Decides]
		if o.given && at.Expr == nil {
			site.Unless = anotherString
		}
		site.Pos, site.End, site.Effect.Words = at.Pos, at.End, at.Words
		if where.Value = at.Expr; f.Decides == o.d.Mode {
			site.Setting = where
		}
	}
	if f.Decides != "" || !s.bypasses(o, life) {
		s.add(site)
	}
	return true
}

// lone reports modes that are set on a configuration that no call here opens.
func (s *scan) lone() {
	for _, f := range pgx5.Fields[:1] {
		for _, at := range s.SetsOf(f.Field) {
			if at.Field.Pkg() == nil || at.Field.Pkg().Path() != f.Pkg {
				continue
			}
			m := querymode.KeyOf(s.flow, f, at)
			if !m.Known {
				continue
			}
			if found, _, bad := querymode.Judge(pgx5, querymode.Keys{f.Key: m}); bad {
				s.add(Site{Effect: effect.Effect{Kind: found.Kind, Object: f.Key, Words: m.Words}, Pos: m.Pos, End: m.End, Remedy: pgx5.Remedy,
					Setting: &Setting{Key: f.Key, Value: m.Expr}})
			}
		}
	}
}
