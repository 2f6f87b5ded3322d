package library

import "github.com/poolvet/poolvet/internal/effect"

const (
	dd1Path = "gopkg.in/DataDog/dd-trace-go.v1/contrib"
	dd2Path = "github.com/DataDog/dd-trace-go/contrib"
)

// datadog traces what other libraries run, in two majors.
// https://pkg.go.dev/github.com/DataDog/dd-trace-go/v2
var datadog = &Library{
	Name: "datadog",
	Read: "v1.74.8, and v2 with contrib at a4bdff1",
	Packages: []Package{
		{Path: dd1Path + "/database/sql", Rows: opensByName},
		{Path: dd2Path + "/database/sql/v2", Rows: opensByName},
		{Path: dd1Path + "/jmoiron/sqlx", Rows: ddSqlx},
		{Path: dd2Path + "/jmoiron/sqlx/v2", Rows: ddSqlx},
		{Path: dd1Path + "/jackc/pgx.v5", Rows: ddPgx5},
		{Path: dd2Path + "/jackc/pgx.v5/v2", Rows: ddPgx5},
		{Path: dd1Path + "/gorm.io/gorm.v1", Rows: ddGorm},
		{Path: dd2Path + "/gorm.io/gorm.v1/v2", Rows: ddGorm},
	},
}

var (
	ddSqlx = []Row{{Names: "Open Connect MustConnect MustOpen", Role: Opens, Arg: 1, Named: 0}}
	ddPgx5 = []Row{
		{Names: "Connect ConnectWithOptions", Role: Opens, Arg: 1, Driver: Pgx5},
		{Names: "ConnectConfig", Role: OpensWith, Arg: 1, Driver: Pgx5},
		{Names: "NewPool", Role: Opens, Arg: 1, Driver: Pgxpool5},
		{Names: "NewPoolWithConfig", Role: OpensWith, Arg: 1, Driver: Pgxpool5},
	}
	ddGorm = []Row{{Names: "Open", Role: Does, Kind: effect.NamedStatement, Check: GormOpen}}
)
