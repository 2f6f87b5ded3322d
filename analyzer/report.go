package analyzer

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/poolvet/poolvet/internal/behind"
	"github.com/poolvet/poolvet/internal/concern"
	"github.com/poolvet/poolvet/internal/dialect"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/fix"
	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/handle"
	"github.com/poolvet/poolvet/internal/message"
	"github.com/poolvet/poolvet/internal/physical"
	"github.com/poolvet/poolvet/internal/pooler"
	"github.com/poolvet/poolvet/internal/sqlflow"
	"github.com/poolvet/poolvet/internal/text"
	"github.com/poolvet/poolvet/internal/undone"
)

// report gathers what is found in one package.
type report struct {
	*settings
	*code
	Result
	directives []*directive
	dialects   *dialect.Files
	places     map[place]bool
	leftOut    map[*ast.File]bool // see leavesOut
	undone     *undone.Index
	fixer      *fix.Fixer
	behind     *behind.Places
	left       map[place]bool // what is not reported; true where -strict does
	doubts     []doubt
	apart      map[*ast.FuncDecl]bool            // those that run what runs in no transaction, once asked for
	resets     map[*ast.FuncDecl][]effect.Effect // once asked for
	listeners  map[types.Object]bool             // those that are reported where they listen
	steps      map[string]*token.File            // on the way to what is called
}

// place is where one rule has reported: once is enough.
type place struct {
	pos  token.Pos
	rule string
}

// queries reports the effects of the SQL that reaches a sink.
func (r *report) queries() {
	var texts unreads
	r.undone = undone.New(r.sql, r.silences)
	for _, q := range r.sql.Queries {
		uses := slices.DeleteFunc(slices.Clone(q.Uses), func(u sqlflow.Use) bool { return r.leavesOut(u.Node.Pos()) })
		if n := q.Text.Node(0); len(uses) == 0 || n != nil && r.leavesOut(n.Pos()) {
			continue
		}
		if q.Mode == sqlflow.Channel {
			r.channel(q, uses)
			continue
		}
		r.routines(q, uses)
		a := q.Analysis()
		if a == nil {
			continue
		}
		if start, _, ok := q.Text.Range(0, len(q.Text.Value)); ok {
			texts.note(start, a.Parsed || len(a.Effects) > 0, r.unreadIn(q, a, uses))
		}
		for _, e := range a.Effects {
			r.effect(q, uses, e)
		}
	}
	r.Skipped = texts.skipped()
	for _, c := range r.flow.Cuts() {
		if !r.skips(c.Pos) && r.concerned(r.cut(c.Pos), []token.Pos{c.Pos}) {
			r.Skipped = append(r.Skipped, Skipped{Pos: c.Pos, Reason: c.Reason})
		}
	}
}

// channel reports the calls that listen on a channel by a library's method.
func (r *report) channel(q *sqlflow.Query, uses []sqlflow.Use) {
	for _, u := range r.usesOf(q, uses, effect.Effect{}) {
		if handle.Listens(r.flow.Callee(u.Call)) || r.listensAgain(u.Call) {
			continue // a listener by itself, or one that is reported already
		}
		words := flow.Called(u.Call)
		name := words[strings.LastIndexByte(words, '.')+1:]
		e := effect.Effect{Kind: effect.Listen, Object: q.Text.Value, Words: words}
		if x, ok := q.Text.Node(0).(ast.Expr); ok {
			e.Words += "(" + types.ExprString(x) + ")"
		}
		if strings.HasPrefix(name, "Unlisten") {
			e.Kind = effect.Unlisten
		}
		r.judge(q, e, &u, u.Call.Pos(), u.Call.End())
	}
}

// listensAgain reports whether a listener that is reported where it is made, or
// where it listened before, listens once more.
func (r *report) listensAgain(call *ast.CallExpr) bool {
	made, holder := r.opened().Listener(call)
	if made && r.enabled("listener") {
		return true
	}
	again := holder != nil && r.listeners[holder]
	r.listeners[holder] = true
	return again
}

// elsewhere reports whether a text stands in a file that is not analysed, or
// is for another database.
func (r *report) elsewhere(t text.Text) bool {
	if n := t.Node(0); n != nil && r.skips(n.Pos()) {
		return true
	}
	file := t.File(0)
	if file == nil {
		n := t.Node(0)
		return n != nil && r.branches.Of(n) == dialect.Other
	}
	return r.otherFile(file)
}

