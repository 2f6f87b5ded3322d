package several

type mysql struct{ name string }

func (m mysql) create(dsn string) error {
	db, err := open(driver(m.name), "mysql:"+dsn)
	if err != nil {
		return err
	}
	return query(db)
}

func (m mysql) copyFrom(dsn string) error {
	db, err := open("pgx", "postgres:"+dsn) // want `^open with the default query mode`
	if err != nil {
		return err
	}
	return query(db)
}
