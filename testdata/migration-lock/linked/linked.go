// Package linked leaves it to package main which driver is linked. Its module
// has those of several databases, so that the name decides.
package linked

import "github.com/golang-migrate/migrate/v4"

func up(postgresURL, url string) {
	migrate.New("file://migrations", postgresURL) // want `migrate.New's session lock: leaks.*\(migration-lock\)`
	migrate.New("file://migrations", url)
}