// leavesOut reports whether nothing in the file at pos is for a pooler of
// PostgreSQL's: tests, and what is for CockroachDB with the same drivers.
func (r *report) leavesOut(pos token.Pos) bool {
	file := r.file(pos)
	if file == nil {
		return false
	}
	left, ok := r.leftOut[file]
	if !ok {
		left = !r.Tests && concern.Test(r.pass.Fset, file) || r.imported().Cockroach(file)
		r.leftOut[file] = left
	}
	return left
}

// skips reports whether the file at pos is a test, or holds another dialect.
func (r *report) skips(pos token.Pos) bool {
	file := r.file(pos)
	if file == nil {
		return false
	}
	return r.leavesOut(pos) || r.imported().Other(file)
}

func (r *report) file(pos token.Pos) *ast.File {
	for _, f := range r.pass.Files {
		if f.FileStart <= pos && pos <= f.FileEnd {
			return f
		}
	}
	return nil
}

// function names the declaration that pos stands in, or the file where that is
// no Go file.
func (r *report) function(pos token.Pos) string {
	if file := r.file(pos); file != nil {
		return flow.Declared(file, pos)
	}
	return filepath.Base(physical.Position(r.pass.Fset, pos).Filename)
}

// effect reports one effect of a text, once for all its uses.
func (r *report) effect(q *sqlflow.Query, uses []sqlflow.Use, e effect.Effect) {
	pos, end, ok := q.Text.Range(e.Start, e.End)
	if !ok {
		return
	}
	if len(uses) == 0 {
		r.judge(q, e, nil, pos, end)
		return
	}
	uses = r.usesOf(q, uses, e)
	for _, u := range uses {
		r.hooks.Note(u.Call, r.undone.Mark(q, e.Bind(u.Bound), u), pos)
	}
	for _, u := range uses {
		if r.judge(q, r.undone.Mark(q, e.Bind(u.Bound), u), &u, pos, end) {
			return
		}
	}
}

// judge reports an effect if the pooler minds it.
func (r *report) judge(q *sqlflow.Query, e effect.Effect, u *sqlflow.Use, pos, end token.Pos) bool {
	at := []token.Pos{pos}
	if u != nil {
		at = append(at, u.Node.Pos())
	}
	if n := q.Text.Node(e.Start); n != nil {
		at = append(at, n.Pos())
	}
	names := r.behind.Of(at, u)
	e.OnTransaction = u != nil && u.Handle == sqlflow.Tx
	e.Mixed = e.Mixed && q.Mode == sqlflow.Statement // migration libraries may split a file
	p, v := r.worst(names, e)
	rule := ruleOf(e)
	out := pooler.OutsideTransaction(e.Kind)
	outside := out.Outcome != pooler.OK && r.outsideTx(q.Text.Value, e, u, v)
	if outside {
		v, rule = out, outsideRule(e.Kind)
	}
	r.givenPools(q, e, u)
	if rule == nil || !r.reports(e, v) {
		r.leave(e, v, p, rule, pos)
		return false
	}
	if !outside && r.isShown(q.Text.Node(e.Start)) {
		return true
	}
	s := r.situationOf(q, e, u)
	s.OutsideTx = outside
	m := message.Of(e, p, v, s)
	if u == nil {
		m.Consequence, m.Conditional = "is not seen to run, and where it does, it "+m.Consequence, true
	}
	if lines := r.transactionRemedy(q, e, u, p, s); lines != "" {
		m.Remedy = lines
	}
	if u != nil {
		m.Consequence = r.inHook(u.Node.Pos(), m.Consequence)
	}
	f := Finding{
		Rule: rule.ID, Outcome: string(v.Outcome), Evidence: string(v.Evidence), Pooler: p.String(),
		Pos: pos, End: end,
		Message:     m.Line(rule.ID),
		Remedy:      m.Remedy,
		Reference:   v.Reference,
		Object:      e.Object,
		Scope:       string(e.Kind.Scope()),
		Text:        m.What,
		Conditional: m.Conditional,
		Related:     r.related(e),
		shownAt:     shownAt(q.Text.File(e.Start), u),
		Fix:         r.fixer.OfEffect(q, e, p, pos),
	}
	if r.doubtful(v) {
		r.doubt(f, at)
		return false
	}
	r.add(f, at)
	return true
}

