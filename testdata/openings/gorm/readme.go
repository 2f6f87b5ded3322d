// Package gorm opens as the README of gorm's driver for PostgreSQL does.
package gorm

import (
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func readme() (*gorm.DB, error) {
	// https://github.com/jackc/pgx
	dsn := "host=localhost user=gorm password=gorm dbname=gorm port=9920 sslmode=disable TimeZone=Asia/Shanghai"
	db, err := gorm.Open(postgres.Open(dsn), &gorm.Config{})
	return db, err
}
