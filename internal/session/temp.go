package session

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// create reads CREATE of a temporary object: by keyword for tables, views and
// sequences, by the schema pg_temp for anything.
func (s statement) create(i int) []effect.Effect {
	j := i + 1
	if s.is(j, "or", "replace") {
		j += 2
	}
	temp := false
	for s.oneOf(j, "temp", "temporary", "local", "global", "recursive", "unlogged", "materialized") {
		temp = temp || s.oneOf(j, "temp", "temporary")
		j++
	}
	object := j
	if !s.oneOf(j, "table", "view", "sequence") {
		if temp || !s.oneOf(j, "function", "procedure", "type", "domain", "aggregate") {
			return nil
		}
	}
	j++
	if s.is(j, "if", "not", "exists") {
		j += 3
	}
	name, next := s.name(j)
	if next == j {
		return nil
	}
	var effects []effect.Effect
	if temp || inTempSchema(s.src(j), s.src(j+1)) {
		kind := effect.TempObject
		if !s.oneOf(object, "table", "view", "sequence") {
			kind = effect.TempFunction
		}
		if s.is(object, "table") && s.onCommitDrop(next) {
			kind = effect.TempOnCommitDrop
		}
		effects = append(effects, s.effect(kind, name, i, next))
	}
	if as := s.find(next, "as"); as > 0 && s.is(as+1, "execute") {
		effects = append(effects, s.execute(as+1)...)
	}
	return effects
}

// inTempSchema reports whether a name of these first tokens is in the
// schema of the session's temporary objects.
func inTempSchema(part, dot string) bool {
	return dot == "." && strings.EqualFold(strings.Trim(part, `"`), "pg_temp")
}

// find returns the first token from i on that is this word outside of
// brackets, or -1.
func (s statement) find(i int, word string) int {
	for i < len(s.tokens) {
		switch {
		case s.src(i) == "(" || s.src(i) == "[":
			i, _ = s.bracket(i)
			continue
		case s.is(i, word):
			return i
		}
		i++
	}
	return -1
}

func (s statement) onCommitDrop(i int) bool {
	for i = s.find(i, "on"); i > 0; i = s.find(i+1, "on") {
		if s.is(i, "on", "commit", "drop") {
			return true
		}
		if s.is(i, "on", "commit") { // PRESERVE or DELETE ROWS
			return false
		}
	}
	return false
}

// afterInto are reserved words that end SELECT … INTO temp: a table of that name.
var afterInto = []string{"from", "where", "group", "having", "window", "union", "intersect", "except", "order", "limit", "offset", "fetch", "for"}

// selectInto reads SELECT … INTO TEMP name.
func (s statement) selectInto(i int) []effect.Effect {
	for into := s.find(i, "into"); into > 0; into = s.find(into+1, "into") {
		if s.oneOf(into-1, "insert", "merge") {
			return nil
		}
		j := into + 1
		if s.oneOf(j, "local", "global") {
			j++
		}
		temp := s.oneOf(j, "temp", "temporary") && !slices.ContainsFunc(afterInto, func(w string) bool { return s.is(j+1, w) })
		if temp {
			j++
		}
		if s.is(j, "table") {
			j++
		}
		if name, next := s.name(j); next > j && (temp && s.kind(j-1, pgquery.Word) || inTempSchema(s.src(j), s.src(j+1))) {
			return []effect.Effect{s.effect(effect.TempObject, name, into, next)}
		}
	}
	return nil
}
