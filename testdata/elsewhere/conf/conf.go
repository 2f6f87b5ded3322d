// Package conf makes connection strings, and knows no database.
package conf

import "fmt"

// Config is what an operator sets.
type Config struct {
	User, Host string
	URL        string
}

func (c *Config) DSN() string { return c.dsn(c.Host) }

func (c *Config) dsn(host string) string {
	options := fmt.Sprintf("-c statement_timeout=%d", 1000)
	return fmt.Sprintf("user='%s' host='%s' options='%s'", c.User, host, options)
}

// WithTimeout adds to a connection string.
func WithTimeout(dsn, timeout string) string { return dsn + "&lock_timeout=" + timeout }

// Default is for a workstation.
var Default = "postgres://localhost/shop?default_query_exec_mode=exec&jit=off"

// Named has a getter.
type Named interface{ ConnString() string }

func (c *Config) ConnString() string { return "host=" + c.Host + " row_security=off" }

// Driver is the driver's name.
func Driver() string { return "pgx" }
