package uses

import "github.com/vinovest/sqlx"

func fork(dsn string, id int) error {
	db, err := sqlx.Open("postgres", dsn) // want `sqlx.Open with the default of lib/pq.*\(split-statement\)`
	if err != nil {
		return err
	}
	_, err = db.NamedExec("DELETE FROM t WHERE id = :id", map[string]any{"id": id})
	return err
}

func forkPinged(dsn string) error {
	db, err := sqlx.Connect("postgres", dsn)
	if err != nil {
		return err
	}
	return db.Close()
}
