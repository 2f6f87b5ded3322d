package pooler

import (
	"slices"

	"github.com/poolvet/poolvet/internal/effect"
)

const agroalLab = "measured with pgagroal 2.1.0 in its transaction pipeline and PostgreSQL 15.18"

// pgagroal keeps the server connection for a client from its first statement
// until it leaves, and resets nothing: the next client has what is left.
func pgagroal(v version) *Pooler {
	return &Pooler{
		Title:     "pgagroal " + v.String(),
		About:     "pgagroal with pipeline = transaction: a client keeps its server connection from the first statement on, so that no more clients are served than there are connections; what was not measured is inferred from what was",
		Reference: "https://agroal.github.io/pgagroal/",
		cells:     table(common, agroalRows),
		startup:   lostForNothing.over(each("user database", verdict(OK, Measured, "pgagroal reads it", agroalLab))),
	}
}

var agroalRows = []row{
	{slices.Concat(setters, prepares, k{effect.Listen, effect.AdvisoryLock, effect.TempObject, effect.TempSlot, effect.CursorHold, effect.LoadLibrary}), Leaks, Measured,
		"pgagroal resets nothing when the client leaves, and the next one on that connection has it", agroalLab},
	{k{effect.SequenceRead, effect.Dblink, effect.SetSeed, effect.NamedStatement}, Leaks, Inferred,
		"pgagroal resets nothing when the client leaves, and the next one on that connection has it", agroalLab},
	{slices.Concat(resetters, k{effect.Discard, effect.Deallocate, effect.Unlisten, effect.AdvisoryUnlock, effect.SplitStatement}), OK, Inferred,
		"the client keeps its server connection until it leaves", agroalLab},
	{k{effect.StartupParameter}, Lost, Measured,
		"the server connection was opened with other startup parameters, and pgagroal sends none", agroalLab},
}
