package session

import "github.com/poolvet/poolvet/internal/effect"

func (s statement) listen(i int) []effect.Effect {
	name, next := s.name(i + 1)
	if next == i+1 {
		return nil
	}
	return s.whole(effect.Listen, name, i, next)
}

func (s statement) unlisten(i int) []effect.Effect {
	if s.src(i+1) == "*" {
		return s.whole(effect.Unlisten, "*", i, i+2)
	}
	name, next := s.name(i + 1)
	if next == i+1 {
		return nil
	}
	return s.whole(effect.Unlisten, name, i, next)
}

func (s statement) notify(i int) []effect.Effect {
	name, next := s.name(i + 1)
	if next == i+1 || !s.ends(next) && s.src(next) != "," {
		return nil
	}
	return []effect.Effect{s.effect(effect.Notify, name, i, next)}
}
