package analyzer

import (
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pooler"
)

// named is the pooler of a name that internal/behind gives, with the settings of
// the options; "" is that of all code.
func (s *settings) named(name string) *pooler.Pooler {
	switch name {
	case "":
		return s.pooler
	case s.none.Name:
		return s.none
	}
	if p, ok := s.known.Load(name); ok {
		return p.(*pooler.Pooler)
	}
	p, err := pooler.Lookup(name)
	if err != nil { // the options and the directives have been looked at
		panic(err)
	}
	known, _ := s.known.LoadOrStore(name, p.With(s.set))
	return known.(*pooler.Pooler)
}

// worst is the first of some poolers behind which an effect is reported, else
// the first of all.
func (s *settings) worst(names []string, e effect.Effect) (*pooler.Pooler, pooler.Verdict) {
	p := s.named(names[0])
	v := p.Verdict(e)
	for _, name := range names[1:] {
		if s.reports(e, v) {
			break
		}
		other := s.named(name)
		if w := other.Verdict(e); s.reports(e, w) {
			p, v = other, w
		}
	}
	return p, v
}

// anyMinds reports whether a kind of effect is reported behind a pooler that the
// options or a directive of this package name.
func (r *report) anyMinds(kind effect.Kind) bool {
	for _, name := range r.spec.Poolers() {
		if r.named(name).Minds(kind, r.Strict) {
			return true
		}
	}
	for _, c := range claimsOf(r.directives) {
		if r.named(c.Pooler).Minds(kind, r.Strict) {
			return true
		}
	}
	return r.pooler.Minds(kind, r.Strict)
}
