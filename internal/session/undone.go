package session

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
)

// What a text sets and resets, or creates and drops, it leaves nothing of: the
// statements of one text run on one connection, and a failure of one rolls
// back what its transaction did. Not among them: locks, prepared statements and
// sequences, which no rollback undoes.

// undo marks the effects of which nothing remains when the text has run. of
// says in which statement each effect stands.
func undo(text string, statements []statement, effects []effect.Effect, of []int) {
	if len(effects) == 0 || len(statements) < 2 || strings.Contains(text, "+goose NO TRANSACTION") || strings.Contains(text, "notransaction") {
		return
	}
	rolled := rolledBack(statements)
	if rolled == nil {
		return
	}
	sections := sectionsOf(text, statements)
	type place struct {
		section int
		thing   string
	}
	last := map[place]int{} // the last statement that undoes a thing
	for i, s := range statements {
		if !rolled[i] {
			for _, thing := range s.undoes() {
				last[place{sections[i], thing}] = i
			}
		}
	}
	gone := map[place]bool{}
	for i := range effects {
		e, at := &effects[i], of[i]
		if e.Body != effect.Direct {
			continue
		}
		if Undoing(*e) && slices.ContainsFunc(statements[at].undoes(), func(thing string) bool { return gone[place{sections[at], thing}] }) {
			e.Undone = true
			continue
		}
		for _, thing := range undoneBy(*e) {
			by := last[place{sections[at], thing}]
			if rolled[at] || by > at && !statements[by].same(statements[at]) {
				e.Undone = true
				gone[place{sections[at], thing}] = true
			}
		}
	}
}

// same reports whether two statements are spelled the same: one more SET of a
// value undoes none before it.
func (s statement) same(o statement) bool {
	return slices.EqualFunc(s.tokens, o.tokens, func(a, b pgquery.Token) bool { return s.text[a.Start:a.End] == o.text[b.Start:b.End] })
}

// UndoneBy names the things of which any, undone, leaves nothing of e: a
// parameter, the role, a temporary object.
func UndoneBy(e effect.Effect) []string {
	if e.Body != effect.Direct {
		return nil
	}
	return undoneBy(e)
}

func undoneBy(e effect.Effect) []string {
	switch e.Kind {
	case effect.Set, effect.SetConfig, effect.SetCharacteristics:
		if e.Object != "" {
			return []string{"parameter " + strings.ToLower(e.Object), "parameters"}
		}
		return []string{"parameters"}
	case effect.SetRole:
		return []string{"role"}
	case effect.SetSessionAuthorization:
		return []string{"authorization"}
	case effect.TempObject:
		if e.Object != "" {
			return []string{temporary(e.Object)}
		}
	}
	return nil
}

func temporary(name string) string { return "temporary " + strings.TrimPrefix(name, "pg_temp.") }

// Undoing reports whether an effect, behind one that it undoes, leaves nothing
// itself.
func Undoing(e effect.Effect) bool {
	switch e.Kind {
	case effect.Reset, effect.ResetAll, effect.ResetRole, effect.ResetSessionAuthorization:
		return true
	}
	return e.Restores
}

// rolledBack says of each statement whether its transaction is rolled back. It
// is nil where savepoints make that hard to tell.
func rolledBack(statements []statement) []bool {
	rolled := make([]bool, len(statements))
	from := 0
	for i, s := range statements {
		switch {
		case s.oneOf(0, "savepoint", "release"), s.is(0, "rollback") && (s.is(1, "to") || s.is(2, "to")):
			return nil
		case s.oneOf(0, "begin", "commit", "end") || s.is(0, "start", "transaction"):
			from = i + 1
		case s.oneOf(0, "rollback", "abort"):
			for ; from < i; from++ {
				rolled[from] = true
			}
			from = i + 1
		}
	}
	return rolled
}

// Undone names the things of which nothing remains once text has run.
func Undone(text string) (things []string) {
	if len(text) > LongLimit {
		return nil
	}
	statements := split(text, pgquery.Scan(text), 0, newBudget())
	for i, rolled := range rolledBack(statements) {
		if rolled {
			continue
		}
		for _, thing := range statements[i].undoes() {
			if !slices.Contains(things, thing) {
				things = append(things, thing)
			}
		}
	}
	return things
}

// undoes names the things that the statement undoes, or puts others in place
// of.
func (s statement) undoes() []string {
	switch {
	case s.is(0, "drop"):
		return s.drops()
	case s.oneOf(0, "set", "reset"):
		return undoing(s.utility(0))
	case s.is(0, "select"):
		return undoing(s.allCalls())
	}
	return nil
}

func undoing(effects []effect.Effect) []string {
	var things []string
	for _, e := range effects {
		switch e.Kind {
		case effect.SetConfig:
			if e.Local == effect.False && e.Object != "" {
				things = append(things, "parameter "+e.Object)
			}
		case effect.Set, effect.Reset, effect.SetCharacteristics:
			if e.Object != "" {
				things = append(things, "parameter "+strings.ToLower(e.Object))
			}
		case effect.ResetAll:
			things = append(things, "parameters")
		case effect.SetRole, effect.ResetRole:
			things = append(things, "role")
		case effect.SetSessionAuthorization, effect.ResetSessionAuthorization:
			things = append(things, "authorization")
		}
	}
	return things
}

// drops names the objects that a DROP drops, where they can be temporary.
func (s statement) drops() []string {
	if !s.oneOf(1, "table", "view", "sequence", "function", "type", "domain") {
		return nil
	}
	i := 2
	if s.is(i, "if", "exists") {
		i += 2
	}
	var things []string
	for {
		name, next := s.name(i)
		if next == i {
			return things
		}
		if name != "" {
			things = append(things, temporary(name))
		}
		if s.src(next) != "," {
			return things
		}
		i = next + 1
	}
}

// sectionsOf numbers the parts of a migration that run on different days: what
// undoes it stands behind a mark of the tool's.
func sectionsOf(text string, statements []statement) []int {
	sections := make([]int, len(statements))
	section, at := 0, 0
	for i, s := range statements {
		start := s.tokens[0].Start
		for line := range strings.Lines(text[at:start]) {
			line, isComment := strings.CutPrefix(strings.ToLower(strings.TrimSpace(line)), "--")
			if isComment && (strings.Contains(line, "+goose down") || strings.Contains(line, "+migrate down") ||
				strings.Contains(line, "migrate:down") || strings.Contains(line, "drop below")) {
				section++
			}
		}
		sections[i], at = section, s.tokens[len(s.tokens)-1].End
	}
	return sections
}
