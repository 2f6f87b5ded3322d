package driver

import "github.com/poolvet/poolvet/internal/effect"

// Packages that open a driver of others, to trace it or to find its server.
const (
	ddSQL1 = "gopkg.in/DataDog/dd-trace-go.v1/contrib"
	ddSQL2 = "github.com/DataDog/dd-trace-go/contrib"

	uptracePath = "github.com/uptrace/opentelemetry-go-extra/otelsql"
	xsamPath    = "github.com/XSAM/otelsql"
	nhatPath    = "go.nhat.io/otelsql"
	ocsqlPath   = "contrib.go.opencensus.io/integrations/ocsql"
)

var (
	opensByName = []row{{names: "Open", role: opens, arg: 1, named: 0}}
	ddSqlxRows  = []row{{names: "Open Connect MustConnect MustOpen", role: opens, arg: 1, named: 0}}
	ddPgx5Rows  = []row{
		{names: "Connect ConnectWithOptions", role: opens, arg: 1, driver: pgx5},
		{names: "ConnectConfig", role: openWith, arg: 1, driver: pgx5},
		{names: "NewPool", role: opens, arg: 1, driver: pgxpool5},
		{names: "NewPoolWithConfig", role: openWith, arg: 1, driver: pgxpool5},
	}
	ddGormRows = []row{{names: "Open", role: does, kind: effect.NamedStatement, check: gormOpen}}
)

// wrapperLibrary is what opens, or names, the driver of another.
var wrapperLibrary = library{
	xsamPath:    opensByName,
	uptracePath: opensByName,

	ddSQL1 + "/database/sql":       opensByName,
	ddSQL2 + "/database/sql/v2":    opensByName,
	ddSQL1 + "/jmoiron/sqlx":       ddSqlxRows,
	ddSQL2 + "/jmoiron/sqlx/v2":    ddSqlxRows,
	ddSQL1 + "/jackc/pgx.v5":       ddPgx5Rows,
	ddSQL2 + "/jackc/pgx.v5/v2":    ddPgx5Rows,
	ddSQL1 + "/gorm.io/gorm.v1":    ddGormRows,
	ddSQL2 + "/gorm.io/gorm.v1/v2": ddGormRows,

	"github.com/aws/aws-xray-sdk-go/xray": {{names: "SQLContext", role: opens, arg: 1, named: 0}},
	"github.com/simukti/sqldb-logger":     {{names: "OpenDriver", role: opens, arg: 0, made: 1}},
	"gocloud.dev/postgres":                {{names: "Open", role: opens, arg: 1, driver: pq}},

	"cloud.google.com/go/cloudsqlconn/postgres/pgxv5": {{names: "RegisterDriver", role: registers, driver: pgx5}},
	"cloud.google.com/go/cloudsqlconn/postgres/pgxv4": {{names: "RegisterDriver", role: registers, driver: pgx4}},
	"cloud.google.com/go/alloydbconn/driver/pgxv5":    {{names: "RegisterDriver", role: registers, driver: pgx5}},
	"cloud.google.com/go/alloydbconn/driver/pgxv4":    {{names: "RegisterDriver", role: registers, driver: pgx4}},
	"cloud.google.com/go/alloydbconn/driver/postgres": {{names: "RegisterDriver", role: registers, driver: pgx5}},
}

// reRegisters are functions that register the driver named first under a name
// that they return.
var reRegisters = keySet(xsamPath + ".Register " + nhatPath + ".Register " + nhatPath + ".RegisterWithSource " +
	ocsqlPath + ".Register " + ocsqlPath + ".RegisterWithSource")
