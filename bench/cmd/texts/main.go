// Command texts prints the statements that poolvet sees packages send to
// PostgreSQL, as an array of JSON: what a tool can read that knows SQL and no Go.
// A part that is not known is the word x there: a name or a value is likely.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/load"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
	"github.com/poolvet/poolvet/internal/text"
)

// statement is one of them.
type statement struct {
	File string `json:"file"`
	Line int    `json:"line"`
	End  int    `json:"end"` // its last line
	SQL  string `json:"sql"`
}

func main() {
	all, err := statements(os.Args[1:])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(all)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func statements(patterns []string) ([]statement, error) {
	lister, err := analyzer.Sent(analyzer.Options{})
	if err != nil {
		return nil, err
	}
	p, err := load.Load(load.Config{FromSource: sqlflow.MayWrap}, patterns...)
	if err != nil {
		return nil, err
	}
	all := []statement{}
	p.Run([]*analysis.Analyzer{lister}, func(r *load.Result) {
		found, ok := r.Values[lister].(*analyzer.Result)
		if !ok || !r.Report {
			return
		}
		for _, s := range found.Sent {
			if s.SQL != "" && !s.Fragment {
				at := p.Fset.Position(s.Pos)
				all = append(all, statement{at.Filename, at.Line, at.Line + lines(s.SQL), strings.ReplaceAll(s.SQL, text.HoleText, "x")})
			}
		}
	})
	return all, nil
}

// lines are those that a statement has below its first, past the comments before it.
func lines(sql string) int {
	if spans := session.Statements(sql); len(spans) > 0 {
		sql = sql[spans[0].Start:]
	}
	return strings.Count(sql, "\n")
}
