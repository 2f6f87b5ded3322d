// Package shuffle lets a test change the order in which the analysis starts
// with what it has to do: what it says must never depend on it.
package shuffle

// Do, where a test sets it, puts n things in another order.
var Do func(n int, swap func(i, j int))

// Slice puts s in another order in a test, and leaves it otherwise.
func Slice[T any](s []T) {
	if Do != nil {
		Do(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	}
}