// add keeps a finding, unless its rule is off, it is ignored, or it has been
// reported already.
func (r *report) add(f Finding, at []token.Pos) {
	if !r.enabled(f.Rule) || r.places[place{f.Pos, f.Rule}] {
		return
	}
	r.places[place{f.Pos, f.Rule}] = true
	if file := r.pass.Fset.File(f.Pos); file != nil {
		// What is missing in a file with a syntax error can end behind it.
		f.End = min(f.End, token.Pos(file.Base()+file.Size()))
	}
	f.Func = r.function(f.Pos)
	for _, d := range r.directives {
		if d.Verb == "ignore" && d.Problem == "" && slices.Contains(d.Rules, f.Rule) && d.covers(at...) {
			d.used = true
			r.Left.Ignored++
			return
		}
	}
	if f.Fix != nil && (physical.IsMade(r.pass.Fset, f.Pos) || !r.fixer.Claim(f.Fix)) {
		f.Fix = nil
	}
	r.Findings = append(r.Findings, f)
}

// unusedDirectives reports directives that are wrong or silence nothing.
func (r *report) unusedDirectives() {
	for _, d := range r.directives {
		problem := d.Problem
		if problem == "" && !d.isUsed() {
			if r.skips(d.pos) || d.Verb == "ignore" && !slices.ContainsFunc(d.Rules, r.enabled) {
				continue
			}
			problem = d.Verb + " changes nothing here: remove it"
		}
		if problem != "" {
			r.Findings = append(r.Findings, Finding{
				Rule: "directive", Pooler: r.pooler.String(), Pos: d.pos, End: d.end,
				Message: d.As + ": " + problem + " (directive)", Remedy: problem,
				Text: d.As, Func: r.function(d.pos), shownAt: d.shownAt,
			})
		}
	}
}

// shownAt is the place in Go for what stands in an embedded file: the variable
// that embeds it or, where that is another package's, what runs it.
func shownAt(f *text.File, u *sqlflow.Use) ast.Node {
	switch {
	case f == nil:
	case f.Pattern != nil:
		return f.Pattern
	case u != nil:
		return u.Node
	}
	return nil
}

// moveToEmbed places what stands in embedded files in Go files. A fix stays
// behind: it would edit another file than that of its finding.
func (r *report) moveToEmbed() {
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.shownAt == nil {
			continue
		}
		there, here := physical.Position(r.pass.Fset, f.Pos), physical.Position(r.pass.Fset, f.shownAt.Pos())
		name, err := filepath.Rel(filepath.Dir(here.Filename), there.Filename)
		if err != nil {
			name = there.Filename
		}
		f.Message = fmt.Sprintf("%s:%d: %s", filepath.ToSlash(name), there.Line, f.Message)
		f.Pos, f.End, f.Fix = f.shownAt.Pos(), f.shownAt.End(), nil
	}
}

// sort puts the findings in order, at the places that the options ask for.
func (r *report) sort() {
	if r.AtEmbed {
		r.moveToEmbed()
	}
	// Embedded files have their positions in the order in which they were read.
	file := func(f Finding) string { return physical.Position(r.pass.Fset, f.Pos).Filename }
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(file(a), file(b)), cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Rule, b.Rule))
	})
	for i := range r.Findings {
		r.Findings[i].shownAt = nil // which holds the code
	}
}

// diagnostics reports the findings to the driver of the analysis.
func (r *report) diagnostics() {
	for _, f := range r.Findings {
		d := analysis.Diagnostic{Pos: f.Pos, End: f.End, Category: f.Rule, Message: f.Message}
		if LookupRule(f.Rule) != nil {
			d.URL = docsURL + f.Rule + ".md"
		}
		if f.Fix != nil {
			d.SuggestedFixes = []analysis.SuggestedFix{*f.Fix}
		}
		for _, related := range f.Related {
			if r.AtEmbed { // golangci-lint makes findings of their own of them
				break
			}
			d.Related = append(d.Related, analysis.RelatedInformation{Pos: related.Pos, Message: related.Message})
		}
		r.pass.Report(d)
	}
}
