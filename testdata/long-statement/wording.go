package longstatement

import "database/sql"

const (
	row      = "(1, 'a row that is some forty characters long'), "
	rows     = row + row + row + row + row + row + row + row + row + row
	manyRows = rows + rows + rows + rows + rows + rows + rows + rows + rows + rows
	tooMany  = manyRows + manyRows + manyRows + manyRows
)

func wording(db *sql.DB) {
	db.Exec("INSERT INTO points VALUES " + tooMany + "(2, 'the last')") // want `^INSERT … of 19641 bytes: pins the connection behind RDS Proxy; send the rows by COPY or as arrays to unnest, or in smaller batches \(long-statement\)$`
	db.Exec("DO $$ BEGIN PERFORM '" + tooMany + "'; END $$")            // want `^DO … of 19630 bytes: pins the connection behind RDS Proxy; split the block into several, or run it over a direct connection \(long-statement\)$`
}
