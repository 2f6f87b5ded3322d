// The tests that read what poolvet writes with the tools that it is for: a JSON
// schema validator and a browser. A module of its own, so that their
// dependencies reach no one who depends on poolvet.
module github.com/poolvet/poolvet/outputs

go 1.26.0

require (
	github.com/chromedp/chromedp v0.23.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
	golang.org/x/tools v0.52.0
)

require (
	github.com/chromedp/cdproto v0.159.0 // indirect
	github.com/go-json-experiment/json v0.0.0-20260213210345-44df1a37e875 // indirect
	golang.org/x/text v0.14.0 // indirect
)
