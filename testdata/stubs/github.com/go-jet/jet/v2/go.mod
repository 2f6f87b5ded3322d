module github.com/go-jet/jet/v2

go 1.26.0
