package ent

import (
	"log"

	"github.com/poolvet/poolvet/testdata/openings/ent/ent"
)

func remedy() *ent.Client {
	client, err := ent.Open("postgres", "host=<host> port=<port> user=<user> dbname=<database> password=<pass> binary_parameters=yes")
	if err != nil {
		log.Fatalf("failed opening connection to postgres: %v", err)
	}
	return client
}
