package trace

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/client"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/spell"
)

// see notes which texts of the program the row can be an instance of.
func (r *Row) see(sources []*Source) {
	for _, s := range sources {
		if s.SQL != "" && s.pattern.fits(r) {
			r.Code = append(r.Code, s)
			s.seen = true
		}
	}
	named := func(s *Source) bool { return s.pattern.Name == r.Name }
	if r.Name != "" && slices.ContainsFunc(r.Code, named) {
		r.Code = slices.DeleteFunc(r.Code, func(s *Source) bool { return !named(s) })
	}
	slices.SortStableFunc(r.Code, func(a, b *Source) int { return cmp.Compare(b.pattern.known, a.pattern.known) })
}

// attribute says whose a row is: what names its application decides, else the
// program's texts, then its libraries, then what others are known to send.
func (r *Row) attribute(sources []*Source) {
	r.Clients = client.Senders(r.App, func(sql string) bool {
		p := patternOf(strings.ReplaceAll(sql, "…", hole), false, NoParams)
		return p.fits(r)
	})
	if slices.ContainsFunc(r.Clients, func(k client.Known) bool { return k.ByApp }) {
		r.Code = nil
		return
	}
	if len(r.Code) > 0 {
		if r.Code[0].pattern.Key() == r.Key() { // else it is one of several that the code can send
			r.Clients = nil
		}
		return
	}
	for _, s := range sources {
		if s.SQL == "" && slices.ContainsFunc(r.effects, func(e effect.Effect) bool { return comesOf(e, s.Does) }) {
			r.Library = append(r.Library, s)
		}
	}
	if len(r.Library) > 0 {
		r.Clients = nil
	}
}

// sends are the effects that statements of a library have, by what it is told.
var sends = map[effect.Kind][]effect.Kind{
	effect.ConnectSet:     {effect.Set},
	effect.Listener:       {effect.Listen, effect.Unlisten},
	effect.MigrationLock:  {effect.AdvisoryLock, effect.AdvisoryUnlock},
	effect.EvictStatement: {effect.Deallocate},
}

// comesOf reports whether a statement with effect e can come of what a library
// does.
func comesOf(e, does effect.Effect) bool {
	if e.Kind != does.Kind && !slices.Contains(sends[does.Kind], e.Kind) {
		return false
	}
	return does.Kind != effect.ConnectSet && does.Kind != effect.Set || strings.EqualFold(e.Object, does.Object)
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

// judge says what becomes of the row behind each pooler, and reports whether
// anything does.
func (r *Row) judge(behind []Behind) (bad bool) {
	var words []string
	for _, b := range behind {
		v := Verdict{Pooler: b.Pooler, Outcome: string(pooler.OK)}
		var happens []string
		for _, f := range b.Checker.Check("", r.Text).Findings {
			if f.Outcome == string(pooler.OK) || f.Outcome == "" {
				continue
			}
			bad = true
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
	return bad
}

func worse(a, b string) bool {
	return slices.Index(pooler.Outcomes, pooler.Outcome(a)) < slices.Index(pooler.Outcomes, pooler.Outcome(b))
}

// wordsAt are the words of a finding, with what decides and without values.
func (r *Row) wordsAt(f analyzer.SQLFinding) string {
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
