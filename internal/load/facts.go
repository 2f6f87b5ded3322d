package load

import (
	"fmt"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// facts holds what analyzers say of objects and packages, for the passes over
// the packages that import them.
type facts struct {
	mu  sync.RWMutex
	all map[factKey]analysis.Fact
}

// factKey is one fact: of an object, or of a package where object is nil.
type factKey struct {
	analyzer *analysis.Analyzer
	pkg      *types.Package
	object   types.Object
	kind     reflect.Type
}

func newFacts() *facts {
	return &facts{all: make(map[factKey]analysis.Fact)}
}

// bind gives a pass over n its view of the facts.
func (f *facts) bind(pass *analysis.Pass, n *node) {
	key := func(pkg *types.Package, obj types.Object, fact analysis.Fact) factKey {
		return factKey{pass.Analyzer, pkg, obj, reflect.TypeOf(fact)}
	}
	pass.ImportObjectFact = func(obj types.Object, fact analysis.Fact) bool {
		return obj != nil && obj.Pkg() != nil && f.get(key(obj.Pkg(), obj, fact), fact)
	}
	pass.ExportObjectFact = func(obj types.Object, fact analysis.Fact) {
		if obj.Pkg() != pass.Pkg {
			panic(fmt.Sprintf("fact %v about %v, which is not of package %s", fact, obj, pass.Pkg.Path()))
		}
		f.put(key(pass.Pkg, obj, fact), fact)
	}
	pass.ImportPackageFact = func(pkg *types.Package, fact analysis.Fact) bool {
		return f.get(key(pkg, nil, fact), fact)
	}
	pass.ExportPackageFact = func(fact analysis.Fact) {
		f.put(key(pass.Pkg, nil, fact), fact)
	}
	pass.AllObjectFacts = func() (all []analysis.ObjectFact) {
		f.visible(pass.Analyzer, n, func(k factKey, fact analysis.Fact) {
			if k.object != nil {
				all = append(all, analysis.ObjectFact{Object: k.object, Fact: fact})
			}
		})
		return all
	}
	pass.AllPackageFacts = func() (all []analysis.PackageFact) {
		f.visible(pass.Analyzer, n, func(k factKey, fact analysis.Fact) {
			if k.object == nil {
				all = append(all, analysis.PackageFact{Package: k.pkg, Fact: fact})
			}
		})
		return all
	}
}

// get copies a fact to where the pointer into points.
func (f *facts) get(k factKey, into analysis.Fact) bool {
	f.mu.RLock()
	defer f.mu.RUnlock()
	fact, ok := f.all[k]
	if ok {
		reflect.ValueOf(into).Elem().Set(reflect.ValueOf(fact).Elem())
	}
	return ok
}

func (f *facts) put(k factKey, fact analysis.Fact) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.all[k] = fact
}

// visible calls yield for the facts about n's package and its dependencies.
func (f *facts) visible(a *analysis.Analyzer, n *node, yield func(factKey, analysis.Fact)) {
	seen := make(map[*node]bool)
	pkgs := make(map[*types.Package]bool)
	var visit func(*node)
	visit = func(n *node) {
		if seen[n] || !n.source && !n.hasSource {
			return
		}
		seen[n] = true
		pkgs[n.types] = true
		for _, dep := range n.deps {
			visit(dep)
		}
	}
	visit(n)
	f.mu.RLock()
	defer f.mu.RUnlock()
	for k, fact := range f.all {
		if k.analyzer == a && pkgs[k.pkg] {
			yield(k, fact)
		}
	}
}
