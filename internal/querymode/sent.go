package querymode

import (
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/handle"
	"github.com/poolvet/poolvet/internal/library"
)

// minds say whether the mode of a driver has a say in what is sent.
var minds = map[*library.Driver]func(handle.Sent, effect.Kind) bool{
	library.Pgx5: mindsPgx, library.Pgxpool5: mindsPgx,
	library.Pgx4: mindsPgx4, library.Pgxpool4: mindsPgx4,
	library.Pq: mindsPq,
}

// Minds reports whether the mode of d makes a statement of this kind of what is
// sent.
func Minds(d *library.Driver, sent handle.Sent, kind effect.Kind) bool { return minds[d](sent, kind) }

// Carries reports whether a handle carries what a mode of d makes a statement
// of this kind of, or may do so where it is not seen.
func Carries(l *handle.Life, d *library.Driver, kind effect.Kind) bool {
	return l.Unseen || minds[d] == nil || slices.ContainsFunc(l.Sent, func(u handle.Sent) bool { return minds[d](u, kind) })
}

// mindsPq: lib/pq splits what has arguments, outside a transaction.
func mindsPq(u handle.Sent, _ effect.Kind) bool { return u.Args && !u.Tx }

// mindsPgx: pgx sends by the simple protocol what has neither arguments nor
// rows. A statement that is split is safe in a transaction, a name is not.
func mindsPgx(u handle.Sent, kind effect.Kind) bool {
	if u.Mode {
		return false
	}
	if kind == effect.SplitStatement {
		return (u.Args || u.Rows || u.Batch) && !u.Tx
	}
	return u.Args || u.Rows || u.Batch || u.Copy
}

// mindsPgx4: what v4's CopyFrom describes has no name.
func mindsPgx4(u handle.Sent, kind effect.Kind) bool {
	u.Copy = false
	return mindsPgx(u, kind)
}
