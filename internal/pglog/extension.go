package pglog

import (
	"encoding/json"
	"regexp"
	"strings"
)

// root is the first line of a plan in auto_explain's text, with its costs.
var root = regexp.MustCompile(`\n *[A-Z][^\n]*  \(cost=\d+\.\d+\.\.`)

// plan reads what auto_explain logs, as text or JSON: the statement, the values
// bound to it since PostgreSQL 16, and a plan that is of no interest here.
func (r *reader) plan(s string) {
	e := &r.entry
	e.Step = Plan
	if text, ok := strings.CutPrefix(s, "\nQuery Text: "); ok {
		at := root.FindStringIndex(text)
		if at == nil {
			return // YAML
		}
		text = text[:at[0]]
		if sql, list, ok := cutLast(text, "\nQuery Parameters: "); ok {
			text, e.Params = sql, params(e.Params, list)
		}
		e.SQL = text
		r.hand()
		return
	}
	var plan struct {
		Text   string `json:"Query Text"`
		Params string `json:"Query Parameters"`
	}
	if err := json.Unmarshal([]byte(s), &plan); err != nil || plan.Text == "" {
		return
	}
	e.SQL, e.Params = plan.Text, params(e.Params, plan.Params)
	r.hand()
}

// What pgaudit writes in place of a text.
const (
	notLogged        = "<not logged>"
	previouslyLogged = "<previously logged>"
	none             = "<none>"
)

// audit reads what pgaudit logs: kind, statement, substatement, class, command,
// type and name of the object, text, parameters.
func (r *reader) audit(s string) {
	e := &r.entry
	e.Step = Audit
	f := splitCSV([]byte(s), nil)
	if len(f) < 9 || f[7] == notLogged || f[7] == previouslyLogged {
		return
	}
	e.SQL = f[7]
	if f[8] != notLogged && f[8] != none {
		for _, value := range splitCSV([]byte(f[8]), nil) {
			// NULL is written as nothing, as an empty value is.
			e.Params = append(e.Params, Param{Value: value, Null: value == ""})
		}
	}
	r.hand()
}
