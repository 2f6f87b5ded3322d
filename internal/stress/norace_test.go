//go:build !race

package stress

const slow = 1
