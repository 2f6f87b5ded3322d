package behind

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/flow"
)

// Said is the fact of a package: its exported fields, variables and functions
// that a directive says a pooler of, in order.
type Said struct{ Names, Poolers []string }

func (*Said) AFact() {}

func (s *Said) String() string { return fmt.Sprintf("said(%d)", len(s.Names)) }

// export makes the fact.
func (p *Places) export(pass *analysis.Pass) {
	if !slices.ContainsFunc(p.claims, (*Claim).follows) {
		return
	}
	said := map[string]string{}
	for id, obj := range pass.TypesInfo.Defs {
		switch obj := obj.(type) {
		case *types.Var:
			if !obj.IsField() && obj.Parent() != pass.Pkg.Scope() {
				continue
			}
		case *types.Func:
		default:
			continue
		}
		c := p.claimed(id.Pos())
		name := flow.NameOf(obj)
		if c == nil || !obj.Exported() || name == "" {
			continue
		}
		said[name] = c.Pooler
		if _, isVar := obj.(*types.Var); isVar {
			c.Used = true // by other packages
		}
	}
	if len(said) == 0 {
		return
	}
	var fact Said
	for name := range said {
		fact.Names = append(fact.Names, name)
	}
	slices.Sort(fact.Names)
	for _, name := range fact.Names {
		fact.Poolers = append(fact.Poolers, said[name])
	}
	pass.ExportPackageFact(&fact)
}

// elsewhere adds the pooler that another package says of an object of its own.
// What a pattern says of that package counts where nothing does of this one.
func (f *follower) elsewhere(obj types.Object) bool {
	if obj.Pkg() == nil || obj.Pkg() == f.pass.Pkg {
		return false
	}
	var fact Said
	if f.pass.ImportPackageFact(obj.Pkg(), &fact) {
		if i, ok := slices.BinarySearch(fact.Names, flow.NameOf(obj)); ok {
			return f.add(fact.Poolers[i])
		}
	}
	return f.otherwise == "" && f.add(f.spec.Package(obj.Pkg().Path(), f.moduleOf(obj.Pkg())))
}

// moduleOf is the module of a package as far as that is this one's, "" otherwise.
func (p *Places) moduleOf(pkg *types.Package) string {
	if m := p.module; m != "" && (pkg.Path() == m || strings.HasPrefix(pkg.Path(), m+"/")) {
		return m
	}
	return ""
}
