package trace

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/spell"
)

// statement is one that a log has, whoever sends it.
type statement struct {
	Normal
	Words    string // what of it changes the session
	Verdicts []Verdict

	bad     bool // it leaves something in the session behind one of the poolers
	from    source
	effects []effect.Effect
	calls   []string  // what it sets off that the SQL of the module defines
	code    []*Source // the texts that it can be an instance of, the best first
	rows    map[*application]*Row
	apps    []*application // that sent it, a few
}

// source is which log a statement is of: what they hide of one is not the same.
type source byte

const (
	fromLog        source = 'l'
	fromPin        source = 'p' // the digest that RDS Proxy's log has
	fromStatistics source = 's' // pg_stat_statements
)

// newStatement keeps no part of the log's buffer.
func newStatement(n Normal, from source, behind []Behind) *statement {
	for i, t := range n.tokens {
		n.tokens[i].src = strings.Clone(t.src)
	}
	n.Comment = n.Comment.clone()
	k := &statement{Normal: n, from: from, effects: session.Analyze(n.Text).Effects, rows: map[*application]*Row{}}
	k.judge(behind)
	return k
}

// Verdict is what becomes of a statement behind one pooler.
type Verdict struct {
	Pooler            *pooler.Pooler
	Outcome, Evidence string // of the worst that it does
	Happens, Remedy   string
	Reference, Rule   string
}

// Behind is a pooler, and what judges for it.
type Behind struct {
	Pooler  *pooler.Pooler
	Checker *analyzer.SQLChecker
}

// BehindEach are the poolers of these names, each with the options; the error
// begins with the option that is wrong.
func BehindEach(opts analyzer.Options, names []string) (all []Behind, err error) {
	for _, name := range names {
		opts.Pooler = name
		p, err := pooler.Lookup(name)
		if err != nil {
			return nil, fmt.Errorf("pooler: %w", err)
		}
		checker, err := analyzer.NewSQLChecker(opts)
		if err != nil {
			return nil, err
		}
		all = append(all, Behind{p, checker})
	}
	return all, nil
}

// judge says what becomes of the statement behind each pooler.
func (r *statement) judge(behind []Behind) {
	var words []string
	for _, b := range behind {
		v := Verdict{Pooler: b.Pooler, Outcome: string(pooler.OK)}
		var happens []string
		for _, f := range b.Checker.Check("", r.Text).Findings {
			if f.Outcome == string(pooler.OK) || f.Outcome == "" {
				continue
			}
			r.bad = true
			if f.Way != nil {
				r.calls = append(r.calls, f.Way.From)
			}
			if w := r.wordsAt(f); !slices.Contains(words, w) {
				words = append(words, w)
			}
			if h := happensIn(f); !slices.Contains(happens, h) {
				happens = append(happens, h)
			}
			if v.Rule == "" || worse(f.Outcome, v.Outcome) {
				v.Outcome, v.Evidence, v.Remedy, v.Reference, v.Rule = f.Outcome, f.Evidence, f.Remedy, f.Reference, f.Rule
			}
		}
		v.Happens = cmp.Or(strings.Join(happens, ", "), "works behind "+v.Pooler.Title)
		r.Verdicts = append(r.Verdicts, v)
	}
	r.Words = cmp.Or(strings.Join(words, ", "), spell.Line(r.Text))
}

func worse(a, b string) bool {
	return slices.Index(pooler.Outcomes, pooler.Outcome(a)) < slices.Index(pooler.Outcomes, pooler.Outcome(b))
}

// wordsAt are the words of a finding, with what decides and without values.
func (r *statement) wordsAt(f analyzer.SQLFinding) string {
	if f.Rule == "hidden-state" || f.End > len(r.Text) {
		return f.Text
	}
	return spell.Line(r.Text[f.Start:f.End])
}

// happensIn is what a finding says that happens.
func happensIn(f analyzer.SQLFinding) string {
	says := strings.TrimPrefix(f.Message, f.Text+": ")
	says = strings.TrimSuffix(says, " ("+f.Rule+")")
	if f.Remedy != "" {
		says = strings.TrimSuffix(says, "; "+f.Remedy)
	}
	return says
}
