// Package names has no text of its own: it names those of another package.
package names

import "github.com/poolvet/poolvet/testdata/elsewhere/queries"

func Role() string { return queries.AsOwner }

func Schema() string { return queries.Schema }

func Tenant() string { return queries.SetTenant() }
