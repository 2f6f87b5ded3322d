// Package library is what is known of libraries: data only, a file for each
// one. internal/sqlflow and internal/driver read it and know no library beside.
//
// A library that is new is one file here, named in all, and an import in
// testdata/sinks, by which tests look up each name in the real one. A file says
// as much as is known, package by package: where SQL enters (Sinks), which types
// are pools, connections and transactions (Handles), what functions open, read,
// do and register (Rows), where functions are hung in (Hooks), what becomes of a
// handle that is passed (Takings), and of the whole which paths tell that code
// uses a database, and which. Where data cannot say it, a row names a Check, of
// which internal/driver has the function, and a field a Value, of which
// internal/querymode has it.
//
// # Sinks
//
// A row of Sinks is one of
//
//	RECEIVERS	INDEX[/fragment|/channel|/files|/prepares|/all]	NAMES
//	TYPES	field[/fragment|/files]	NAMES
//
// RECEIVERS are type names without package, pointer and type parameters, with
// commas between them, or - for package functions. INDEX is the argument that
// holds the text, counted without the receiver.
//
// Not included, because they take no SQL text: statement values
// ((*sql.Stmt).Exec), prepared by name (ExecPrepared), identifiers that the
// library quotes itself (squirrel's Insert, bun's Column), Named, In and Rebind
// of sqlx (their result is passed on), pgxlisten's Handle (the Listener is one
// finding, of internal/driver).
package library

import (
	"iter"
	"strings"
)

// Library is one library, or one major of it.
type Library struct {
	Name     string // of the file that says this
	Read     string // the version whose source was read, of what testdata leaves out
	Packages []Package

	// Paths of packages, each with all that lies below it.
	Database Words // whose importers can run SQL
	Postgres Words // that serve PostgreSQL, or a database that speaks its protocol
	Other    Words // that serve another database

	// Prefixes of the paths of packages.
	Keeps Words // no function of which changes a mode of a configuration that it is given
	Marks Words // that write placeholders for ? as well

	Drivers []*Driver
	Names   map[string]*Driver // under which database/sql has a driver
	OwnKeys map[string]Words   // of connection strings, that it alone reads and PostgreSQL does not know, by its name
}

// Package is one package of a library.
type Package struct {
	Path  string
	Older []string // earlier homes of the same API, of which the sinks hold

	Sinks     string
	Handles   map[string]Handle // types that are certain; one that can be several (gorm.DB, xorm.Session) is left out
	Callbacks []Callback
	Begins    Words // functions that return a transaction, where the type does not say so
	Results   Words // types that drivers return for SQL text, and nothing else does
	Rows      []Row
	Hooks     []Hook
	Takings   []Taking
	Renames   Words   // functions that register the driver that they are given the name of, and return its new name
	Configs   Words   // types of configurations whose settings are followed
	Runtime   string  // the field of its Config that is a map of startup parameters
	Driver    *Driver // that its driver.Driver is

	Configures bool   // an importer may change a configuration that it did not make
	HoldsHooks bool   // an importer can name the hooks of another package, or write one
	Methods    bool   // the methods of its handles do what their names say
	OpensAsIs  bool   // its openers give the driver's name and the connection string to database/sql
	PrepareWhy string // a remark on the statements that it prepares
}

// Callback is a function that calls a function argument with a handle. Its
// parameter's type may not say which: gorm's *DB, pop's *Connection.
type Callback struct {
	Func   string // "BeginFunc", "Pool.AcquireFunc"
	Arg    int    // counted without the receiver
	Handle Handle
}

// Handle is what a sink runs on.
type Handle uint8

const (
	UnknownHandle Handle = iota
	Pool                 // any free connection, a new choice for each call
	Conn                 // one connection of the client; a pooler still multiplexes it
	Tx                   // a transaction
)

func (h Handle) String() string {
	return [...]string{"unknown", "pool", "conn", "tx"}[h]
}

// Words are words with space between them.
type Words string

// All are the words in their order.
func (w Words) All() iter.Seq[string] { return strings.FieldsSeq(string(w)) }

// Has reports whether word is one of them.
func (w Words) Has(word string) bool {
	for x := range w.All() {
		if x == word {
			return true
		}
	}
	return false
}
