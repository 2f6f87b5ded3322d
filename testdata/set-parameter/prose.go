package setparameter

import (
	"errors"
	"fmt"
	"log"
	"net/http"
)

// Texts that only look like SQL.
var (
	errTimeout = errors.New("set statement_timeout: out of range")
	usage      = "SET timeout in seconds"
	help       = "set x to y"
	title      = "Reset password"
	action     = "RESET"
	updateSet  = "UPDATE settings SET timezone = :tz WHERE id = :id"
	template   = "-- run this as a superuser: SET search_path TO app"
)

func prose(w http.ResponseWriter, key, value string, err error) error {
	log.Printf("set search_path to %s", value)
	fmt.Fprintf(w, "SET %s=%s\n", key, value)
	fmt.Println("reset all settings", usage, help, title, action, updateSet, template)
	if err != nil {
		return fmt.Errorf("failed to execute SET search_path: %w", errors.Join(err, errTimeout))
	}
	return fmt.Errorf("unable to set role to '%s'", value)
}
