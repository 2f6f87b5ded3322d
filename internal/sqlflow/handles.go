package sqlflow

import (
	"github.com/poolvet/poolvet/internal/flow"
	"go/types"
	"strings"
)

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

// handleTypes are the types of libraries whose handle is certain. A type that
// can be several of them (gorm.DB, xorm.Session, pop.Connection, bun.IDB) is
// left out.
var handleTypes = map[string]map[string]Handle{
	"database/sql":                                {"DB": Pool, "Conn": Conn, "Tx": Tx},
	"database/sql/driver":                         {"Conn": Conn, "Tx": Tx},
	"github.com/jackc/pgx/v5":                     {"Conn": Conn, "Tx": Tx},
	"github.com/jackc/pgx/v5/pgxpool":             {"Pool": Pool, "Conn": Conn, "Tx": Tx},
	"github.com/jackc/pgx/v5/pgconn":              {"PgConn": Conn, "Pipeline": Conn},
	"github.com/jackc/pgx/v5/stdlib":              {"Conn": Conn},
	"github.com/jackc/pgx/v4":                     {"Conn": Conn, "Tx": Tx},
	"github.com/jackc/pgx/v4/pgxpool":             {"Pool": Pool, "Conn": Conn, "Tx": Tx},
	"github.com/jackc/pgx/v4/stdlib":              {"Conn": Conn},
	"github.com/jackc/pgconn":                     {"PgConn": Conn},
	"github.com/lib/pq":                           {"ListenerConn": Conn, "Listener": Conn},
	"github.com/uptrace/bun":                      {"DB": Pool, "Conn": Conn, "Tx": Tx},
	"github.com/uptrace/bun/driver/pgdriver":      {"Conn": Conn, "Listener": Conn},
	"github.com/go-pg/pg/v10":                     {"DB": Pool, "Conn": Conn, "Tx": Tx, "Listener": Conn},
	"gorm.io/gorm":                                {"PreparedStmtTX": Tx},
	"github.com/jmoiron/sqlx":                     {"DB": Pool, "Conn": Conn, "Tx": Tx},
	"github.com/vinovest/sqlx":                    {"DB": Pool, "Conn": Conn, "Tx": Tx},
	"entgo.io/ent/dialect":                        {"Tx": Tx, "DebugTx": Tx},
	"entgo.io/ent/dialect/sql":                    {"Tx": Tx},
	"github.com/go-gorp/gorp/v3":                  {"DbMap": Pool, "Transaction": Tx},
	"github.com/doug-martin/goqu/v9":              {"Database": Pool, "TxDatabase": Tx},
	"github.com/gocraft/dbr/v2":                   {"Connection": Pool, "Session": Pool, "Tx": Tx},
	"xorm.io/xorm":                                {"Engine": Pool, "EngineGroup": Pool},
	"xorm.io/xorm/core":                           {"DB": Pool, "Tx": Tx},
	"github.com/aarondl/sqlboiler/v4/boil":        {"Transactor": Tx, "ContextTransactor": Tx},
	"github.com/volatiletech/sqlboiler/v4/boil":   {"Transactor": Tx, "ContextTransactor": Tx},
	"github.com/stephenafamo/bob":                 {"DB": Pool, "Conn": Conn, "Tx": Tx},
	"github.com/stephenafamo/bob/drivers/pgx":     {"Pool": Pool, "PoolConn": Conn, "Conn": Conn, "Tx": Tx},
	"github.com/gobuffalo/pop/v6":                 {"Tx": Tx},
	"github.com/cockroachdb/cockroach-go/v2/crdb": {"Tx": Tx},
	"github.com/riverqueue/river/riverdriver":     {"ExecutorTx": Tx, "Listener": Conn},
}

// handleOf returns the handle that a static type is. A struct is what it
// embeds, an interface with Commit and Rollback is a transaction unless it has
// what a connection has beside them.
func handleOf(t types.Type) Handle { return handleIn(t, 0) }

