// Package flags has a constant that another package binds.
package flags

// Local says whether a setting is the transaction's.
const Local = false
