// Package fix makes the edits that mend findings, and says what must be in view
// before one is offered: the program's meaning stays for every use of what is
// edited, or there is no fix.
package fix

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// sqlFix makes another effect of one, by an edit that keeps what the program
// means: what ended with the session ends with its transaction.
type sqlFix struct {
	becomes effect.Kind
	title   string
	edit    func(*sqlChange) bool
}

// Not included: SET SESSION CHARACTERISTICS, whose counterpart is an argument
// of Begin; SET SESSION AUTHORIZATION, which only a superuser may do at all;
// RESET and DISCARD, which undo what a fix leaves nothing of.
var sqlFixes = map[effect.Kind]sqlFix{
	effect.Set:          {becomes: effect.SetLocal, title: "Use SET LOCAL", edit: setLocal},
	effect.SetRole:      {becomes: effect.SetLocalRole, title: "Use SET LOCAL ROLE", edit: setLocal},
	effect.SetConfig:    {becomes: effect.SetConfigLocal, title: "Set it for the transaction", edit: setConfigLocal},
	effect.AdvisoryLock: {becomes: effect.AdvisoryXactLock, title: "Lock for the transaction", edit: xactLock},
	effect.TempObject:   {becomes: effect.TempOnCommitDrop, title: "Drop it on commit", edit: onCommitDrop},
	effect.CursorHold:   {becomes: effect.Cursor, title: "Remove WITH HOLD", edit: withoutHold},
}

// Fixer makes the fixes of one package. No two of those that it lets be taken
// edit the same.
type Fixer struct {
	Pass *analysis.Pass
	SQL  *sqlflow.SQL

	// ExecMode is the mode of pgx v5 that fixes set, "" for cache_describe.
	ExecMode string
	// PollOnly: River's clients may be made to poll, which costs them latency.
	PollOnly bool

	claimed  []analysis.TextEdit
	advisory *locks
	sources  map[*token.File]string
}

// IsExecMode reports whether a mode is one that fixes can set.
func IsExecMode(mode string) bool { return goModes[mode] != "" }

// Counterpart is the kind that a fix makes of another: what ends with the
// transaction of what ends with the session.
func Counterpart(of effect.Kind) (effect.Kind, bool) {
	f, ok := sqlFixes[of]
	return f.becomes, ok
}

// OfEffect is the edit that makes its counterpart of e, an effect of q that is
// reported at pos, or nil: the pooler must be ok with that.
func (x *Fixer) OfEffect(q *sqlflow.Query, e effect.Effect, p *pooler.Pooler, pos token.Pos) *analysis.SuggestedFix {
	f, ok := sqlFixes[e.Kind]
	if !ok || e.Body != effect.Direct || q.Mode != sqlflow.Statement || !inTransaction(q) {
		return nil
	}
	if p.Verdict(effect.Effect{Kind: f.becomes, Object: e.Object}).Outcome != pooler.OK {
		return nil // contested too: it would be silenced, not mended
	}
	c := x.change(q, e, pos)
	if c.endsTransaction() || !f.edit(c) || !c.oneFile() || !c.servesNothingElse(f) {
		return nil
	}
	if slices.ContainsFunc(q.Uses, x.SQL.Outlived) {
		return nil
	}
	return &analysis.SuggestedFix{Message: f.title, TextEdits: c.edits}
}

// sqlChange is one effect of a text that is being made another.
type sqlChange struct {
	*Fixer
	q      *sqlflow.Query
	e      effect.Effect
	pos    token.Pos // where it is reported
	tokens []pgquery.Token
	edits  []analysis.TextEdit
	at     []int // in the text, where its literals are edited

	// replace puts with in the place of bytes of the text.
	replace func(start, end int, with string) bool
}

func (x *Fixer) change(q *sqlflow.Query, e effect.Effect, pos token.Pos) *sqlChange {
	c := &sqlChange{Fixer: x, q: q, e: e, pos: pos, tokens: pgquery.Scan(q.Text.Value)}
	c.replace = func(start, end int, with string) bool {
		edit, ok := c.SQL.Edit(c.q.Text, start, end, with)
		if ok {
			c.edits = append(c.edits, edit)
			c.at = append(c.at, max(0, min(start, end-1)))
		}
		return ok
	}
	return c
}

func (x *Fixer) file(pos token.Pos) *ast.File {
	for _, f := range x.Pass.Files {
		if f.FileStart <= pos && pos <= f.FileEnd {
			return f
		}
	}
	return nil
}

