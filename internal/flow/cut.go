package flow

import "go/token"

// Cut is a place where texts were left out, and why.
type Cut struct {
	Pos    token.Pos
	Reason string
}
