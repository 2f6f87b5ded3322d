package localoutsidetx

import "fmt"

var hints = []string{"set local storage", "SET LOCAL", "use SET LOCAL in a transaction"}

func prose(err error) error { return fmt.Errorf("set local timeout: %w (%v)", err, hints) }
