package pooler

import (
	"github.com/poolvet/poolvet/internal/effect"
)

const (
	odysseySource = "yandex/odyssey 1.5.3-rc1: sources/reset.c, sources/pool.c, sources/pstmt.c, sources/xplan.c, include/kiwi/var.h, docs/features/pooling.md"
	odysseyLab    = "measured with Odyssey 1.5.2 and PostgreSQL 15.18 and 18.6; " + odysseySource
	odysseyKeeps  = "yandex/odyssey, commit 5c450e31: pool_reserve_prepared_statement is on by default from 1.5.0 on"
)

// odyssey runs its reset query after every transaction: nothing leaks that the
// query covers, and everything is lost.
func odyssey(v version) *Pooler {
	p := &Pooler{
		Title:     "Odyssey " + v.String(),
		About:     "Odyssey in transaction mode with its default settings (pool_discard, pool_reserve_prepared_statement); measured is 1.5, and 1.4 is its source",
		Reference: "https://github.com/yandex/odyssey",
		cells:     table(common, odysseyRows),
		set: each(fiveTracked+" default_transaction_read_only", odysseyHolds).over(params{
			"search_path": odysseyHolds.fromPostgres(18, nil)}),
		startup: each(fiveTracked+" user database search_path statement_timeout lock_timeout role work_mem idle_in_transaction_session_timeout "+
			"default_transaction_isolation default_transaction_read_only default_transaction_deferrable default_table_access_method "+
			"default_toast_compression check_function_bodies idle_session_timeout "+
			"log_statement log_min_messages log_min_error_statement log_min_duration_statement", odysseyHolds).
			over(each("transaction_isolation transaction_read_only", verdict(OK, Documented, "it is in Odyssey's list, and ends with the first transaction", odysseySource))).
			over(params{"extra_float_digits": lostForNothing["extra_float_digits"]}),
		options:  true,
		switches: map[Switch]choice{PreparedStatements: {table(odysseyReserves), table(odysseyResets), "pool_reserve_prepared_statement yes"}},
	}
	return p.turned(PreparedStatements, v.since(1, 5))
}

var odysseyHolds = verdict(OK, Measured, "Odyssey keeps it for each client and sets it on the server connection", odysseyLab)

var odysseyRows = []row{
	{setters, Lost, Measured, "Odyssey resets the server connection after every transaction", odysseyLab},
	{resetters, OK, Measured, "pointless, as Odyssey resets the server connection after every transaction itself", odysseyLab},
	{k{effect.Discard}, OK, Measured, "pointless, as Odyssey resets the server connection itself; DISCARD ALL loses the client's own named statements besides", odysseyLab},
	{k{effect.Unlisten}, OK, Documented, "pointless, as Odyssey runs UNLISTEN * after every transaction itself", odysseySource},
	{k{effect.Listen}, Lost, Documented, "Odyssey runs UNLISTEN * after every transaction", odysseySource},
	{k{effect.CursorHold}, Lost, Documented, "Odyssey runs CLOSE ALL after every transaction", odysseySource},
	{k{effect.TempObject}, Lost, Documented, "Odyssey runs DISCARD TEMP after every transaction", odysseySource},
	{k{effect.AdvisoryLock}, Lost, Documented, "Odyssey runs pg_advisory_unlock_all after every transaction, so the lock is silently released", odysseySource},
	{k{effect.AdvisoryUnlock}, Lost, Documented, "the lock is released already, so it returns false", odysseySource},
	{k{effect.SequenceRead}, Lost, Documented, "Odyssey runs DISCARD SEQUENCES after every transaction", odysseySource},
	{k{effect.LoadLibrary, effect.Dblink, effect.SetSeed, effect.TempSlot}, Leaks, Measured, "Odyssey's reset query does not cover it", odysseyLab},
	{k{effect.StartupParameter}, Lost, Measured, "Odyssey has a fixed list of startup parameters and ignores the others", odysseyLab},
}

// odysseyReserves holds with pool_reserve_prepared_statement, whose reset has
// no DEALLOCATE, odysseyResets without.
var (
	odysseyReserves = []row{
		{k{effect.NamedStatement}, OK, Measured, "pool_reserve_prepared_statement keeps named statements", odysseyLab + "; " + odysseyKeeps},
		{k{effect.SplitStatement}, OK, Measured, "pool_reserve_prepared_statement keeps the unnamed statement of each client: of 600 queries none returned wrong rows", odysseyLab},
		{k{effect.EvictStatement}, OK, Measured, "DEALLOCATE of a name that the client prepared by the protocol is taken", odysseyLab},
		{k{effect.Deallocate}, Lost, Measured, "it reaches whichever server connection the client has now, and DEALLOCATE ALL breaks the client's own named statements", odysseyLab},
		{prepares, Leaks, Measured, "the statement stays on one server connection: others run it, or meet 42P05 already exists", odysseyLab},
	}
	odysseyResets = []row{
		{k{effect.NamedStatement}, Lost, Documented, "without pool_reserve_prepared_statement, which is off by default before 1.5.0, the reset after each transaction drops it", odysseyKeeps},
		{k{effect.SplitStatement}, Refused, Measured, "without pool_reserve_prepared_statement the second round trip meets 26000 unnamed prepared statement does not exist", odysseyLab},
		{k{effect.EvictStatement}, Lost, Measured, "DEALLOCATE of a name of the protocol fails with 26000 does not exist, as the reset after each transaction dropped it", odysseyLab},
		{k{effect.Deallocate}, OK, Measured, "pointless, as without pool_reserve_prepared_statement the reset after each transaction drops all", odysseyLab},
		{prepares, Lost, Measured, "without pool_reserve_prepared_statement it is gone after the transaction", odysseyLab},
	}
)
