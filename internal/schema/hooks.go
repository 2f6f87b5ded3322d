package schema

import (
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/pgquery"
)

// What is called without being named: by a change of a table, or by a look at a
// view.

// hooks are those of a statement that creates or alters a table or a view.
func hooks(node *pgquery.Node) []Definition {
	switch {
	case node.GetCreateTrigStmt() != nil:
		return []Definition{trigger(node)}
	case node.GetCreateEventTrigStmt() != nil:
		return []Definition{eventTrigger(node)}
	case node.GetAlterEventTrigStmt() != nil:
		t := node.GetAlterEventTrigStmt()
		return []Definition{{Kind: EventTrigger, Of: t.Trigname, Dropped: true}}
	case node.GetRuleStmt() != nil:
		rule := node.GetRuleStmt()
		d := on(Rule, rule.Relation, rule.Rulename, How(strings.TrimPrefix(rule.Event.String(), "CMD_")))
		d.Calls = callsAt(rule.Actions)
		return []Definition{d}
	case node.GetViewStmt() != nil:
		d := on(View, node.GetViewStmt().View, "", Reads)
		d.Calls = callsAt(node.GetViewStmt().Query)
		return []Definition{d}
	case node.GetCreateTableAsStmt() != nil:
		as := node.GetCreateTableAsStmt()
		if as.Objtype.String() != "OBJECT_MATVIEW" {
			return []Definition{on(Table, as.GetInto().GetRel(), "")}
		}
		d := on(View, as.GetInto().GetRel(), "", Refreshes)
		d.Calls = callsAt(as.Query)
		return []Definition{d}
	case node.GetCreateStmt() != nil:
		table := node.GetCreateStmt()
		all := []Definition{on(Table, table.Relation, "")}
		for _, element := range table.TableElts {
			all = append(all, defaults(table.Relation, element)...)
		}
		return all
	case node.GetAlterTableStmt() != nil:
		return altered(node)
	}
	return nil
}

func on(kind Kind, table *pgquery.RangeVar, of string, how ...How) Definition {
	return Definition{Kind: kind, Schema: table.GetSchemaname(), Name: table.GetRelname(), Of: of, On: how}
}

// callsAt are those at or below a node: which words they are is not told.
func callsAt(v any) (all []Call) {
	pgquery.Walk(v, func(node any) {
		var call Call
		switch n := node.(type) {
		case *pgquery.FuncCall:
			call.Count = len(n.Args)
			call.Schema, call.Name = pgquery.NameIn(n.Funcname)
		case *pgquery.TableRef:
			call = Call{How: Reads, Schema: n.RangeVar.Schemaname, Name: n.RangeVar.Relname}
		case *pgquery.InsertStmt:
			call = Call{How: Inserts, Schema: n.InsertStmt.Relation.GetSchemaname(), Name: n.InsertStmt.Relation.GetRelname()}
		default:
			return
		}
		all = append(all, call)
	})
	return all
}

// The bits of a trigger's events: src/include/catalog/pg_trigger.h.
var events = []struct {
	bit int32
	how How
}{{4, Inserts}, {8, Deletes}, {16, Updates}, {32, Truncates}}

func trigger(node *pgquery.Node) Definition {
	t := node.GetCreateTrigStmt()
	d := on(Trigger, t.Relation, t.Trigname)
	for _, event := range events {
		if t.Events&event.bit != 0 {
			d.On = append(d.On, event.how)
		}
	}
	for _, column := range t.Columns {
		d.Only = append(d.Only, column.GetString_().GetSval())
	}
	call := Call{}
	call.Schema, call.Name = pgquery.NameIn(t.Funcname)
	d.Calls = []Call{call}
	return d
}

// eventTrigger reads CREATE EVENT TRIGGER. Those of a login and of a rewritten
// table are left out: what sets them off is not told by a statement.
func eventTrigger(node *pgquery.Node) Definition {
	t := node.GetCreateEventTrigStmt()
	d := Definition{Kind: EventTrigger, Of: t.Trigname}
	switch t.Eventname {
	case "ddl_command_start", "ddl_command_end":
		d.On = []How{Defines}
	case "sql_drop":
		d.On, d.Only = []How{Defines}, []string{"DROP"}
	}
	for _, when := range t.Whenclause {
		for _, tag := range when.GetDefElem().GetArg().GetList().GetItems() {
			d.Only = append(d.Only, strings.ToUpper(tag.GetString_().GetSval()))
		}
	}
	call := Call{}
	call.Schema, call.Name = pgquery.NameIn(t.Funcname)
	d.Calls = []Call{call}
	return d
}

