package analyzer

import (
	"go/types"
	"iter"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/eval"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/given"
	"github.com/poolvet/poolvet/internal/hooks"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// concerns reports whether a package that reaches a database library can do, make or pass on anything of which
// something could be said: it has a text that matters, or names a function, a
// variable or a field that runs SQL, opens a connection, or of which a fact
// tells. In a program that uses a database most packages do not: types,
// handlers, generated code, which cost no more than this question.
func (s *settings) concerns(pass *analysis.Pass, in *inspector.Inspector) bool {
	told := map[*types.Package]map[string]bool{}
	asked := map[types.Object]bool{}
	for _, obj := range pass.TypesInfo.Uses {
		switch obj.(type) {
		case *types.Func:
		case *types.Var:
			if obj.Pkg() == pass.Pkg {
				continue
			}
		default:
			continue
		}
		if obj.Pkg() == nil || asked[obj] {
			continue
		}
		asked[obj] = true
		if sqlflow.Concerns(pass, obj, s.funcs) {
			return true
		}
		if obj.Pkg() == pass.Pkg {
			continue
		}
		names, ok := told[obj.Pkg()]
		if !ok {
			names = toldOf(pass, obj.Pkg())
			told[obj.Pkg()] = names
		}
		if names[obj.Name()] {
			return true
		}
	}
	return eval.HasText(pass, in, matters)
}

// toldOf are the last words of the names of which the facts of a package tell
// what calls of them do. What else facts tell is of texts, or of what is only
// asked for where SQL runs.
func toldOf(pass *analysis.Pass, pkg *types.Package) map[string]bool {
	names := map[string]bool{}
	add := func(fact interface {
		analysis.Fact
		About() iter.Seq[string]
	}) {
		if pass.ImportPackageFact(pkg, fact) {
			for name := range fact.About() {
				names[flow.LastOf(name)] = true
			}
		}
	}
	add(new(hooks.SessionChanges))
	add(new(driver.Connects))
	add(new(given.Helpers))
	return names
}
