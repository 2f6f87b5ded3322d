package main

import "slices"

// switches are all that are tried, by what they are of. To add one, copy the
// text from the file, as it stands there once.
func switches() []change {
	return slices.Concat(ofSQL, ofGo, ofPoolers, ofFixes, ofPlaces, ofLogs, ofOutput)
}

// fast are the tests of the analyzer that take the libraries' types from export
// data: the others need minutes.
const fast = "^Test(RulesByOwnLoader|StatementMode|Evictions|Openings|Defaults|Dialects|DirectFollowsThePool|Elsewhere|Hooks|DirectivesInSQL|Fixes|Followed|Routines|Undone|TextsThatNothingIsSeenToRun|SeveralPoolers|DeployedKeys|Options|EveryKindHasARule|ConfigurationsElsewhere|EmbeddedFiles)$"
