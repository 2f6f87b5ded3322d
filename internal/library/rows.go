package library

import (
	"slices"
	"sync"

	"github.com/poolvet/poolvet/internal/effect"
)

// Role is what a function of a library does.
type Role uint8

const (
	Opens     Role = iota // a pool or a connection from a connection string
	OpensWith             // …from a configuration
	Parses                // reads a connection string for a configuration or a listener
	Does                  // something to the session, always or as its check says
	Registers             // gives a driver a name
)

// Row is functions of a package that do the same.
type Row struct {
	Names Words // "New", "Conn.Prepare"
	Role  Role
	Arg   int // the connection string or configuration; of Does, an argument that tells more

	Driver  *Driver // nil: the one that the argument Named names
	Named   int
	OpensAs map[string]string // …or the one that it opens for that name
	Made    int               // not 0: the argument that is a driver
	Among   []*Driver         // not empty: another package opens one of these

	// Of Does: what is done, if the check agrees, which may say more. It is done
	// where the connection string is read too, if there is a driver.
	Kind   effect.Kind
	Why    string
	Remedy string
	Check  Check
}

// Check names the function of internal/driver that looks at a call of a row,
// "" for none.
type Check string

// Driver is what makes of a connection string a session.
type Driver struct {
	Name   string      // in messages
	ID     string      // which tells those apart that have one name
	Path   string      // of its package; what lies below it belongs to it
	Keys   Words       // of a connection string, that it reads itself
	Other  effect.Kind // what any other key comes to
	Mode   string      // the key that decides how queries are sent
	Modes  Words       // further keys that do
	Fields []ModeField
	Remedy string // of a mode that is bad, and of the default
}

// ModeField is a field of a configuration that a key can set too.
type ModeField struct {
	Pkg, Owner, Field string
	Key               string
	Value             Value
}

// Value names the function of internal/querymode that reads what a field is set
// to as a connection string has it.
type Value string

// Constant is the value of a constant.
const Constant Value = "constant"

// cacheRemedy is of what prepares every statement that it is given.
const cacheRemedy = "run the statements without it"

// opensByName is of what opens as database/sql does.
var opensByName = []Row{{Names: "Open", Role: Opens, Arg: 1, Named: 0}}

// Function is a function or method of a package: "Open", "DB.Prepare".
type Function struct{ Pkg, Name string }

// Rows finds the row of a function.
var Rows = sync.OnceValue(func() map[Function]*Row {
	m := map[Function]*Row{}
	for _, p := range Packages() {
		for i := range p.Rows {
			for name := range p.Rows[i].Names.All() {
				m[Function{p.Path, name}] = &p.Rows[i]
			}
		}
	}
	return m
})

// Drivers are all drivers.
var Drivers = sync.OnceValue(func() (ds []*Driver) {
	for _, lib := range all {
		ds = append(ds, lib.Drivers...)
	}
	return ds
})

// DriverNames are the names under which drivers register themselves, but for
// pgx, which two majors take.
var DriverNames = sync.OnceValue(func() map[string]*Driver {
	m := map[string]*Driver{}
	for _, lib := range all {
		for name, d := range lib.Names {
			m[name] = d
		}
	}
	return m
})

// DriverOfMode is the driver of which a key is the Mode, nil if there is none: of
// a driver and its pool the driver.
func DriverOfMode(key string) *Driver {
	for _, d := range Drivers() {
		if key != "" && d.Mode == key {
			return d
		}
	}
	return nil
}

// ModeKeys are the keys that decide how queries are sent, sorted.
var ModeKeys = sync.OnceValue(func() (keys []string) {
	for _, d := range Drivers() {
		if d.Mode != "" {
			keys = slices.AppendSeq(append(keys, d.Mode), d.Modes.All())
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
})

// OwnerOf is who alone reads a key that PostgreSQL does not know, or "".
func OwnerOf(key string) string {
	for _, lib := range all {
		for owner, keys := range lib.OwnKeys {
			if keys.Has(key) {
				return owner
			}
		}
	}
	return ""
}
