package trace

import (
	"cmp"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/client"
	"github.com/poolvet/poolvet/internal/effect"
)

// see notes which texts of the program the statement can be an instance of.
func (k *statement) see(sources []*Source) {
	for _, s := range sources {
		if s.SQL != "" && s.pattern.fits(k) {
			k.code = append(k.code, s)
			s.seen = true
		}
	}
	k.code = k.Comment.narrow(k.code)
	slices.SortStableFunc(k.code, func(a, b *Source) int { return cmp.Compare(b.pattern.known, a.pattern.known) })
}

// attribute says whose rows are. What names the application or the statement
// decides, then the program's texts, its libraries, and what others are known to
// send; where that leaves several, what else the same application sends.
func (l *Log) attribute(rows []*Row, sources []*Source) {
	patterns := map[string]pattern{} // of what others send
	for _, r := range rows {
		r.Code = r.code
		r.Clients = client.Senders(r.App, r.Comment.tags(), func(sql string) bool {
			p, ok := patterns[sql]
			if !ok {
				p = patternOf(strings.ReplaceAll(sql, "…", hole), false, NoParams)
				patterns[sql] = p
			}
			return p.fits(r.statement)
		})
		r.application.note(r)
	}
	for _, k := range l.kinds {
		k.testify()
	}
	for _, r := range rows {
		r.library(sources)
		r.decide()
		r.likeliest()
	}
}

// named reports whether a name, of the application or in a comment, says that it is
// another client's.
func (r *Row) named() bool {
	return slices.ContainsFunc(r.Clients, func(k client.Known) bool { return k.Named })
}

// decide is between the program, with its libraries, and what others send.
func (r *Row) decide() {
	own, here := r.ownClient(), r.vouched(r.statement)
	switch {
	case r.named():
		r.Code, r.Library = nil, nil
	case r.by != nil:
		r.prepared()
	case (own || r.isOther()) && !here:
		r.Code, r.Library = nil, nil
	case own: // both under one name
	case len(r.Code) == 0:
		r.decideLibrary(here || r.byCode > 0)
	case r.Code[0].pattern.Key() == r.Key(): // else it is one of several that the code can send
		r.Clients = nil
	case here:
		r.Clients = slices.DeleteFunc(r.Clients, func(k client.Known) bool { return !k.IsOwn() })
	}
}

// decideLibrary is between a library of the program and what others send; here
// tells that the application is the program, where another may be at work as well.
func (r *Row) decideLibrary(here bool) {
	switch {
	case len(r.Library) == 0:
	case slices.ContainsFunc(r.Clients, client.Known.IsOwn):
		r.Library = nil
	case here:
		r.Clients = slices.DeleteFunc(r.Clients, func(k client.Known) bool { return !slices.Contains(r.prepares, k.Client) })
	}
}

// prepared is for a row whose prepared statement has a name as a client gives.
// A framework of its language may have told the client to send it.
func (r *Row) prepared() {
	if r.by.IsGo() {
		r.Clients = nil
		if len(r.Code)+len(r.Library) == 0 {
			r.Clients = []client.Known{{Client: r.by}}
		}
		return
	}
	r.Code, r.Library = nil, nil
	if i := slices.IndexFunc(r.Clients, func(k client.Known) bool { return k.Client == r.by }); i >= 0 {
		r.Clients = []client.Known{{Client: r.by, Sent: r.Clients[i].Sent, Named: true}}
		return
	}
	r.Clients = slices.DeleteFunc(r.Clients, func(k client.Known) bool { return k.Prepared != nil || k.Lang != r.by.Lang })
	if len(r.Clients) == 0 {
		r.Clients = []client.Known{{Client: r.by, Named: true}}
	}
}

// ownClient reports whether one of the clients explains more of what the
// application sends than the program's texts do.
func (r *Row) ownClient() bool {
	return slices.ContainsFunc(r.Clients, func(k client.Known) bool { return r.byClient[k.Client] > max(1, r.byCode) })
}

// likeliest leaves of several clients those that explain most of what the
// application sends, these first, and those that are at work in it for sure: under
// one name there can be several. It names the application where nothing explains
// the row.
func (r *Row) likeliest() {
	other := r.isOther() && !r.vouched(r.statement)
	if other {
		r.Clients = slices.DeleteFunc(r.Clients, func(k client.Known) bool { return !k.Named && !r.speaks(k.Lang) })
	}
	most := 1
	for _, k := range r.Clients {
		most = max(most, r.byClient[k.Client])
	}
	if most > 1 {
		r.Clients = slices.DeleteFunc(r.Clients, func(k client.Known) bool { return r.byClient[k.Client] < most && !r.isAtWork(k.Client) })
		slices.SortStableFunc(r.Clients, func(a, b client.Known) int { return cmp.Compare(r.byClient[b.Client], r.byClient[a.Client]) })
	}
	if len(r.Code)+len(r.Library)+len(r.Clients) == 0 && other {
		for _, c := range r.prepares {
			r.Clients = append(r.Clients, client.Known{Client: c, Named: true})
		}
	}
}

// library finds what a library of the program sends by itself. A listener's
// channels are texts of the program.
func (r *Row) library(sources []*Source) {
	for _, s := range sources {
		if s.SQL == "" && (len(r.Code) == 0 || s.Does.Kind != effect.Listener) &&
			slices.ContainsFunc(r.effects, func(e effect.Effect) bool { return comesOf(e, s.Does) }) {
			r.Library = append(r.Library, s)
		}
	}
}

// sends are the effects that statements of a library have, by what it is told.
var sends = map[effect.Kind][]effect.Kind{
	effect.ConnectSet:     {effect.Set},
	effect.Listener:       {effect.Listen, effect.Unlisten},
	effect.MigrationLock:  {effect.AdvisoryLock, effect.AdvisoryUnlock},
	effect.EvictStatement: {effect.Deallocate},
}

// comesOf reports whether a statement with effect e can come of what a library
// does.
func comesOf(e, does effect.Effect) bool {
	if e.Kind != does.Kind && !slices.Contains(sends[does.Kind], e.Kind) {
		return false
	}
	return does.Kind != effect.ConnectSet && does.Kind != effect.Set || strings.EqualFold(e.Object, does.Object)
}
