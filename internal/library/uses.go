package library

import (
	"slices"
	"sync"
)

// Hook is fields or functions for what a pool or driver is to call for its
// connections.
type Hook struct {
	Owner string // the type of the fields; "" for functions, whose first argument is the hook
	Names Words
	When  string
}

// When hooks are called.
const (
	OnConnect = "on every new connection"
	OnAcquire = "whenever a connection is taken from the pool"
	OnRelease = "whenever a connection goes back to the pool"
)

// HookField says when what a field of the package holds is called, "" where it
// is no hook.
func (p *Package) HookField(name string) string { return p.hook(name, true) }

// HookOption says the same of the first argument of a function.
func (p *Package) HookOption(name string) string { return p.hook(name, false) }

func (p *Package) hook(name string, isField bool) string {
	for _, h := range p.Hooks {
		if (h.Owner != "") == isField && h.Names.Has(name) {
			return h.When
		}
	}
	return ""
}

// HasHookFields reports whether types of the package have fields for hooks.
func (p *Package) HasHookFields() bool {
	return slices.ContainsFunc(p.Hooks, func(h Hook) bool { return h.Owner != "" })
}

// Taking is what functions do with a handle that they get: of others it may be
// anything.
type Taking struct {
	Names Words
	Gives bool  // they return one over it
	Tx    bool  // they call their last argument with a transaction
	Uses  []Use // what they run on it
}

// Use is what is run on a handle.
type Use struct {
	Rows bool // it asks for rows
	Args bool // it binds arguments
	Tx   bool // in a transaction
}

// migrates is what migrations do, but for those without a transaction.
var migrates = []Use{{Rows: true}, {Args: true, Tx: true}}

// Takings finds what a function does with a handle.
var Takings = sync.OnceValue(func() map[Function]*Taking {
	m := map[Function]*Taking{}
	for _, p := range Packages() {
		for i := range p.Takings {
			for name := range p.Takings[i].Names.All() {
				m[Function{p.Path, name}] = &p.Takings[i]
			}
		}
	}
	return m
})

// RuntimeNames are the names of the fields that are maps of startup parameters.
var RuntimeNames = sync.OnceValue(func() (names []string) {
	for _, p := range Packages() {
		if p.Runtime != "" && !slices.Contains(names, p.Runtime) {
			names = append(names, p.Runtime)
		}
	}
	return names
})

// Keeps and Marks are those of all libraries.
var (
	Keeps = sync.OnceValue(func() []string { return wordsOf(func(lib *Library) Words { return lib.Keeps }) })
	Marks = sync.OnceValue(func() []string { return wordsOf(func(lib *Library) Words { return lib.Marks }) })
)

func wordsOf(of func(*Library) Words) (words []string) {
	for _, lib := range all {
		words = slices.AppendSeq(words, of(lib).All())
	}
	return words
}
