package trace

import (
	"regexp"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/client"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
	"github.com/poolvet/poolvet/internal/session"
)

// Normal is a statement without its values: those that decide what it does to
// the session, set_config's name and its third argument, are kept, and what tells a
// client.
type Normal struct {
	Text    string // a Hole for each value, and for each part that is not known
	Comment Comment

	tokens []token
}

// token is one of a Normal.
type token struct {
	src  string // "" for a value, and for what is not known
	any  bool   // not known: it can be several tokens, or none
	kept bool   // a value that was kept
}

const hole = string(session.Hole)

// Of normalises one statement; param gives the value of a placeholder, where it
// is known.
func Of(sql string, param func(name string) (string, bool)) Normal {
	n := normaliser{sql: sql, all: pgquery.Scan(sql), param: param}
	for i := 0; i < len(n.all); {
		i = n.next(i)
	}
	return Normal{Text: textOf(n.out), Comment: commentOf(sql, n.all), tokens: n.out}
}

// NoParams is of a statement whose placeholders have no known values.
func NoParams(string) (string, bool) { return "", false }

// Key tells statements apart: their words in any case.
func (n Normal) Key() string { return strings.ToLower(n.Text) }

type normaliser struct {
	sql   string
	all   []pgquery.Token
	param func(name string) (string, bool)
	first int // the token that the statement begins with: a body has several
	out   []token
}

func (n *normaliser) src(i int) string {
	if i < 0 || i >= len(n.all) {
		return ""
	}
	return n.sql[n.all[i].Start:n.all[i].End]
}

func (n *normaliser) is(i int, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(n.src(i), w) })
}

// next takes the token at i, or more, and returns the one behind them.
func (n *normaliser) next(i int) int {
	t, src := n.all[i], n.src(i)
	switch {
	case src == ";" && i == len(n.all)-1:
	case src == ";" || n.is(i, "begin", "then", "else", "loop"):
		n.out = append(n.out, token{src: src})
		n.first = i + 1
	case n.is(i, "set_config") && n.src(i+1) == "(" && n.all[i+1].Close > 0:
		return n.setConfig(i)
	case i == 0 && n.is(0, "do"):
		return n.block()
	case n.assigned(i):
		return n.rest(i)
	case n.numbered(i):
		n.out = append(n.out, token{src: uncounted(unquoted(src)), kept: true})
	case t.Place == pgquery.Unknown, t.Place == pgquery.Template:
		n.out = append(n.out, token{any: true})
	case client.IsKey(src):
		n.out = append(n.out, token{src: src, kept: true})
	case n.isValue(i):
		n.value()
	case n.signs(i):
	default:
		n.out = append(n.out, token{src: src})
	}
	return i + 1
}

// isValue reports whether token i is a value, or stands for one.
func (n *normaliser) isValue(i int) bool {
	switch t := n.all[i]; t.Kind {
	case pgquery.Str, pgquery.Dollar, pgquery.Number, pgquery.Param:
		return true
	case pgquery.Spot:
		return t.Place == pgquery.Placeholder
	}
	return n.is(i, "null", "true", "false")
}

// value adds a value. Of a list behind IN or VALUES one is enough: drivers and
// builders make them of any length.
func (n *normaliser) value() {
	k := len(n.out)
	if k >= 3 && n.out[k-1].src == "," && n.out[k-2].isValue() && n.lists(k-3) {
		n.out = n.out[:k-1]
		return
	}
	n.out = append(n.out, token{})
}

func (t token) isValue() bool { return t.src == "" && !t.any }

// lists reports whether the bracket at k opens a list of values.
func (n *normaliser) lists(k int) bool {
	if n.out[k].src != "(" || k == 0 {
		return false
	}
	before := n.out[k-1].src
	return strings.EqualFold(before, "in") || strings.EqualFold(before, "values") || before == ","
}

// signs reports whether token i is the sign of a number.
func (n *normaliser) signs(i int) bool {
	if src := n.src(i); src != "-" && src != "+" || i+1 >= len(n.all) || n.all[i+1].Kind != pgquery.Number || n.all[i+1].Start != n.all[i].End {
		return false
	}
	before := n.src(i - 1)
	return before == "(" || before == "," || before == "[" || i > 0 && n.all[i-1].Kind == pgquery.Op
}

// assigned reports whether the value of a SET begins at token i: it needs no
// quotes.
func (n *normaliser) assigned(i int) bool {
	first := n.first
	if n.is(first, "alter") && n.is(first+1, "role", "user", "database", "system", "function", "procedure") {
		for first < i && !n.is(first, "set") {
			first++
		}
	}
	if !n.is(first, "set") || i < first+2 || n.is(first+1, "transaction", "constraints") || n.is(first+2, "characteristics", "transaction") {
		return false
	}
	return n.is(i-1, "=", "to", "role", "authorization", "zone", "names")
}

