package fix

import (
	"go/ast"
	"go/constant"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/session"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// setLocal makes SET LOCAL of SET and SET SESSION. What holds only between
// transactions, or from the next one on, would do nothing then; and of a
// parameter that is not known LOCAL may be a part already.
func setLocal(c *sqlChange) bool {
	if c.e.Object == "" && c.e.Kind == effect.Set || c.e.Object == "idle_session_timeout" || strings.HasPrefix(c.e.Object, "default_transaction_") {
		return false
	}
	i := c.first()
	switch {
	case c.word(i) != "set":
		return false
	case c.word(i+1) == "session":
		return c.replace(c.tokens[i+1].Start, c.tokens[i+1].End, c.like(i+1, "LOCAL"))
	}
	return c.insert(i, " LOCAL")
}

// setConfigLocal makes true of the third argument of set_config, in the text
// or among what is bound.
func setConfigLocal(c *sqlChange) bool {
	if c.e.Local != effect.False {
		return false
	}
	if c.e.LocalParam != "" {
		return c.bindTrue()
	}
	i, ok := c.argument(2)
	if !ok || c.word(i+1) != ")" && c.word(i+1) != "::" {
		return false
	}
	t := c.tokens[i]
	switch {
	case c.word(i) == "false":
		return c.replace(t.Start, t.End, c.like(i, "TRUE"))
	case t.Kind == pgquery.Str && c.q.Text.Value[t.Start] == '\'':
		return c.replace(t.Start, t.End, "'true'")
	}
	return false
}

// argument is the first token of the n-th argument of the effect's call.
func (c *sqlChange) argument(n int) (int, bool) {
	depth := 0
	for i := c.token(c.first(), "("); i > 0 && i < len(c.tokens) && c.tokens[i].Start < c.e.End; i++ {
		switch c.word(i) {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		case ",":
			if depth == 1 {
				n--
			}
			continue
		}
		if depth == 1 && n == 0 && c.word(i) != "(" {
			return i, true
		}
	}
	return 0, false
}

// bindTrue makes true of what every use binds to the third argument.
func (c *sqlChange) bindTrue() bool {
	n, err := strconv.Atoi(c.e.LocalParam)
	if err != nil || !c.boundOnce() {
		return false
	}
	for _, u := range c.q.Uses {
		value, ok := u.Bound(c.e.LocalParam)
		arg := u.BoundExpr(n)
		if !ok || arg == nil || u.Call == nil || arg.Pos() < u.Call.Pos() || u.Call.End() < arg.End() {
			return false
		}
		if effect.SetConfig != (effect.Effect{LocalParam: "1"}).Bind(func(p string) (string, bool) { return value, p == "1" }).Kind {
			continue // true already
		}
		with, ok := c.trueAs(arg)
		if !ok {
			return false
		}
		c.edits = append(c.edits, analysis.TextEdit{Pos: arg.Pos(), End: arg.End(), NewText: []byte(with)})
	}
	return len(c.edits) > 0
}

// boundOnce reports whether the placeholder of the third argument is that of
// nothing else.
func (c *sqlChange) boundOnce() bool {
	places, arguments := 0, 0
	for i, t := range c.tokens {
		if t.Kind == pgquery.Param && c.word(i) == "$"+c.e.LocalParam {
			places++
		}
	}
	for _, e := range session.Analyze(c.q.Text.Value).Effects {
		if e.LocalParam == c.e.LocalParam {
			arguments++
		}
	}
	return places == 0 || places == arguments
}

// trueAs is true as the constant arg spells false.
func (c *sqlChange) trueAs(arg ast.Expr) (string, bool) {
	tv := c.Pass.TypesInfo.Types[arg]
	if _, imported := ast.Unparen(arg).(*ast.SelectorExpr); imported || tv.Value == nil {
		return "", false // without it the import may be unused
	}
	basic, ok := tv.Type.Underlying().(*types.Basic)
	switch {
	case !ok:
		return "", false
	case tv.Value.Kind() == constant.Bool && basic.Info()&types.IsBoolean != 0:
		return "true", true
	case tv.Value.Kind() == constant.String && basic.Info()&types.IsString != 0:
		return `"true"`, true
	}
	return "", false
}

// onCommitDrop puts ON COMMIT DROP where PostgreSQL's grammar has it: before
// TABLESPACE and AS. A table that another transaction may use is left alone.
// https://www.postgresql.org/docs/current/sql-createtable.html
func onCommitDrop(c *sqlChange) bool {
	i := c.first()
	if c.word(i) != "create" || c.token(i, "temp", "temporary") < 0 || c.token(i, "table") < 0 || c.token(i, "exists") > 0 {
		return false
	}
	if c.e.Object == "" || !c.staysInTransaction(c.e.Object) {
		return false
	}
	for i < len(c.tokens) && c.tokens[i].Start < c.e.End {
		i++
	}
	depth := 0
	for ; i < len(c.tokens) && c.word(i) != ";"; i++ {
		switch w := c.word(i); {
		case w == "(":
			depth++
		case w == ")":
			depth--
		case depth > 0:
		case c.tokens[i].Kind == pgquery.Spot || strings.ContainsRune(w, session.Hole):
			return false // it may hold any clause
		case w == "on" && c.word(i+1) == "commit":
			return false
		case w == "tablespace" || w == "as":
			return c.replace(c.tokens[i-1].End, c.tokens[i-1].End, c.like(c.first(), " ON COMMIT DROP"))
		}
	}
	return depth == 0 && !c.tokens[i-1].Broken && c.replace(c.tokens[i-1].End, c.tokens[i-1].End, c.like(c.first(), " ON COMMIT DROP"))
}

// withoutHold removes WITH HOLD from a cursor that is read to its end in the
// function that declares it, in a transaction.
func withoutHold(c *sqlChange) bool {
	name := c.e.Object
	hold := c.token(c.first(), "hold")
	if name == "" || hold < 0 || c.word(hold-1) != "with" || !c.staysInTransaction(name) {
		return false
	}
	fetched := false
	for _, q := range c.SQL.Queries {
		fetched = fetched || q != c.q && mentions(q.Text.Value, name) && mentions(q.Text.Value, "fetch")
	}
	// From behind the token before WITH, so that one space remains.
	return fetched && c.replace(c.tokens[hold-2].End, c.tokens[hold].End, "")
}

// staysInTransaction reports whether every text of the package that names what
// is created is known to run in the transaction that creates it.
func (c *sqlChange) staysInTransaction(name string) bool {
	name = name[strings.LastIndexByte(name, '.')+1:]
	return !slices.ContainsFunc(c.SQL.Queries, func(q *sqlflow.Query) bool {
		return mentions(q.Text.Value, name) && !(inTransaction(q) && c.sameTransaction(q))
	})
}

// sameTransaction reports whether a text runs in the transaction of the change,
// and nowhere else.
func (c *sqlChange) sameTransaction(q *sqlflow.Query) bool {
	first := c.q.Uses[0]
	other := func(u sqlflow.Use) bool { return !c.SQL.SameTransaction(first, u) }
	return !slices.ContainsFunc(q.Uses, other) && !slices.ContainsFunc(c.q.Uses, other)
}

// mentions reports whether a text has a word, in any case.
func mentions(text, word string) bool {
	text, word = strings.ToLower(text), strings.ToLower(word)
	for at := 0; ; {
		n := strings.Index(text[at:], word)
		if n < 0 {
			return false
		}
		start, end := at+n, at+n+len(word)
		if (start == 0 || !isWord(text[start-1])) && (end == len(text) || !isWord(text[end])) {
			return true
		}
		at = start + 1
	}
}

func isWord(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '_' || c >= 0x80
}
