package tempobject

import "fmt"

var notes = []string{"create temp table", "Create temporary table for the import?", "temp view"}

func prose(name string, err error) error {
	return fmt.Errorf("create temp table %s: %w (%v)", name, err, notes)
}
