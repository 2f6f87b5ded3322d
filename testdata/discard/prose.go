package discard

import (
	"errors"
	"fmt"
)

var errDiscard = errors.New("DISCARD ALL not allowed")

var buttons = []string{"Discard all", "discard temp", "Discard"}

func prose() string {
	return fmt.Sprintf("discard all %d changes?", len(buttons))
}