func handleIn(t types.Type, depth int) Handle {
	named := flow.NamedOf(t)
	if named == nil || named.Obj().Pkg() == nil || depth > 4 {
		return UnknownHandle
	}
	if handles := handleTypes[named.Obj().Pkg().Path()]; handles != nil {
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

// callback is a function that hands a handle to a function argument.
type callback struct {
	name
	arg    int
	handle Handle
}

// callbacks of libraries, and among them those whose parameter's type does
// not say what it is: gorm's *DB, pop's *Connection, xorm's *Session.
var callbacks = map[string][]callback{
	"github.com/jackc/pgx/v5":         {{name{"", "BeginFunc"}, 2, Tx}, {name{"", "BeginTxFunc"}, 3, Tx}},
	"github.com/jackc/pgx/v5/pgxpool": {{name{"Pool", "AcquireFunc"}, 1, Conn}},
	"github.com/jackc/pgx/v4": {
		{name{"Conn", "BeginFunc"}, 1, Tx}, {name{"Conn", "BeginTxFunc"}, 2, Tx}, {name{"Tx", "BeginFunc"}, 1, Tx},
	},
	"github.com/jackc/pgx/v4/pgxpool": {
		{name{"Pool", "AcquireFunc"}, 1, Conn}, {name{"Pool", "BeginFunc"}, 1, Tx}, {name{"Pool", "BeginTxFunc"}, 2, Tx},
		{name{"Conn", "BeginFunc"}, 1, Tx}, {name{"Conn", "BeginTxFunc"}, 2, Tx}, {name{"Tx", "BeginFunc"}, 1, Tx},
	},
	"github.com/uptrace/bun": {
		{name{"DB", "RunInTx"}, 2, Tx}, {name{"Conn", "RunInTx"}, 2, Tx}, {name{"Tx", "RunInTx"}, 2, Tx}, {name{"IDB", "RunInTx"}, 2, Tx},
	},
	"github.com/go-pg/pg/v10":                               {{name{"baseDB", "RunInTransaction"}, 1, Tx}, {name{"Tx", "RunInTransaction"}, 1, Tx}},
	"gorm.io/gorm":                                          {{name{"DB", "Transaction"}, 0, Tx}, {name{"DB", "Connection"}, 0, Conn}},
	"xorm.io/xorm":                                          {{name{"Engine", "Transaction"}, 0, Tx}},
	"github.com/doug-martin/goqu/v9":                        {{name{"Database", "WithTx"}, 0, Tx}},
	"github.com/stephenafamo/bob":                           {{name{"DB", "RunInTx"}, 2, Tx}},
	"github.com/stephenafamo/bob/drivers/pgx":               {{name{"Pool", "AcquireFunc"}, 1, Conn}},
	"github.com/gobuffalo/pop/v6":                           {{name{"Connection", "Transaction"}, 0, Tx}},
	"github.com/upper/db/v4":                                {{name{"Session", "Tx"}, 0, Tx}},
	"github.com/cockroachdb/cockroach-go/v2/crdb":           {{name{"", "ExecuteTx"}, 3, Tx}},
	"github.com/cockroachdb/cockroach-go/v2/crdb/crdbgorm":  {{name{"", "ExecuteTx"}, 3, Tx}},
	"github.com/cockroachdb/cockroach-go/v2/crdb/crdbpgxv5": {{name{"", "ExecuteTx"}, 3, Tx}},
}

// callbackHandle says which argument of fn is a function that fn calls with a
// handle, and what that handle is.
func callbackHandle(fn *types.Func) (arg int, h Handle, ok bool) {
	if fn.Pkg() == nil {
		return 0, UnknownHandle, false
	}
	for _, c := range callbacks[fn.Pkg().Path()] {
		if c.name.name == fn.Name() && c.owner == receiverName(fn) {
			return c.arg, c.handle, true
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
	switch fn.Pkg().Path() {
	case "gorm.io/gorm":
		if receiverName(fn) == "DB" && fn.Name() == "Begin" {
			return Tx
		}
	case "github.com/gobuffalo/pop/v6":
		if receiverName(fn) == "Connection" && strings.HasPrefix(fn.Name(), "NewTransaction") {
			return Tx
		}
	}
	return UnknownHandle
}
