package driver

import (
	"go/ast"

	"github.com/poolvet/poolvet/internal/library"
)

// What internal/library says, by short names.
type (
	row      = library.Row
	driver   = library.Driver
	function = library.Function
)

const (
	opens     = library.Opens
	openWith  = library.OpensWith
	parses    = library.Parses
	does      = library.Does
	registers = library.Registers
)

const (
	sqlPath          = library.SQLPath
	pgx5Path         = library.Pgx5Path
	pgx4Path         = library.Pgx4Path
	pqPath           = library.PqPath
	gormPostgresPath = library.GormPostgresPath
)

var (
	pgx5 = library.Pgx5
	pgx4 = library.Pgx4
	pq   = library.Pq
)

// checks look at a call of a row, and may say more of it.
var checks = map[library.Check]func(*scan, *ast.CallExpr, *Site) bool{
	library.AtlasLocks:    atlasLocks,
	library.BunTemplate:   bunTemplate,
	library.ConnParams:    connParams,
	library.EntVar:        entVar,
	library.GooseLocks:    gooseLocks,
	library.GormNew:       gormNew,
	library.GormOpen:      gormOpen,
	library.GormSession:   gormSession,
	library.MigrateOpens:  migrateOpens,
	library.MigratePgx4:   migratePgx4,
	library.PreparedBySQL: preparedBySQL,
	library.QueuedMode:    queuedMode,
	library.RiverListens:  riverListens,
	library.UpperCache:    upperCache,
}
