package concern

import (
	"go/types"
	"iter"
	"maps"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/library"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// offer is what the names of a package bring to those that import it.
type offer struct {
	size  int   // of its scope: export data that mentions it can add to that
	loose names // methods and fields that concern, whatever they are of

	// The members of types that concern, a set for each type that comes with an
	// object, or with a method or a field.
	objects map[types.Object][]names
	members map[string][]names
}

// reach is what a package imports, itself or through others.
type reach struct {
	database bool // a database library
	offers   []*offer
}

func (v *Preview) reachOf(pass *analysis.Pass, pkg *types.Package) *reach {
	if r, ok := v.reaches.Load(pkg); ok {
		return r.(*reach)
	}
	r, seen := new(reach), map[*offer]bool{}
	for _, imp := range pkg.Imports() {
		of := v.reachOf(pass, imp)
		r.database = r.database || of.database || library.IsDatabase(imp.Path())
		// Of what export data only mentions nobody knows what it imports.
		own := v.offerOf(pass, imp, of.database || !imp.Complete())
		for _, o := range append(slices.Clip(of.offers), own) {
			if !seen[o] && len(o.loose)+len(o.objects)+len(o.members) > 0 {
				seen[o] = true
				r.offers = append(r.offers, o)
			}
		}
	}
	if pkg.Complete() {
		v.reaches.Store(pkg, r)
	}
	return r
}

// offerOf is what a package offers. Types of database libraries come from those
// alone that reach one: of others what their methods are named is enough.
//
// Not included: an interface without a name that one of these others declares, in a
// signature say, with a method that runs SQL by its shape.
func (v *Preview) offerOf(pass *analysis.Pass, pkg *types.Package, reaches bool) *offer {
	scope := pkg.Scope()
	if o, ok := v.offers.Load(pkg); ok && o.(*offer).size == scope.Len() {
		return o.(*offer)
	}
	o := &offer{size: scope.Len()}
	r := offerReader{v, pass, o}
	switch {
	case library.IsDatabase(pkg.Path()):
		o.objects = map[types.Object][]names{}
		for _, name := range scope.Names() {
			if t, ok := scope.Lookup(name).(*types.TypeName); ok { // to name anything else is of concern
				r.object(t)
			}
		}
	case reaches:
		o.objects, o.members = map[types.Object][]names{}, map[string][]names{}
		for _, name := range scope.Names() {
			r.object(scope.Lookup(name))
			r.declared(scope.Lookup(name))
		}
	default:
		o.loose = maps.Clone(r.toldOf(pkg))
		for _, name := range scope.Names() {
			for m := range membersOf(scope.Lookup(name)) {
				if fn, ok := m.(*types.Func); ok && sqlflow.Concerns(pass, fn, v.Funcs) {
					o.loose[m.Name()] = true
				}
			}
		}
	}
	v.offers.Store(pkg, o)
	return o
}

type offerReader struct {
	*Preview
	pass *analysis.Pass
	to   *offer
}

// object takes up what comes with an object of a package.
func (r offerReader) object(obj types.Object) {
	if sets := r.come(obj.Type()); len(sets) > 0 {
		r.to.objects[obj] = sets
	}
}

// declared takes up what comes with the members of a type.
func (r offerReader) declared(obj types.Object) {
	for m := range membersOf(obj) {
		if sets := r.come(m.Type()); len(sets) > 0 {
			r.to.members[m.Name()] = append(r.to.members[m.Name()], sets...)
		}
	}
}

// membersOf yields the exported methods and fields that a type declares with its
// name.
func membersOf(obj types.Object) iter.Seq[types.Object] {
	return func(yield func(types.Object) bool) {
		t, ok := obj.(*types.TypeName)
		if !ok || t.IsAlias() {
			return
		}
		named, ok := t.Type().(*types.Named)
		if !ok {
			return
		}
		for m := range named.Methods() {
			if m.Exported() && !yield(m) {
				return
			}
		}
		switch u := named.Underlying().(type) {
		case *types.Struct:
			for f := range u.Fields() {
				if f.Exported() && !yield(f) {
					return
				}
			}
		case *types.Interface:
			for m := range u.ExplicitMethods() {
				if m.Exported() && !yield(m) {
					return
				}
			}
		}
	}
}

// come are the members of the types that come with a value of type t.
func (r offerReader) come(t types.Type) (sets []names) {
	add := func(n names) {
		if len(n) > 0 {
			sets = append(sets, n)
		}
	}
	unnamed := names{}
	partsOf(t, func(named *types.Named) { add(r.concerning(named)) }, func(m types.Object) { r.note(unnamed, m) })
	add(unnamed)
	return sets
}

// partsOf calls named for the types with a name that t is put together from, and
// member for the methods and fields of those without. What a function takes is no
// part of it: its caller has it.
func partsOf(t types.Type, named func(*types.Named), member func(types.Object)) {
	var visit func(types.Type)
	visit = func(t types.Type) {
		switch t := types.Unalias(t).(type) {
		case *types.Named:
			named(t.Origin())
			for arg := range t.TypeArgs().Types() {
				visit(arg)
			}
		case *types.Map:
			visit(t.Key())
			visit(t.Elem())
		case interface{ Elem() types.Type }: // pointers, slices, arrays, channels
			visit(t.Elem())
		case *types.Signature:
			for v := range t.Results().Variables() {
				visit(v.Type())
			}
		case *types.Struct:
			for f := range t.Fields() {
				member(f)
				visit(f.Type())
			}
		case *types.Interface:
			for m := range t.ExplicitMethods() {
				member(m)
				visit(m.Type())
			}
			for e := range t.EmbeddedTypes() {
				visit(e)
			}
		}
	}
	visit(t)
}

// note adds a method or a field to others if it concerns, or a fact tells of its name.
func (r offerReader) note(to names, obj types.Object) {
	if obj.Exported() && obj.Pkg() != nil && (sqlflow.Concerns(r.pass, obj, r.Funcs) || r.toldOf(obj.Pkg())[obj.Name()]) {
		to[obj.Name()] = true
	}
}

// toldOf are the last words of the names of which a fact of a package tells.
func (r offerReader) toldOf(pkg *types.Package) names {
	if all, ok := r.told.Load(pkg); ok {
		return all.(names)
	}
	all := names(toldOf(r.pass, pkg))
	for name := range eval.TextNames(r.pass, pkg) {
		all[name] = true
	}
	r.told.Store(pkg, all)
	return all
}

// concerning are the methods and fields of a type that concern, with those of what
// it embeds or is made of.
func (r offerReader) concerning(named *types.Named) names {
	if all, ok := r.members.Load(named); ok {
		return all.(names)
	}
	all := names{}
	r.collect(named, all, map[*types.Named]bool{})
	r.members.Store(named, all)
	return all
}

func (r offerReader) collect(named *types.Named, all names, seen map[*types.Named]bool) {
	if seen[named] {
		return
	}
	seen[named] = true
	for m := range membersOf(named.Obj()) {
		r.note(all, m)
	}
	visit := func(t types.Type) {
		partsOf(t, func(n *types.Named) { r.collect(n, all, seen) }, func(m types.Object) { r.note(all, m) })
	}
	switch u := named.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if f.Embedded() {
				visit(f.Type())
			}
		}
	case *types.Interface:
		for t := range u.EmbeddedTypes() {
			visit(t)
		}
	default:
		visit(u)
	}
}
