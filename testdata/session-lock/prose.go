package sessionlock

import (
	"fmt"
	"log"
)

var names = []string{"pg_advisory_lock", "pg_try_advisory_lock", "advisory lock"}

func prose(err error) error {
	log.Printf("calling pg_advisory_lock(%d)", lockID)
	return fmt.Errorf("failed to execute pg_try_advisory_lock: %w (%v)", err, names)
}