// defaults are those of a column that call something.
func defaults(table *pgquery.RangeVar, element *pgquery.Node) (all []Definition) {
	column := element.GetColumnDef()
	for _, c := range column.GetConstraints() {
		if constraint := c.GetConstraint(); constraint.GetContype().String() == "CONSTR_DEFAULT" {
			all = append(all, drawn(table, column.GetColname(), constraint.GetRawExpr()))
		}
	}
	return all
}

// drawn is the default of a column, drops it where there is none.
func drawn(table *pgquery.RangeVar, column string, expr *pgquery.Node) Definition {
	d := on(Default, table, column, Inserts)
	d.Calls = callsAt(expr)
	d.Dropped = len(d.Calls) == 0
	return d
}

// altered are what an ALTER TABLE adds and takes away. A trigger that is switched
// off is as good as dropped; one that is switched on again stays unknown.
func altered(node *pgquery.Node) (all []Definition) {
	table := node.GetAlterTableStmt()
	for _, c := range table.Cmds {
		switch cmd := c.GetAlterTableCmd(); strings.TrimPrefix(cmd.GetSubtype().String(), "AT_") {
		case "AddColumn":
			all = append(all, defaults(table.Relation, cmd.GetDef())...)
		case "ColumnDefault":
			all = append(all, drawn(table.Relation, cmd.GetName(), cmd.GetDef()))
		case "DropColumn":
			all = append(all, Definition{Kind: Default, Schema: table.Relation.GetSchemaname(), Name: table.Relation.GetRelname(), Of: cmd.GetName(), Dropped: true})
		case "DisableTrig", "DisableTrigAll", "DisableTrigUser", "EnableTrig", "EnableReplicaTrig", "EnableAlwaysTrig":
			all = append(all, Definition{Kind: Trigger, Schema: table.Relation.GetSchemaname(), Name: table.Relation.GetRelname(), Of: cmd.GetName(), Dropped: true})
		}
	}
	return all
}

// dropped are the kinds that end with what DROP and its like name, which has a
// name of its own besides the table's.
var dropped = map[string]struct {
	kinds []Kind
	own   bool
}{
	"OBJECT_FUNCTION":      {[]Kind{Routine}, false},
	"OBJECT_PROCEDURE":     {[]Kind{Routine}, false},
	"OBJECT_ROUTINE":       {[]Kind{Routine}, false},
	"OBJECT_TRIGGER":       {[]Kind{Trigger}, true},
	"OBJECT_RULE":          {[]Kind{Rule}, true},
	"OBJECT_VIEW":          {[]Kind{View, Rule, Trigger}, false},
	"OBJECT_MATVIEW":       {[]Kind{View}, false},
	"OBJECT_TABLE":         {[]Kind{Table, Default, Trigger, Rule}, false},
	"OBJECT_EVENT_TRIGGER": {[]Kind{EventTrigger}, true},
}

func drops(node *pgquery.Node) (all []Definition) {
	for _, object := range node.GetDropStmt().Objects {
		all = append(all, gone(node.GetDropStmt().RemoveType.String(), object)...)
	}
	return all
}

// moved are what has another name, or another schema, from then on.
func moved(node *pgquery.Node) []Definition {
	object, relation, of := node.GetRenameStmt().GetObject(), node.GetRenameStmt().GetRelation(), node.GetRenameStmt().GetSubname()
	what := node.GetRenameStmt().GetRenameType().String()
	if s := node.GetAlterObjectSchemaStmt(); s != nil {
		object, relation, what = s.Object, s.Relation, s.ObjectType.String()
	}
	if relation == nil {
		return gone(what, object)
	}
	var all []Definition
	for _, kind := range dropped[what].kinds {
		d := on(kind, relation, "")
		if dropped[what].own {
			d.Of = of
		}
		d.Dropped = true
		all = append(all, d)
	}
	return all
}

// gone are what ends with an object of DROP.
func gone(what string, object *pgquery.Node) (all []Definition) {
	parts := object.GetObjectWithArgs().GetObjname()
	if parts == nil {
		parts = object.GetList().GetItems()
	}
	if parts == nil && object.GetString_() != nil {
		parts = []*pgquery.Node{object}
	}
	for _, kind := range dropped[what].kinds {
		d, of := Definition{Kind: kind, Dropped: true}, slices.Clone(parts)
		if n := len(of); dropped[what].own && n > 0 {
			d.Of, of = of[n-1].GetString_().GetSval(), of[:n-1]
		}
		d.Schema, d.Name = pgquery.NameIn(of)
		all = append(all, d)
	}
	return all
}
