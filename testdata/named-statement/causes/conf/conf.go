// want package:`modeKeys\(default_query_exec_mode\)` package:"known"

// Package conf makes connection strings, and knows no database.
package conf

type Config struct{ Host string }

func (c Config) DSN() string { return base(c.Host) + "&default_query_exec_mode=exec" }

func base(host string) string { return "postgres://" + host + "/app?sslmode=require" }
