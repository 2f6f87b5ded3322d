package analyzer

import (
	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/sent"
)

// Sent returns an analyzer that lists in Result.Sent what code can send.
func Sent(opts Options) (*analysis.Analyzer, error) {
	s, err := opts.settings()
	a := *New(opts)
	a.Run = func(pass *analysis.Pass) (any, error) {
		r := s.report(read(pass, s))
		if r.sql != nil {
			r.Sent = (&sent.Code{SQL: r.sql, Hooks: r.hooks, Sites: r.sites(), LeftOut: r.leavesOut, Declared: r.function}).Statements()
		}
		return r.result(), nil
	}
	return &a, err
}