// inTransaction reports whether a text is known to run in transactions, and
// nowhere else.
func inTransaction(q *sqlflow.Query) bool {
	return len(q.Uses) > 0 && !q.Cut() && !slices.ContainsFunc(q.Uses, func(u sqlflow.Use) bool { return u.Handle != sqlflow.Tx })
}

// endsTransaction reports whether a text begins or ends a transaction itself.
func (c *sqlChange) endsTransaction() bool {
	for i := range c.tokens {
		if i > 0 && c.word(i-1) != ";" {
			continue
		}
		switch c.word(i) {
		case "begin", "start", "commit", "end", "abort", "rollback":
			return true
		}
	}
	return false
}

// word is the i-th token in lower case, "" where there is none.
func (c *sqlChange) word(i int) string {
	if i < 0 || i >= len(c.tokens) {
		return ""
	}
	return strings.ToLower(c.q.Text.Value[c.tokens[i].Start:c.tokens[i].End])
}

// token is the first token of the effect from the i-th on that is one of the
// words, or -1.
func (c *sqlChange) token(i int, words ...string) int {
	for ; i < len(c.tokens) && c.tokens[i].Start < c.e.End; i++ {
		if slices.Contains(words, c.word(i)) {
			return i
		}
	}
	return -1
}

// first is the first token of the effect.
func (c *sqlChange) first() int {
	return slices.IndexFunc(c.tokens, func(t pgquery.Token) bool { return t.Start >= c.e.Start })
}

// insert puts words behind a token, in capitals or small letters as it is.
func (c *sqlChange) insert(behind int, words string) bool {
	t := c.tokens[behind]
	return c.replace(t.End, t.End, c.like(behind, words))
}

// like spells words as the i-th token is.
func (c *sqlChange) like(i int, words string) string {
	src := c.q.Text.Value[c.tokens[i].Start:c.tokens[i].End]
	if src == strings.ToLower(src) {
		return strings.ToLower(words)
	}
	return words
}

// oneFile reports whether all edits are in the file of the finding, and that
// nobody generates it.
func (c *sqlChange) oneFile() bool {
	file := c.file(c.pos)
	return file != nil && !ast.IsGenerated(file) && !slices.ContainsFunc(c.edits, func(e analysis.TextEdit) bool {
		return e.Pos < file.FileStart || e.End > file.FileEnd
	})
}

// servesNothingElse reports whether the literals that are edited are of use to
// this text alone, or to others to which the same is done.
func (c *sqlChange) servesNothingElse(f sqlFix) bool {
	for _, off := range c.at {
		queries, ok := c.SQL.Sharing(c.q.Text, off)
		if !ok {
			return false
		}
		for _, q := range queries {
			if q != c.q && !c.doneTo(q, f) {
				return false
			}
		}
	}
	return true
}

// doneTo reports whether the fix makes the same edits for another text.
func (c *sqlChange) doneTo(q *sqlflow.Query, f sqlFix) bool {
	a := q.Analysis()
	if a == nil || q.Mode != sqlflow.Statement || !inTransaction(q) {
		return false
	}
	for _, e := range a.Effects {
		pos, _, ok := q.Text.Range(e.Start, e.End)
		e = e.Bind(q.Uses[0].Bound)
		if !ok || pos != c.pos || e.Kind != c.e.Kind {
			continue
		}
		other := c.change(q, e, pos)
		return !other.endsTransaction() && f.edit(other) && sameEdits(other.edits, c.edits)
	}
	return false
}

func sameEdits(a, b []analysis.TextEdit) bool { return slices.EqualFunc(a, b, sameEdit) }

func sameEdit(a, b analysis.TextEdit) bool {
	return a.Pos == b.Pos && a.End == b.End && string(a.NewText) == string(b.NewText)
}

// Claim keeps the edits of a fix to itself. It is false where another finding's
// fix edits the same, but for the very same edit, such as of an import: what
// applies both makes it once.
func (x *Fixer) Claim(fix *analysis.SuggestedFix) bool {
	for _, e := range fix.TextEdits {
		if slices.ContainsFunc(x.claimed, func(o analysis.TextEdit) bool { return !sameEdit(e, o) && e.Pos <= o.End && o.Pos <= e.End }) {
			return false
		}
	}
	x.claimed = append(x.claimed, fix.TextEdits...)
	return true
}
