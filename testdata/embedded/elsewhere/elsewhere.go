// Package elsewhere embeds SQL and imports no database library: what is found
// in its files is found where another package runs them.
package elsewhere

import "embed"

//go:embed sql/nightly.sql
var Nightly string

//go:embed sql/*.sql
var Files embed.FS
