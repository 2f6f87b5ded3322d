package pglog

import (
	"strings"
	"testing"
)

// csvRecord is a record of csvlog with a message.
func csvRecord(message string) string {
	return `2026-03-12 10:04:05.678 UTC,"alice","shop",7,"[local]",65f1a2b3.4d,1,"idle",2026-03-12 10:00:00 UTC,3/3,0,LOG,00000,"` + message + `",,,,,,,,,"billing",` + "\n"
}

func TestCSVThatBeginsWithinARecord(t *testing.T) {
	counts := want(t, "	, \"\"x\"\"';\",,,,,,,,,\"billing\"\n"+csvRecord("statement: SET jit = off"), `
2: simple session="65f1a2b3.4d" user="alice" db="shop" app="billing" host="[local]" sql="SET jit = off" at 2026-03-12T10:04:05.678Z
`)
	if counts.Other != 1 || counts.Formats["csvlog"] != 1 {
		t.Errorf("counts are %+v", counts)
	}
}

func TestCSVOfWhichARecordHasNoEnd(t *testing.T) {
	whole := csvRecord("statement: SET jit = off")
	cut := strings.SplitAfter(csvRecord("statement: SELECT\n\t1"), "\n")[0]
	counts := want(t, cut+whole+cut, `
2: simple session="65f1a2b3.4d" user="alice" db="shop" app="billing" host="[local]" sql="SET jit = off" at 2026-03-12T10:04:05.678Z
`)
	if len(counts.Cut) != 1 || counts.Cut[0] != "standard input:1: the record has no end" {
		t.Errorf("counts are %+v", counts)
	}
}

func TestCSVRecordsTooLongToKeep(t *testing.T) {
	counts := want(t, csvRecord("statement: SELECT '"+strings.Repeat(strings.Repeat("x", 1000)+"\n", longest/1000)+"'")+csvRecord("statement: SET jit = off"), `
4196: simple session="65f1a2b3.4d" user="alice" db="shop" app="billing" host="[local]" sql="SET jit = off" at 2026-03-12T10:04:05.678Z
`)
	if counts.Long != 1 {
		t.Errorf("counts are %+v", counts)
	}
}

func TestStatisticsThatAreHidden(t *testing.T) {
	want(t, "userid,query,calls\n10,<insufficient privilege>,7\n10,\"SELECT $1,\n $2\",3\n", `
3: statistic sql="SELECT $1,\n $2" calls=3
`)
}
