package loadlibrary

import "fmt"

var texts = []string{"load 'config.yaml'", "LOAD", "Load the library"}

func prose(path string) error { return fmt.Errorf("load %q: %v", path, texts) }
