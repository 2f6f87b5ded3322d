package session

import "github.com/poolvet/poolvet/internal/pgquery"

// Call is a call of a function or procedure in a text that runs it.
type Call struct {
	Schema, Name string // in small letters unless quoted; Schema is "" where the text names none
	Args         int
	Start, End   int // of the call, in the text
}

// Calls are the calls of functions and procedures that the statements of a text
// run when they run. Those of a view's query, a column's default or another
// body are not among them.
func Calls(text string) (all []Call) {
	budget := newBudget()
	for _, s := range split(text, pgquery.Scan(text), 0, budget) {
		node, filled, err := s.parse()
		if err != nil {
			continue
		}
		pgquery.Calls(runsIn(node), func(c *pgquery.FuncCall) {
			i := filled.token(int(c.Location))
			if i < 0 {
				return
			}
			call := Call{Args: len(c.Args), Start: s.tokens[i].Start, End: s.tokens[i].End}
			call.Schema, call.Name = pgquery.NameIn(c.Funcname)
			for open := i + 1; open < i+maxParts*2; open++ { // behind the parts of the name
				if s.src(open) == "(" {
					next, _ := s.bracket(open)
					call.End = s.tokens[next-1].End
					break
				}
			}
			all = append(all, call)
		})
	}
	return all
}
