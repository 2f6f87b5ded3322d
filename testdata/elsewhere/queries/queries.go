// Package queries has texts alone.
package queries

import (
	_ "embed"
	"fmt"
)

// AsOwner becomes another role.
const AsOwner = "SET ROLE owner"

//go:embed schema.txt
var Schema string

func SetTenant() string { return "SELECT set_config('app.tenant', $1, false)" }

func SetPath(schema string) string { return fmt.Sprintf("SET search_path TO %s", schema) }

// Setup runs on each connection.
var Setup = []string{"SET jit = off", "SELECT 1"}

// All are the statements by what they do.
var All = struct{ Lock, Count string }{"SELECT pg_advisory_lock($1)", "SELECT count(*) FROM orders"}

// Builder writes SQL piece by piece.
type Builder struct{ role string }

func (b *Builder) String() string { return "SET ROLE " + b.role }
