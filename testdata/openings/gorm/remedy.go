package gorm

import (
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func remedy() (*gorm.DB, error) {
	dsn := "host=localhost user=gorm password=gorm dbname=gorm port=9920 sslmode=disable TimeZone=Asia/Shanghai default_query_exec_mode=cache_describe"
	db, err := gorm.Open(postgres.Open(dsn), &gorm.Config{})
	return db, err
}

// The README's own: it is safe, if not the best.
func simple() (*gorm.DB, error) {
	return gorm.Open(postgres.New(postgres.Config{
		DSN:                  "host=localhost user=gorm password=gorm dbname=gorm port=9920 sslmode=disable TimeZone=Asia/Shanghai", // data source name, refer https://github.com/jackc/pgx
		PreferSimpleProtocol: true,                                                                                                  // disables implicit prepared statement usage. By default pgx automatically uses the extended protocol
	}), &gorm.Config{})
}
