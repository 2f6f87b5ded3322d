package listen

import (
	"fmt"
	"log"
	"net"
)

var messages = []string{"listen foo", "Listen to the radio", "listen tcp :8080", "UNLISTEN"}

func prose(addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("listen %s: %w", addr, err)
	}
	log.Printf("LISTEN on %s", l.Addr())
	log.Println("listen orders", messages)
	return nil
}
