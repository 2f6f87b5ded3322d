package sqlflow

import (
	"go/types"

	"github.com/poolvet/poolvet/internal/flow"
	"github.com/poolvet/poolvet/internal/library"
)

// handleOf returns the handle that a static type is. A struct is what it
// embeds, an interface with Commit and Rollback is a transaction unless it has
// what a connection has beside them.
func handleOf(t types.Type) Handle { return handleIn(t, 0) }

func handleIn(t types.Type, depth int) Handle {
	named := flow.NamedOf(t)
	if named == nil || named.Obj().Pkg() == nil || depth > 4 {
		return UnknownHandle
	}
	if handles := library.Of(named.Obj().Pkg().Path()).Handles; handles != nil {
		return handles[named.Obj().Name()]
	}
	switch u := named.Underlying().(type) {
	case *types.Struct:
		for f := range u.Fields() {
			if f.Embedded() {
				if h := handleIn(f.Type(), depth+1); h != UnknownHandle {
					return h
				}
			}
		}
	case *types.Interface:
		if flow.MethodOf(named, "Commit") != nil && flow.MethodOf(named, "Rollback") != nil && !begins(named) {
			return Tx
		}
	}
	return UnknownHandle
}

// begins: a connection may have Commit and Rollback for the transaction that it
// is in. Begin alone says nothing: pgx nests transactions with it.
func begins(t types.Type) bool {
	for _, name := range []string{"BeginTx", "BeginTxx", "Ping", "PingContext"} {
		if flow.MethodOf(t, name) != nil {
			return true
		}
	}
	return false
}

// callbackHandle says which argument of fn is a function that fn calls with a
// handle, and what that handle is.
func callbackHandle(fn *types.Func) (arg int, h Handle, ok bool) {
	if fn.Pkg() == nil {
		return 0, UnknownHandle, false
	}
	for _, c := range library.Of(fn.Pkg().Path()).Callbacks {
		if library.NameOf(c.Func) == nameOf(fn) {
			return c.Arg, c.Handle, true
		}
	}
	return 0, UnknownHandle, false
}

// resultHandle is the handle that fn returns, where its type does not say so:
// gorm's Begin and pop's NewTransaction.
func resultHandle(fn *types.Func) Handle {
	if fn.Pkg() == nil {
		return UnknownHandle
	}
	for f := range library.Of(fn.Pkg().Path()).Begins.All() {
		if library.NameOf(f) == nameOf(fn) {
			return Tx
		}
	}
	return UnknownHandle
}

func nameOf(fn *types.Func) name { return name{Owner: receiverName(fn), Name: fn.Name()} }
