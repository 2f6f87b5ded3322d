package driver

import (
	"go/ast"
	"go/types"

	"github.com/poolvet/poolvet/internal/session"
)

const riverPath = "github.com/riverqueue/river"

// riverLibrary is river, and pgxlisten, which listen on a connection of their
// own. https://pkg.go.dev/github.com/riverqueue/river#Config
var riverLibrary = library{
	riverPath: {
		{names: "NewClient", role: does, kind: session.Listener, check: riverListens,
			remedy: "set PollOnly: true in river.Config, or give river a direct connection"},
	},
}

const pgxlistenPath = "github.com/jackc/pgxlisten"

// listenerLiterals reports pgxlisten's listeners where they are made: they
// listen on the connection that their field Connect opens.
func (s *scan) listenerLiterals() {
	for _, lit := range s.literals {
		if lit.Type != nil && isNamed(s.info.TypeOf(lit), pgxlistenPath+".Listener") {
			s.add(Site{Pos: lit.Pos(), End: lit.End(),
				Effect: session.Effect{Kind: session.Listener, Words: types.ExprString(lit.Type)}})
		}
	}
}

// riverListens: a client that works queues listens, unless it is told to poll
// or its driver cannot.
func riverListens(s *scan, call *ast.CallExpr, site *Site) bool {
	if len(call.Args) != 2 {
		return false
	}
	if !isNamed(s.info.TypeOf(call.Args[0]), riverPath+"/riverdriver/riverpgxv5.Driver") {
		return false
	}
	config := s.origin(call.Args[1])
	s.widen(config)
	for _, at := range s.setOn(config, riverPath, "PollOnly") {
		if v, known := constantValue(s, at.value); !known || isTrue(v) {
			return false
		}
	}
	site.Setting = &Setting{Key: "PollOnly", Call: call, Literal: s.literalOf(call.Args[1])}
	return len(s.setOn(config, riverPath, "Queues")) > 0
}
