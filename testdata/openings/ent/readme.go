// Package ent opens as ent's getting started does.
package ent

import (
	"log"

	_ "github.com/lib/pq"

	"github.com/poolvet/poolvet/testdata/openings/ent/ent"
)

func readme() {
	client, err := ent.Open("postgres", "host=<host> port=<port> user=<user> dbname=<database> password=<pass>")
	if err != nil {
		log.Fatalf("failed opening connection to postgres: %v", err)
	}
	defer client.Close()
}
