package sqlprepare

import "fmt"

var steps = []string{"prepare order", "Execute plan", "EXECUTE", "deallocate buffers", "PREPARE orders AS soon as possible"}

func prose(err error) error {
	return fmt.Errorf("execute plan %q: %w", steps[0], err)
}
