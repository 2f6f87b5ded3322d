package library

// sqlboiler is an ORM that generates code. https://pkg.go.dev/github.com/aarondl/sqlboiler/v4
var sqlboiler = boiler("github.com/aarondl/sqlboiler", "")

// volatileBoiler is its earlier home.
var volatileBoiler = boiler("github.com/volatiletech/sqlboiler", "its later home, v4.19.5")

func boiler(path, read string) *Library {
	return &Library{
		Name: "sqlboiler",
		Read: read,
		Packages: []Package{
			{
				Path: path + "/v4/boil",
				Sinks: `
					Executor	0	Exec Query QueryRow
					ContextExecutor	1	ExecContext QueryContext QueryRowContext`,
				Handles: map[string]Handle{"Transactor": Tx, "ContextTransactor": Tx},
			},
			{
				Path: path + "/v4/queries",
				Sinks: `
					-	0	Raw RawG
					-	1	SetSQL
					-	1/fragment	AppendWhere AppendIn AppendNotIn AppendHaving AppendInnerJoin AppendLeftOuterJoin
					-	1/fragment	AppendRightOuterJoin AppendFullOuterJoin AppendGroupBy AppendOrderBy AppendWith SetFor
					-	1/fragment/all	AppendFrom AppendSelect`,
			},
			{
				Path: path + "/v4/queries/qm",
				Sinks: `
					-	0	SQL
					-	0/fragment	Where And Or WhereIn AndIn OrIn WhereNotIn AndNotIn OrNotIn Having From For With Distinct
					-	0/fragment	InnerJoin LeftOuterJoin RightOuterJoin FullOuterJoin GroupBy OrderBy
					-	0/fragment/all	Select`,
			},
		},
		Database: Words(path),
	}
}
