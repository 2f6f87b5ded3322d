package message

import (
	"strings"

	"github.com/poolvet/poolvet/internal/driver"
	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/session"
)

// Situation is where an effect stands and what the code shows of it: what
// helps in one place does not in another.
type Situation struct {
	Where     Where
	OutsideTx bool   // it needs a transaction and is known to have none
	Undone    bool   // the same function puts it back
	Apart     bool   // the same function runs what runs in no transaction
	varies    bool   // its value, or the role, can be another each time
	zero      bool   // its value is 0, which turns a limit off
	brief     bool   // a library does it for a query or a migration, not for all that its connection does
	verb      string // the first word of the statement, in small letters
}

// Where is where code runs, in bits.
type Where uint16

const (
	Somewhere  Where = 1 << iota
	OnPool           // on any connection of a pool
	OnConn           // on one connection
	InTx             // in a transaction
	OnConnect        // in a hook for each new connection
	OnAcquire        // in a hook for each use of a connection
	AtStartup        // as a setting of the connection
	InFile           // in a file of SQL
	InScript         // in a transaction of a file of SQL, or among other statements there
	InDo             // in a DO block
	InFunction       // in the body of a function

	InCode = Somewhere | OnPool | OnConn
	InSQL  = InFile | InScript
	InBody = InDo | InFunction
	InHook = OnConnect | OnAcquire
)

// TextSituation is that of an effect of a text of SQL alone.
func TextSituation(text string, e effect.Effect) Situation {
	value, varies := valueOf(text, e)
	s := Situation{Where: InFile, varies: varies, zero: isZero(value), verb: verbOf(text, e)}
	switch {
	case e.Body == effect.DoBlock:
		s.Where = InDo
	case e.Body == effect.FunctionBody:
		s.Where = InFunction
	case e.Body == effect.Called:
		s = Situation{Where: InFunction, varies: true}
	case servesOthers(text, e):
		s.Where = InScript
	}
	return s
}

// servesOthers reports whether a text itself runs e in a transaction, together
// with statements that do something: a SET LOCAL among SETs alone would end
// with them.
func servesOthers(text string, e effect.Effect) bool {
	if !e.InTransaction {
		return false
	}
	a := session.Analyze(text)
	return len(a.Effects) < a.Statements
}

// siteSituation is that of what a driver or library is told to do.
func siteSituation(s driver.Site) Situation {
	at := Situation{Where: Somewhere, zero: isZero(s.Value), brief: s.Brief}
	switch {
	case s.When != "":
		at.Where = HookWhere(s.When)
	case s.Brief:
	case s.Effect.Kind == effect.StartupParameter || s.Effect.Kind == effect.ConnectSet:
		at.Where = AtStartup
	}
	return at
}

// HookWhere is where a hook stands that runs then: "on every new connection".
func HookWhere(when string) Where {
	if strings.Contains(when, "new connection") {
		return OnConnect
	}
	return OnAcquire
}

// isZero reports whether a value of a parameter is 0, in any unit.
func isZero(value string) bool {
	return strings.HasPrefix(value, "0") && !strings.ContainsAny(value, "123456789")
}

// verbOf is the word that the effect's statement begins with, in small letters.
func verbOf(text string, e effect.Effect) string {
	if e.Start < 0 || len(text) < e.Start {
		return ""
	}
	text = strings.TrimLeft(text[e.Start:], "( \t\r\n")
	end := strings.IndexFunc(text, func(r rune) bool { return r < 'A' || 'z' < r })
	if end < 0 {
		end = len(text)
	}
	return strings.ToLower(text[:end])
}
