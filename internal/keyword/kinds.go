package keyword

import "github.com/poolvet/poolvet/internal/effect"

// statements are those that are known by a keyword, and what they can do.
var statements = map[string][]effect.Kind{
	"set": {effect.Set, effect.SetLocal, effect.SetCharacteristics, effect.SetTransaction, effect.Reset, effect.SetRole, effect.SetLocalRole, effect.ResetRole,
		effect.SetSessionAuthorization, effect.ResetSessionAuthorization},
	"reset":      {effect.Reset, effect.ResetAll, effect.ResetRole, effect.ResetSessionAuthorization},
	"discard":    {effect.Discard},
	"prepare":    {effect.Prepare},
	"execute":    {effect.Execute},
	"deallocate": {effect.Deallocate},
	"listen":     {effect.Listen},
	"unlisten":   {effect.Unlisten},
	"declare":    {effect.Cursor, effect.CursorHold},
	"load":       {effect.LoadLibrary},
	"begin":      {effect.Begin},
	"start":      {effect.Begin},
	"notify":     {effect.Notify},
}

// functions are those that change or depend on session state.
// https://www.postgresql.org/docs/current/functions-admin.html,
// functions-sequence.html, functions-math.html and contrib-dblink-connect.html
var functions = map[string]effect.Kind{
	"set_config":                       effect.SetConfig,
	"pg_advisory_lock":                 effect.AdvisoryLock,
	"pg_advisory_lock_shared":          effect.AdvisoryLock,
	"pg_try_advisory_lock":             effect.AdvisoryLock,
	"pg_try_advisory_lock_shared":      effect.AdvisoryLock,
	"pg_advisory_unlock":               effect.AdvisoryUnlock,
	"pg_advisory_unlock_shared":        effect.AdvisoryUnlock,
	"pg_advisory_unlock_all":           effect.AdvisoryUnlock,
	"pg_advisory_xact_lock":            effect.AdvisoryXactLock,
	"pg_advisory_xact_lock_shared":     effect.AdvisoryXactLock,
	"pg_try_advisory_xact_lock":        effect.AdvisoryXactLock,
	"pg_try_advisory_xact_lock_shared": effect.AdvisoryXactLock,
	"nextval":                          effect.SequenceChange,
	"setval":                           effect.SequenceChange,
	"currval":                          effect.SequenceRead,
	"lastval":                          effect.SequenceRead,
	"setseed":                          effect.SetSeed,
	"pg_export_snapshot":               effect.ExportSnapshot,

	"pg_create_logical_replication_slot":  effect.TempSlot,
	"pg_create_physical_replication_slot": effect.TempSlot,
	"pg_copy_logical_replication_slot":    effect.TempSlot,
	"pg_copy_physical_replication_slot":   effect.TempSlot,
	"dblink_connect":                      effect.Dblink,
	"dblink_connect_u":                    effect.Dblink,
}

// Call is what a call of a function does, its name in lower case; it is false
// where that is nothing to the session.
func Call(name string) (kind effect.Kind, ok bool) {
	kind, ok = functions[name]
	return kind, ok
}

// Kinds are the effects that a word, in lower case, can belong to.
func Kinds(word string) []effect.Kind {
	switch Of(word) {
	case Statement:
		return statements[word]
	case Temp:
		return []effect.Kind{effect.TempObject, effect.TempOnCommitDrop}
	case Function:
		if functions[word] == effect.SetConfig {
			return []effect.Kind{effect.SetConfig, effect.SetConfigLocal}
		}
		return []effect.Kind{functions[word]}
	}
	return nil
}
