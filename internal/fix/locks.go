package fix

import (
	"go/ast"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/sqlflow"
)

// advisory is an advisory lock of a session, or an unlock.
type advisory struct {
	q     *sqlflow.Query
	e     effect.Effect
	in    *ast.FuncDecl // that all of its uses are in, nil for none
	key   string        // as key spells it
	ofAll bool          // of pg_advisory_unlock_all
}

// locks are those of a package, found by what they are of, so that a fix of each
// does not look at all others.
type locks struct {
	taken   map[*ast.FuncDecl]map[string][]advisory // by function and key
	unlocks []advisory
	known   map[string][]advisory // those of unlocks by key, where it says all
	open    []advisory            // the others
}

func (x *Fixer) locks() *locks {
	if x.advisory != nil {
		return x.advisory
	}
	l := &locks{taken: map[*ast.FuncDecl]map[string][]advisory{}, known: map[string][]advisory{}}
	x.advisory = l
	for _, q := range x.SQL.Queries {
		a := q.Analysis()
		if a == nil {
			continue
		}
		for _, e := range a.Effects {
			if e.Kind == effect.AdvisoryLock || e.Kind == effect.AdvisoryUnlock {
				l.add(x.SQL, q, e)
			}
		}
	}
	return l
}

func (l *locks) add(sql *sqlflow.SQL, q *sqlflow.Query, e effect.Effect) {
	spelled, known := key(q, e)
	at := advisory{q, e, functionOf(sql, q), spelled, strings.Contains(strings.ToLower(e.Words), "unlock_all")}
	if e.Kind == effect.AdvisoryLock {
		if l.taken[at.in] == nil {
			l.taken[at.in] = map[string][]advisory{}
		}
		l.taken[at.in][spelled] = append(l.taken[at.in][spelled], at)
		return
	}
	l.unlocks = append(l.unlocks, at)
	if known && !at.ofAll {
		l.known[spelled] = append(l.known[spelled], at)
	} else {
		l.open = append(l.open, at)
	}
}

// lockedIn are the locks of a key that a function takes.
func (l *locks) lockedIn(decl *ast.FuncDecl, key string) []advisory {
	if decl == nil {
		return nil
	}
	return l.taken[decl][key]
}

// unlocksOf are the unlocks that may be of a lock: where its key says all, those
// of that key, and those whose key does not.
func (l *locks) unlocksOf(key string, known bool) []advisory {
	if !known {
		return l.unlocks
	}
	return slices.Concat(l.known[key], l.open)
}

// functionOf is the declared function that a text runs in, nil where it runs in
// several, or in none.
func functionOf(sql *sqlflow.SQL, q *sqlflow.Query) (decl *ast.FuncDecl) {
	for i, u := range q.Uses {
		in := sql.Flow.Function(u.Node)
		if in == nil || i > 0 && in != decl {
			return nil
		}
		decl = in
	}
	return decl
}
