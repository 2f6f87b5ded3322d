package driver

// Libs are the packages that the tables name, for tests with packages above this one.
var Libs = libs
