package session

import "github.com/poolvet/poolvet/internal/pgquery"

// Run is a statement of a text, as the parser reads it.
type Run struct {
	Node   *pgquery.Node
	Runs   *pgquery.Node   // the part whose expressions run with it, nil for none
	Tokens []pgquery.Token // with their places in the whole text

	filled *filling
}

// Runs are the statements of a text that parse, with something in the place of
// what is not known.
func Runs(text string) (all []Run) {
	budget := newBudget()
	for _, s := range split(text, pgquery.Scan(text), 0, budget) {
		if node, filled, err := s.parse(); err == nil && node != nil {
			all = append(all, Run{node, runsIn(node), s.tokens, filled})
		}
	}
	return all
}

// Token is the index of the token at a location of the tree, -1 for none that
// the text has.
func (r Run) Token(location int32) int { return r.filled.token(int(location)) }
