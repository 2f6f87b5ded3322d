// Package driver reads how a program opens and configures its connections,
// and says what that does to the session: options and defaults of drivers and
// ORMs, libraries that listen, lock or prepare by themselves, and hooks.
//
// What a library does is data, in internal/library; here is what becomes of it.
package driver

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/poolvet/poolvet/internal/effect"
)

// Site is one place in the code where a driver or a library is told, or left,
// to do something to the session.
type Site struct {
	// Effect says what; its Words are how a message names it, never with a
	// value of a connection string.
	Effect   effect.Effect
	Pos, End token.Pos

	// Why is what the library makes of it, where the verdict alone does not
	// say: of a DeadOption it is the consequence, of others a remark on it.
	Why string
	// Remedy is what to do instead, "" where the kind's own remedy holds.
	Remedy string

	// Else is what else it does, which counts where the effect itself is ok.
	Else effect.Kind
	// When a hook does it: "on every new connection". "" for what is no hook.
	When string
	// Brief: a library does it for a query or a migration, not for all that its
	// connection does.
	Brief bool
	// Default: the code sets nothing, and a part of the connection string is
	// not known that might.
	Default bool
	// Unless is what the operator may do so that it is not so: "another
	// connection string is given".
	Unless string

	// Setting is of the sites that a setting would change, else nil.
	Setting *Setting
	// Cause is what it has in common with other sites, of which one is told.
	Cause Cause
	// Holders are the variables and fields that hold the handle, of a site that
	// says something of one.
	Holders func() []*types.Var
	// Runs is the call that does it on what it is given, or nil.
	Runs *ast.CallExpr
	// Config is the configuration that it is set on, or nil.
	Config ast.Expr
	// Openers are the calls that get its connection string, the outer first.
	Openers []*ast.CallExpr
	// Value is what a startup parameter is set to, "" where it is not known.
	Value string
}
