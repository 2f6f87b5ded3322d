package analyzer

import (
	"go/token"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
)

// Left counts what was found and is not reported.
type Left struct {
	Ignored int // a directive silences it
	Direct  int // its connection is said to bypass the pooler
	Strict  int // Options.Strict reports it
}

// reports reports whether a verdict is bad enough, and certain enough, to be
// reported. To weigh poolers against each other the uncertain ones count too:
// what is only thought to be ok is not known.
func (s *settings) reports(e effect.Effect, v pooler.Verdict) bool {
	if s.weighs && uncertain(v) && (s.Strict || e.Body != effect.FunctionBody) {
		return true
	}
	return v.Outcome != pooler.OK && (s.Strict || !v.Strict)
}

func uncertain(v pooler.Verdict) bool {
	return v.Evidence == pooler.Contested || v.Evidence == pooler.Inferred
}

// leave notes an effect that is not reported, by the verdict of p.
func (r *report) leave(e effect.Effect, v pooler.Verdict, p *pooler.Pooler, rule *Rule, pos token.Pos) {
	if rule == nil || !r.enabled(rule.ID) {
		return
	}
	strict := v.Outcome != pooler.OK
	if !strict && (p != r.none || !r.reports(e, r.pooler.Verdict(e))) {
		return
	}
	if r.left == nil {
		r.left = map[place]bool{}
	}
	r.left[place{pos, rule.ID}] = strict
}

// countLeft counts what was left out at places where nothing is reported.
func (r *report) countLeft() {
	for at, strict := range r.left {
		switch {
		case r.places[at]:
		case strict:
			r.Left.Strict++
		default:
			r.Left.Direct++
		}
	}
}

// doubtful reports whether a finding counts only where nothing certain is found:
// another use of the same text may be worse for certain.
func (s *settings) doubtful(v pooler.Verdict) bool { return s.weighs && uncertain(v) }

// doubt is an uncertain finding, at the positions that a directive could
// silence it by.
type doubt struct {
	Finding
	at []token.Pos
}

func (r *report) doubt(f Finding, at []token.Pos) {
	if f.Outcome == string(pooler.OK) {
		f.Message = strings.Replace(f.Message, "; "+f.Remedy, "", 1)
		f.Remedy, f.Fix = "", nil
	}
	r.doubts = append(r.doubts, doubt{f, at})
}

// addDoubts adds those at whose place nothing certain was found: what may be
// bad before what may be ok.
func (r *report) addDoubts() {
	for _, ok := range []bool{false, true} {
		for _, d := range r.doubts {
			if ok == (d.Outcome == string(pooler.OK)) {
				r.add(d.Finding, d.at)
			}
		}
	}
}
