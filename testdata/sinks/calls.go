package sinks

import (
	"context"
	"database/sql"
	"embed"
	"os"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/Masterminds/squirrel"
	"github.com/aarondl/sqlboiler/v4/boil"
	"github.com/aarondl/sqlboiler/v4/queries"
	"github.com/aarondl/sqlboiler/v4/queries/qm"
	"github.com/doug-martin/goqu/v9"
	"github.com/georgysavva/scany/v2/pgxscan"
	"github.com/go-jet/jet/v2/postgres"
	"github.com/go-jet/jet/v2/qrm"
	"github.com/go-pg/pg/v10"
	"github.com/go-pg/pg/v10/orm"
	"github.com/gobuffalo/pop/v6"
	"github.com/gocraft/dbr/v2"
	"github.com/golang-migrate/migrate/v4/source/iofs"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	tern "github.com/jackc/tern/v2/migrate"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver"
	"github.com/stephenafamo/bob"
	"github.com/stephenafamo/bob/dialect/psql"
	"github.com/stephenafamo/scan"
	"github.com/stephenafamo/scan/stdscan"
	"github.com/upper/db/v4"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/driver/pgdriver"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"xorm.io/builder"
	"xorm.io/xorm"
)

// What each argument is that is to be recognised.
const (
	statement = "SELECT 1"
	fragment  = "id = 1"
	channel   = "orders"
)

var files embed.FS

// Types as projects make them.
type (
	database  struct{ *pgxpool.Pool }
	txWrapper struct{ pgx.Tx }
	store     struct{ *sqlx.DB }
	user      struct{ ID int64 }
)

func standard(ctx context.Context, d *sql.DB, c *sql.Conn, t *sql.Tx) {
	d.Exec(statement)
	d.QueryRowContext(ctx, statement)
	c.PrepareContext(ctx, statement)
	t.Prepare(statement)
}

func pgxCalls(ctx context.Context, c *pgx.Conn, d database, t txWrapper, b *pgx.Batch, raw *pgconn.PgConn) {
	c.Prepare(ctx, "name", statement)
	c.PgConn().Exec(ctx, statement).Close()
	d.Exec(ctx, statement)
	d.Pool.QueryRow(ctx, statement)
	t.Query(ctx, statement)
	t.Conn().Exec(ctx, statement)
	b.Queue(statement, 1)
	raw.CopyFrom(ctx, os.Stdin, statement)
	raw.StartPipeline(ctx).SendPrepare("name", statement, nil)
	pgxscan.Get(ctx, d, nil, statement)
}

func pqCalls(l *pq.Listener, c *pq.ListenerConn) {
	l.Listen(channel)
	c.ExecSimpleQuery(statement)
}

func sqlxCalls(ctx context.Context, s store, t *sqlx.Tx, e sqlx.ExtContext) {
	s.Exec(statement)
	s.MustExec(statement)
	s.Get(nil, statement)
	t.NamedExecContext(ctx, statement, nil)
	t.QueryRow(statement)
	e.ExecContext(ctx, statement)
	sqlx.SelectContext(ctx, s, nil, statement)
	sqlx.NamedQuery(s, statement, nil)
}

func bunCalls(ctx context.Context, d *bun.DB, t bun.Tx, i bun.IDB, c bun.Conn, l *pgdriver.Listener) {
	d.Query(statement)
	t.PrepareContext(ctx, statement)
	c.PrepareContext(ctx, statement)
	i.ExecContext(ctx, statement)
	i.NewRaw(statement)
	i.NewSelect().ColumnExpr(fragment).Where(fragment).OrderExpr(fragment)
	i.NewInsert().Value("id", fragment)
	d.NewUpdate().SetColumn("id", fragment)
	l.Listen(ctx, channel, channel)
}

func pgCalls(ctx context.Context, d *pg.DB, c *pg.Conn, t *pg.Tx, o orm.DB) {
	d.Exec(statement)
	c.QueryOneContext(ctx, nil, statement)
	t.ExecOne(statement)
	o.Query(nil, statement)
	o.Model().Where(fragment).Set(fragment)
	d.Listen(ctx, channel)
}

func gormCalls(ctx context.Context, d *gorm.DB, p gorm.ConnPool) {
	d.WithContext(ctx).Exec(statement)
	d.Where(fragment).Or(fragment).First(nil, fragment)
	d.Clauses(clause.Where{Exprs: []clause.Expression{gorm.Expr(fragment)}})
	gorm.G[user](d).Raw(statement)
	gorm.G[user](d).Exec(ctx, statement)
	gorm.G[user](d).Where(fragment).Order(fragment)
	p.ExecContext(ctx, statement)
}

func builders(ctx context.Context, r squirrel.BaseRunner, g *goqu.Database, s *dbr.Session, e *xorm.Engine, t *bob.Tx) {
	r.Exec(statement)
	squirrel.Select(fragment, fragment).Where(fragment).Suffix(fragment)
	squirrel.Expr(fragment)
	g.ScanValContext(ctx, nil, statement)
	goqu.L(fragment)
	s.Exec(statement)
	s.SelectBySql(statement)
	dbr.Expr(fragment)
	e.NewSession().Where(fragment)
	e.Exec(statement, 1)
	e.SQL(statement)
	builder.Expr(fragment)
	t.ExecContext(ctx, statement)
	psql.RawQuery(statement)
	psql.Raw(fragment)
	stdscan.One(ctx, nil, scan.SingleColumnMapper[int], statement)
	queries.Raw(statement)
	qm.Where(fragment)
}

func others(ctx context.Context, d *entsql.Driver, q dialect.Tx, x boil.ContextExecutor, p *pop.Connection, u db.Session, m *tern.Migrator, l riverdriver.ExecutorTx) {
	d.Exec(ctx, statement, nil, nil)
	d.ExecContext(ctx, statement)
	q.Query(ctx, statement, nil, nil)
	entsql.Expr(fragment)
	x.QueryRowContext(ctx, statement)
	p.RawQuery(statement)
	p.Store.Exec(statement)
	p.Where(fragment)
	u.SQL().ExecContext(ctx, statement)
	db.Raw(fragment)
	postgres.RawStatement(statement)
	postgres.RawInt(fragment)
	qrm.Query(ctx, nil, statement, nil, nil)
	m.AppendMigration("name", statement, statement)
	l.Exec(ctx, statement)
	iofs.New(files, ".")
	goose.SetBaseFS(files)
}
