package trace

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/client"
	"github.com/poolvet/poolvet/internal/pglog"
)

// What is kept of who sends what.
const (
	maxApps       = 1 << 14
	maxAppsOfKind = 16
)

// application is who sends statements: those of one name and user are taken for
// one program, but those of whom the log says neither.
type application struct {
	App, User string

	byCode   int                    // rows that can be of the program
	byClient map[*client.Client]int // rows that can be of others
	alone    []*client.Client       // those that some row can be of alone
	vouch    []*statement           // two that hardly anyone but the program sends
	prepares []*client.Client       // by the names of its prepared statements
}

type appKey struct{ app, user string }

func newApplication(key appKey) *application {
	return &application{App: key.app, User: key.user, byClient: map[*client.Client]int{}}
}

// application is the one that an entry is of. Those beyond maxApps are one.
func (l *Log) application(e *pglog.Entry) *application {
	if a := l.last; a != nil && a.App == e.App && a.User == e.User {
		return a
	}
	a := l.apps[appKey{e.App, e.User}]
	if a == nil {
		key := appKey{}
		if len(l.apps) < maxApps {
			key = appKey{strings.Clone(e.App), strings.Clone(e.User)}
		}
		if a = l.apps[key]; a == nil {
			a = newApplication(key)
			l.apps[key] = a
		}
	}
	l.last = a
	return a
}

// sentBy notes that an application sends a statement, prepared under a name.
func (k *statement) sentBy(a *application, name string) {
	if slices.Contains(k.apps, a) || len(k.apps) == maxAppsOfKind {
		return
	}
	k.apps = append(k.apps, a)
	if c := client.Preparing(name); c != nil && !slices.Contains(a.prepares, c) {
		a.prepares = append(a.prepares, c)
	}
}

// isAtWork reports whether the application has a client for sure.
func (a *application) isAtWork(c *client.Client) bool {
	return slices.Contains(a.prepares, c) || slices.Contains(a.alone, c)
}

// isOther reports whether the names of the application's prepared statements are
// all of clients in other languages than Go.
func (a *application) isOther() bool {
	return a.isKnown() && len(a.prepares) > 0 && !slices.ContainsFunc(a.prepares, (*client.Client).IsGo)
}

// speaks reports whether the names of its prepared statements are of a client in a
// language.
func (a *application) speaks(lang string) bool {
	return slices.ContainsFunc(a.prepares, func(c *client.Client) bool { return c.Lang == lang })
}

func (a *application) isKnown() bool { return a.App+a.User != "" }

// note counts what a row can be of.
func (a *application) note(r *Row) {
	if !a.isKnown() {
		return
	}
	if len(r.code) > 0 {
		a.byCode++
	}
	for _, k := range r.Clients {
		a.byClient[k.Client]++
	}
	if len(r.Clients) == 1 && len(r.code) == 0 && !slices.Contains(a.alone, r.Clients[0].Client) {
		a.alone = append(a.alone, r.Clients[0].Client)
	}
}

// distinct is how many words a statement has at least that hardly two programs
// have by chance.
const distinct = 6

// testify tells the applications that sent a statement which is, word by word, one
// of the program that they are this program.
func (k *statement) testify() {
	if len(k.code) == 0 || k.code[0].pattern.known < distinct || k.code[0].pattern.Key() != k.Key() {
		return
	}
	for _, a := range k.apps {
		if len(a.vouch) < 2 {
			a.vouch = append(a.vouch, k)
		}
	}
}

// vouched reports whether another statement than k says that the application is
// the program.
func (a *application) vouched(k *statement) bool {
	return a.isKnown() && slices.ContainsFunc(a.vouch, func(other *statement) bool { return other != k })
}
