// Package conf has what the environment says, or else a tag.
package conf

type Config struct {
	DSN   string `env:"DSN" envDefault:"postgres://localhost/app?statement_timeout=5000&default_query_exec_mode=exec"`
	Plain string `env:"PLAIN" envDefault:"postgres://localhost/app"`
}
