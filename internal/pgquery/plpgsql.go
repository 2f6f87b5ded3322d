package pgquery

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// PLpgSQLExpr is SQL in a body of PL/pgSQL: what its parser calls an expression.
type PLpgSQLExpr struct {
	SQL     string // statements, an expression being a SELECT of it
	Dynamic bool   // SQL is the expression that EXECUTE runs the value of
}

// ParsePLpgSQL parses the body of a DO, CREATE FUNCTION or CREATE PROCEDURE
// statement in PL/pgSQL, and returns its SQL in the order of the parser's tree.
// Errors are as those of Parse.
func ParsePLpgSQL(sql, body string) ([]PLpgSQLExpr, error) {
	t := Scan(body)
	if !Bounded(sql, Scan(sql)) || !Bounded(body, t) || !boundedBlocks(body, t) {
		return nil, ErrTooComplex
	}
	doc, err := parsePlPgSQL(sql)
	if err != nil {
		return nil, syntaxError(sql, err)
	}
	var tree any
	if err := json.Unmarshal([]byte(mended(doc)), &tree); err != nil {
		return nil, err
	}
	return expressions(nil, tree, ""), nil
}

// mended is a printed tree without the brackets too many that libpg_query 18
// and its port print for the variables of a trigger (TG_OP, …),
// https://github.com/pganalyze/libpg_query/issues/337.
func mended(doc string) string {
	datums, action, ok := strings.Cut(doc, `"action":`)
	if !ok || json.Valid([]byte(doc)) {
		return doc
	}
	return strings.NewReplacer(",{}}", ",{}", "[{}}", "[{}").Replace(datums) + `"action":` + action
}

// expressions adds the queries and expressions of the tree that the parser prints.
func expressions(all []PLpgSQLExpr, tree any, field string) []PLpgSQLExpr {
	switch v := tree.(type) {
	case []any:
		for _, e := range v {
			all = expressions(all, e, field)
		}
	case map[string]any:
		if expr, ok := v["PLpgSQL_expr"].(map[string]any); ok {
			query, _ := expr["query"].(string)
			mode, _ := expr["parseMode"].(float64)
			if field == "dynamic" {
				return append(all, PLpgSQLExpr{query, true})
			}
			return append(all, PLpgSQLExpr{asStatements(query, int(mode)), false})
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			next := key
			switch {
			case key == "dynquery", key == "query" && (field == "PLpgSQL_stmt_dynexecute" || field == "PLpgSQL_stmt_dynfors"):
				next = "dynamic"
			}
			all = expressions(all, v[key], next)
		}
	}
	return all
}

// Parse modes of PL/pgSQL's expressions, RawParseMode in PostgreSQL's
// parser/parser.h.
const (
	modeStatement  = 0
	modeExpression = 2
	modeAssignment = 3 // to 5: name := expression
)

func asStatements(query string, mode int) string {
	switch {
	case mode >= modeAssignment:
		for _, t := range Scan(query) {
			if op := query[t.Start:t.End]; op == ":=" || op == "=" {
				query = query[t.End:]
				break
			}
		}
		return "SELECT " + query
	case mode == modeExpression:
		return "SELECT " + query
	}
	return query
}