// rest takes the value that a SET ends with; one that undoes it is kept.
func (n *normaliser) rest(i int) int {
	end := i
	for end < len(n.all) && n.src(end) != ";" {
		end++
	}
	if end == i+1 && n.is(i, "default", "none", "local") {
		n.out = append(n.out, token{src: n.src(i), kept: true})
	} else {
		n.value()
	}
	return end
}

// numbered reports whether token i is the name of a prepared statement or a
// cursor: drivers number them.
func (n *normaliser) numbered(i int) bool {
	switch {
	case n.is(i, "all", "prepare"):
		return false
	case n.is(0, "deallocate"):
		return i == 1 || i == 2 && n.is(1, "prepare")
	}
	return i == 1 && n.is(0, "prepare", "execute", "declare")
}

// uncounted is a name without the numbers by which a driver tells its names apart:
// pdo_stmt_0000000a, __asyncpg_stmt_1__, a1, dbdpg_p4711_1f.
func uncounted(name string) string {
	name = lastNumber.ReplaceAllString(name, "$1"+hole+"$2$3")
	return innerNumber.ReplaceAllString(name, hole+"_")
}

var (
	lastNumber  = regexp.MustCompile(`(_)[0-9a-f]*[0-9][0-9a-f]*_*("?)$|[0-9]+("?)$`)
	innerNumber = regexp.MustCompile(`[0-9]+_`)
)

// block takes a DO block. Its body is what it does, so that it is normalised as
// a text of its own.
func (n *normaliser) block() int {
	n.out = append(n.out, token{src: n.src(0)})
	for i, t := range n.all[1:] {
		switch src := n.src(i + 1); {
		case t.Kind == pgquery.Dollar && !t.Broken:
			tag := src[:strings.IndexByte(src[1:], '$')+2]
			n.out = append(n.out, token{src: "$$ " + Of(strings.TrimSuffix(src[len(tag):], tag), NoParams).Text + " $$"})
		case t.Kind == pgquery.Str || t.Kind == pgquery.Dollar:
			n.value()
		default:
			n.out = append(n.out, token{src: src})
		}
	}
	return len(n.all)
}

// setConfig takes a call of set_config.
func (n *normaliser) setConfig(i int) int {
	closing := i + 1 + n.all[i+1].Close
	n.out = append(n.out, token{src: n.src(i)}, token{src: "("})
	argument, depth := 0, 0
	for k := i + 2; k < closing; k++ {
		src := n.src(k)
		switch {
		case src == "(" || src == "[":
			depth++
		case src == ")" || src == "]":
			depth--
		case src == "," && depth == 0:
			argument++
		}
		if kept, ok := n.decides(k, argument); ok {
			n.out = append(n.out, token{src: kept, kept: true})
			continue
		}
		n.next(k)
	}
	n.out = append(n.out, token{src: ")"})
	return closing + 1
}

// parameterName is what a name of a parameter looks like: anything else that
// stands there is not shown.
var parameterName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_$]*(\.[A-Za-z_][A-Za-z0-9_$]*)*$`)

// decides is the value at token k, as it is kept, where it is the first or the
// third argument of set_config.
func (n *normaliser) decides(k, argument int) (kept string, ok bool) {
	value := n.src(k)
	if name := session.Placeholder(n.sql, n.all[k]); name != "" {
		if value, ok = n.param(name); !ok {
			return "", false
		}
	} else if n.all[k].Kind == pgquery.Str && len(value) > 1 && value[0] == '\'' {
		value = value[1 : len(value)-1]
	} else if argument == 0 {
		return "", false
	}
	switch {
	case argument == 0 && parameterName.MatchString(value):
		return "'" + strings.ToLower(value) + "'", true
	case argument == 2 && effect.ParseKnown(value) == effect.True:
		return "true", true
	case argument == 2 && effect.ParseKnown(value) == effect.False:
		return "false", true
	}
	return "", false
}

// textOf writes tokens as SQL, spaced as people do.
func textOf(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		src := t.src
		if src == "" {
			src = hole
		}
		if i > 0 && spaced(tokens[i-1].src, src) {
			b.WriteByte(' ')
		}
		b.WriteString(src)
	}
	return b.String()
}

func spaced(before, src string) bool {
	switch {
	case strings.Contains("),;.::[]", src), before != "" && strings.Contains("(.::[", before):
		return false
	case src == "(":
		last := before[max(0, len(before)-1):]
		isName := last != "" && (last == "_" || last == `"` || strings.ToLower(last) != strings.ToUpper(last) || "0" <= last && last <= "9")
		return !isName || slices.Contains([]string{"in", "values", "as", "and", "or", "on", "not", "from", "where", "select", "using", "over"}, strings.ToLower(before))
	}
	return true
}
