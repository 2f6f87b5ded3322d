module github.com/poolvet/poolvet/mutation

go 1.26.0
