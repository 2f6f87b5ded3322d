package cursor

import "fmt"

var hints = []string{"declare cursor", "Declare the cursor for reading", "cursor with hold"}

func prose(name string) error { return fmt.Errorf("DECLARE %s CURSOR failed: %v", name, hints) }
