package session

import (
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/effect"
	"github.com/poolvet/poolvet/internal/pgquery"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// oracle says from the parse tree alone which effects a statement has by its
// kind, calls and bodies aside. Analyze reads them from tokens.
func oracle(node *pgquery.Node) []effect.Kind {
	if node == nil {
		return nil
	}
	var kinds []effect.Kind
	node.ProtoReflect().Range(func(_ protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		kinds = oracleOf(v.Message())
		return false
	})
	return kinds
}

func oracleOf(m protoreflect.Message) []effect.Kind {
	get := func(m protoreflect.Message, name string) protoreflect.Value {
		return m.Get(m.Descriptor().Fields().ByName(protoreflect.Name(name)))
	}
	enum := func(name string) string {
		f := m.Descriptor().Fields().ByName(protoreflect.Name(name))
		return string(f.Enum().Values().ByNumber(m.Get(f).Enum()).Name())
	}
	str := func(name string) string { return get(m, name).String() }
	node := func(name string) []effect.Kind {
		n, _ := get(m, name).Message().Interface().(*pgquery.Node)
		return oracle(n)
	}
	isTemp := func(rel protoreflect.Message) bool {
		return get(rel, "relpersistence").String() == "t" || get(rel, "schemaname").String() == "pg_temp"
	}
	temp := func(rel protoreflect.Message, drop bool) []effect.Kind {
		switch {
		case !isTemp(rel):
			return nil
		case drop:
			return []effect.Kind{effect.TempOnCommitDrop}
		}
		return []effect.Kind{effect.TempObject}
	}
	switch m.Descriptor().Name() {
	case "VariableSetStmt":
		return oracleSet(enum("kind"), str("name"), get(m, "is_local").Bool(), m)
	case "DiscardStmt":
		return []effect.Kind{effect.Discard}
	case "PrepareStmt":
		return append([]effect.Kind{effect.Prepare}, node("query")...)
	case "ExecuteStmt":
		return []effect.Kind{effect.Execute}
	case "DeallocateStmt":
		return []effect.Kind{effect.Deallocate}
	case "ListenStmt":
		return []effect.Kind{effect.Listen}
	case "UnlistenStmt":
		return []effect.Kind{effect.Unlisten}
	case "TransactionStmt":
		if kind := enum("kind"); kind == "TRANS_STMT_BEGIN" || kind == "TRANS_STMT_START" {
			return []effect.Kind{effect.Begin}
		}
	case "NotifyStmt":
		return []effect.Kind{effect.Notify}
	case "LoadStmt":
		return []effect.Kind{effect.LoadLibrary}
	case "DeclareCursorStmt":
		if get(m, "options").Int()&0x20 != 0 {
			return []effect.Kind{effect.CursorHold}
		}
		return []effect.Kind{effect.Cursor}
	case "CreateStmt":
		return temp(get(m, "relation").Message(), enum("oncommit") == "ONCOMMIT_DROP")
	case "CreateFunctionStmt", "CreateDomainStmt":
		name := m.Descriptor().Fields().ByName(map[bool]protoreflect.Name{true: "funcname", false: "domainname"}[m.Descriptor().Name() == "CreateFunctionStmt"])
		if first, _ := m.Get(name).List().Get(0).Message().Interface().(*pgquery.Node); first.GetString_().GetSval() == "pg_temp" {
			return []effect.Kind{effect.TempFunction}
		}
	case "CompositeTypeStmt":
		if isTemp(get(m, "typevar").Message()) {
			return []effect.Kind{effect.TempFunction}
		}
	case "ViewStmt":
		return temp(get(m, "view").Message(), false)
	case "CreateSeqStmt":
		return temp(get(m, "sequence").Message(), false)
	case "CreateTableAsStmt":
		into := get(m, "into").Message()
		f := into.Descriptor().Fields().ByName("on_commit")
		drop := f.Enum().Values().ByNumber(into.Get(f).Enum()).Name() == "ONCOMMIT_DROP"
		return append(temp(get(into, "rel").Message(), drop), node("query")...)
	case "SelectStmt":
		if f := m.Descriptor().Fields().ByName("into_clause"); m.Has(f) {
			return temp(get(m.Get(f).Message(), "rel").Message(), false)
		}
	}
	return nil
}

func oracleSet(kind, name string, local bool, m protoreflect.Message) []effect.Kind {
	one := func(session, transaction effect.Kind) []effect.Kind {
		if local {
			return []effect.Kind{transaction}
		}
		return []effect.Kind{session}
	}
	args := m.Get(m.Descriptor().Fields().ByName("args")).List()
	none := name == "role" && args.Len() == 1 && strings.Contains(args.Get(0).Message().Interface().(interface{ String() string }).String(), `"none"`)
	reset := kind == "VAR_RESET" || kind == "VAR_SET_DEFAULT"
	switch {
	case name == "no_such_variable":
		return nil
	case kind == "VAR_RESET_ALL":
		return []effect.Kind{effect.ResetAll}
	case strings.HasPrefix(name, "TRANSACTION"), strings.HasPrefix(name, "transaction_") && name != "transaction_timeout":
		if reset && kind == "VAR_RESET" {
			return []effect.Kind{effect.Reset}
		}
		return []effect.Kind{effect.SetTransaction}
	case name == "SESSION CHARACTERISTICS":
		return []effect.Kind{effect.SetCharacteristics}
	case name == "role" && (reset || none):
		return one(effect.ResetRole, effect.SetLocalRole)
	case name == "role":
		return one(effect.SetRole, effect.SetLocalRole)
	case name == "session_authorization" && reset:
		return one(effect.ResetSessionAuthorization, effect.SetLocalRole)
	case name == "session_authorization":
		return one(effect.SetSessionAuthorization, effect.SetLocalRole)
	case reset:
		return one(effect.Reset, effect.SetLocal)
	}
	return one(effect.Set, effect.SetLocal)
}

// Two readings of PostgreSQL's own statements agree: by token and by tree.
func TestTokensAgreeWithTheTree(t *testing.T) {
	checked := 0
	for _, text := range regressStatements(t) {
		if !Gate(text) {
			continue
		}
		statements := split(text, pgquery.Scan(text), 0, newBudget())
		if len(statements) != 1 || slices.ContainsFunc(statements[0].tokens, func(t pgquery.Token) bool { return t.Kind == pgquery.Spot }) {
			continue
		}
		node, _, err := statements[0].parse()
		if err != nil {
			continue
		}
		if _, explains := node.GetNode().(*pgquery.ExplainStmt); explains {
			continue
		}
		var got []effect.Kind
		for _, e := range statements[0].utility(0) {
			got = append(got, e.Kind)
		}
		if want := oracle(node); !slices.Equal(got, want) {
			t.Errorf("%s\n got %v\nwant %v", text, got, want)
		}
		checked++
	}
	if checked < 5_000 {
		t.Errorf("only %d statements checked", checked)
	}
}
