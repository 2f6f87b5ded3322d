package sequencestate

import "fmt"

var columns = []string{"nextval", "lastval", "nextval()"}

func prose(err error) error {
	return fmt.Errorf("nextval('order_numbers') failed: %w %v", err, columns)
}
