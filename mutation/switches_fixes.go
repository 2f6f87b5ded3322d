package main

// ofFixes are the guards before a fix: each holds back one that would harm.
var ofFixes = []change{
	{name: "that edit what another does", file: "internal/fix/fix.go", old: `return !sameEdit(e, o) && e.Pos <= o.End && o.Pos <= e.End }) {`, new: `return !sameEdit(e, o) && e.Pos == o.Pos }) {`},
	{name: "outside transactions, too", file: "internal/fix/fix.go", old: ` || q.Mode != sqlflow.Statement || !inTransaction(q) {
		return nil
	}
	if p.Verdict`, new: ` || q.Mode != sqlflow.Statement {
		return nil
	}
	if p.Verdict`, in: "./analyzer", by: "^TestFixes$"},
	{name: "where the pooler minds the counterpart", file: "internal/fix/fix.go", old: `		return nil // contested too: it would be silenced, not mended`, new: `		_ = f // contested too`, in: "./analyzer", by: "^TestFixes$"},
	{name: "of a text that ends the transaction", file: "internal/fix/fix.go", old: `c.endsTransaction() || !f.edit(c) || !c.oneFile()`, new: `!f.edit(c) || !c.oneFile()`, in: "./analyzer", by: "^TestFixes$"},
	{name: "of a literal that serves others", file: "internal/fix/fix.go", old: ` || !c.servesNothingElse(f) {`, new: ` {`, in: "./analyzer", by: "^TestFixes$"},
	{name: "where the connection goes on", file: "internal/fix/fix.go", old: `	if slices.ContainsFunc(q.Uses, x.SQL.Outlived) {
		return nil
	}`, new: ``, in: "./analyzer", by: "^TestFixes$"},
	{name: "of what counts between transactions", file: "internal/fix/sql.go", old: ` || c.e.Object == "idle_session_timeout"`, new: ``, in: "./analyzer", by: "^TestFixes$"},
	{name: "of a placeholder that serves twice", file: "internal/fix/sql.go", old: `	return places == 0 || places == arguments`, new: `	return true`, in: "./analyzer", by: "^TestFixes$"},
	{name: "by true in place of an import", file: "internal/fix/sql.go", old: `imported || tv.Value == nil {`, new: `imported && false || tv.Value == nil {`, in: "./analyzer", by: "^TestFixes$"},
	{name: "of a temporary table that may be there", file: "internal/fix/sql.go", old: ` || c.token(i, "exists") > 0 {`, new: ` {`, in: "./analyzer", by: "^TestFixes$"},
	{name: "of a temporary table that others read", file: "internal/fix/sql.go", old: `c.e.Object == "" || !c.staysInTransaction(c.e.Object)`, new: `c.e.Object == ""`, in: "./analyzer", by: "^TestFixes$"},
	{name: "ON COMMIT behind TABLESPACE", file: "internal/fix/sql.go", old: `w == "tablespace" || w == "as"`, new: `w == "as"`, in: "./analyzer", by: "^TestFixes$"},
	{name: "of a lock that nothing unlocks", file: "internal/fix/lock.go", old: `	return len(c.edits) > before`, new: `	return len(c.edits) >= before`, in: "./analyzer", by: "^TestFixes$"},
	{name: "of a lock that is taken twice", file: "internal/fix/lock.go", old: `			return c.lockedOnce() && c.replace`, new: `			return c.replace`, in: "./analyzer", by: "^TestFixes$"},
	{name: "of an unlock in a loop", file: "internal/fix/lock.go", old: `		case *ast.ForStmt, *ast.RangeStmt:
			return analysis.TextEdit{}, false
		case ast.Stmt:`, new: `		case ast.Stmt:`, in: "./analyzer", by: "^TestFixes$"},
	{name: "of an unlock whose import is left unused", file: "internal/fix/lock.go", old: ` || !c.leavesNothingUnused(file, s) {`, new: ` || file == nil {`, in: "./analyzer", by: "^TestFixes$"},
	{name: "of a mode under a condition", file: "internal/fix/config.go", old: `		return !c.isConditional(c.set.Value) && c.inGo(value)`, new: `		return c.inGo(value)`, in: "./analyzer", by: "^TestFixes$"},
	{name: "by a mode that sends values otherwise", file: "internal/fix/config.go", old: `		isMode = (set.Plain || !f.recodes()) && c.setMode(f.value)`, new: `		isMode = c.setMode(f.value)`, in: "./analyzer", by: "^TestFixes$"},
	{name: "behind the fragment of a URL", file: "internal/fix/dsn.go", old: `			start = i
		}`, new: `			_ = i
		}`, in: "./analyzer", by: "^TestFixes$"},
	{name: "of a string for two majors of pgx", file: "internal/fix/site.go", old: `				others = true // both majors`, new: `				others = false // both majors`, in: "./analyzer", by: "^TestFixes$"},
	{name: "half a character", file: "internal/text/edit.go", old: ` || !OnCharacter(t.Value, start) || !OnCharacter(t.Value, end) {`, new: ` {`, in: "./internal/text ./internal/sqlflow"},
	{name: "a backquote in a raw literal", file: "internal/text/edit.go", old: "\"`\\r\\x00\\ufeff\"", new: `"\r\x00\ufeff"`, in: "./internal/text ./internal/sqlflow"},
	{name: "% of a format", file: "internal/text/edit.go", old: `		with = strings.ReplaceAll(with, "%", "%%")`, new: `		_ = p`, in: "./internal/text ./internal/sqlflow"},
	{name: "in a file of SQL that goes on", file: "internal/fix/text.go", old: ` || e.Body != effect.Direct && e.Body != effect.DoBlock {`, new: ` {`},
}
