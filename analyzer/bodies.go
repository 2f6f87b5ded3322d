package analyzer

import (
	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/behind"
	"github.com/poolvet/poolvet/internal/concern"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// Bodies says of packages that are parsed, but not type-checked, whether an analyzer
// with these options asks for the types in their functions: of most there is nothing
// to say, and type-checking is most of what a run costs. A pass has the imports of
// its package and the facts about them. The error says what is wrong with the options.
func Bodies(opts Options) (func(*analysis.Pass) bool, error) {
	s, err := opts.settings()
	if err != nil {
		return nil, err
	}
	preview := &concern.Preview{Funcs: s.funcs, Matters: matters}
	return func(pass *analysis.Pass) bool {
		return preview.Any(pass) || sqlflow.Reaches(pass.Pkg) && behind.Concerns(pass, s.spec, s.given)
	}, nil
}
