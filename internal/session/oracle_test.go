package session

import (
	"slices"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/pgquery"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// oracle says from the parse tree alone which effects a statement has by its
// kind, calls and bodies aside. Analyze reads them from tokens.
func oracle(node *pgquery.Node) []Kind {
	if node == nil {
		return nil
	}
	var kinds []Kind
	node.ProtoReflect().Range(func(_ protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		kinds = oracleOf(v.Message())
		return false
	})
	return kinds
}

func oracleOf(m protoreflect.Message) []Kind {
	get := func(m protoreflect.Message, name string) protoreflect.Value {
		return m.Get(m.Descriptor().Fields().ByName(protoreflect.Name(name)))
	}
	enum := func(name string) string {
		f := m.Descriptor().Fields().ByName(protoreflect.Name(name))
		return string(f.Enum().Values().ByNumber(m.Get(f).Enum()).Name())
	}
	str := func(name string) string { return get(m, name).String() }
	node := func(name string) []Kind {
		n, _ := get(m, name).Message().Interface().(*pgquery.Node)
		return oracle(n)
	}
	isTemp := func(rel protoreflect.Message) bool {
		return get(rel, "relpersistence").String() == "t" || get(rel, "schemaname").String() == "pg_temp"
	}
	temp := func(rel protoreflect.Message, drop bool) []Kind {
		switch {
		case !isTemp(rel):
			return nil
		case drop:
			return []Kind{TempOnCommitDrop}
		}
		return []Kind{TempObject}
	}
	switch m.Descriptor().Name() {
	case "VariableSetStmt":
		return oracleSet(enum("kind"), str("name"), get(m, "is_local").Bool(), m)
	case "DiscardStmt":
		return []Kind{Discard}
	case "PrepareStmt":
		return append([]Kind{Prepare}, node("query")...)
	case "ExecuteStmt":
		return []Kind{Execute}
	case "DeallocateStmt":
		return []Kind{Deallocate}
	case "ListenStmt":
		return []Kind{Listen}
	case "UnlistenStmt":
		return []Kind{Unlisten}
	case "LoadStmt":
		return []Kind{LoadLibrary}
	case "DeclareCursorStmt":
		if get(m, "options").Int()&0x20 != 0 {
			return []Kind{CursorHold}
		}
		return []Kind{Cursor}
	case "CreateStmt":
		return temp(get(m, "relation").Message(), enum("oncommit") == "ONCOMMIT_DROP")
	case "CreateFunctionStmt", "CreateDomainStmt":
		name := m.Descriptor().Fields().ByName(map[bool]protoreflect.Name{true: "funcname", false: "domainname"}[m.Descriptor().Name() == "CreateFunctionStmt"])
		if first, _ := m.Get(name).List().Get(0).Message().Interface().(*pgquery.Node); first.GetString_().GetSval() == "pg_temp" {
			return []Kind{TempFunction}
		}
	case "CompositeTypeStmt":
		if isTemp(get(m, "typevar").Message()) {
			return []Kind{TempFunction}
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

func oracleSet(kind, name string, local bool, m protoreflect.Message) []Kind {
	one := func(session, transaction Kind) []Kind {
		if local {
			return []Kind{transaction}
		}
		return []Kind{session}
	}
	args := m.Get(m.Descriptor().Fields().ByName("args")).List()
	none := name == "role" && args.Len() == 1 && strings.Contains(args.Get(0).Message().Interface().(interface{ String() string }).String(), `"none"`)
	reset := kind == "VAR_RESET" || kind == "VAR_SET_DEFAULT"
	switch {
	case name == "no_such_variable":
		return nil
	case kind == "VAR_RESET_ALL":
		return []Kind{ResetAll}
	case strings.HasPrefix(name, "TRANSACTION"), strings.HasPrefix(name, "transaction_") && name != "transaction_timeout":
		if reset && kind == "VAR_RESET" {
			return []Kind{Reset}
		}
		return []Kind{SetTransaction}
	case name == "SESSION CHARACTERISTICS":
		return []Kind{SetCharacteristics}
	case name == "role" && (reset || none):
		return one(ResetRole, SetLocalRole)
	case name == "role":
		return one(SetRole, SetLocalRole)
	case name == "session_authorization" && reset:
		return one(ResetSessionAuthorization, SetLocalRole)
	case name == "session_authorization":
		return one(SetSessionAuthorization, SetLocalRole)
	case reset:
		return one(Reset, SetLocal)
	}
	return one(Set, SetLocal)
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
		var got []Kind
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
