package setrole

import (
	"errors"
	"fmt"
	"log/slog"
)

// Hint is for others to show, and no statement to run.
const Hint = "set role to admin"

var errRole = errors.New("set role")

var labels = map[string]string{
	"title": "Set role",
	"reset": "Reset role to default",
	"none":  "set role none",
}

func prose(name string) error {
	slog.Info("set role to admin", "name", name)
	slog.Info(fmt.Sprintf("SET ROLE %s skipped: %s", name, labels["title"]))
	return fmt.Errorf("unable to set role to '%s': %w", name, errRole)
}
