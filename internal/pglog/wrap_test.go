package pglog

import (
	"strings"
	"testing"
)

func TestExports(t *testing.T) {
	const (
		line = `2026-03-12 10:04:05 UTC:10.0.0.1(5000):alice@shop:[7]:LOG:  statement: SET jit = off`
		tail = ` session="7 of 10.0.0.1(5000)" user="alice" db="shop" host="10.0.0.1" sql="SET jit = off" at 2026-03-12T10:04:05Z`
		two  = ` session="7 of 10.0.0.1(5000)" user="alice" db="shop" host="10.0.0.1" sql="SET\njit = off" at 2026-03-12T10:04:05Z`
	)
	for name, c := range map[string]struct{ log, want string }{
		"an object a line":      {`{"timestamp":1773309845678,"message":"` + line + `","logStreamName":"db1"}`, "1: simple" + tail},
		"of several lines":      {`{"timestamp":1773309845678,"message":"` + strings.Replace(line, "SET jit", `SET\n\tjit`, 1) + `"}`, "1: simple" + two},
		"a subscription":        {`{"logGroup":"x","logEvents":[{"id":"1","timestamp":1773309845678,"message":"` + line + `"}]}`, "1: simple" + tail},
		"get-log-events":        {"{\n    \"events\": [\n        {\n            \"timestamp\": 1773309845678,\n            \"message\": \"" + line + "\",\n            \"ingestionTime\": 1773309845678\n        }\n    ]\n}", "5: simple" + tail},
		"get-log-events, text":  {"EVENTS\t1773309845678\t" + line + "\t1773309845678", "1: simple" + tail},
		"filter-log-events":     {"EVENTS\t" + strings.Repeat("3", 56) + "\t1773309845678\tdb1\t" + line + "\t1773309845678", "1: simple" + tail},
		"logs tail":             {"2026-03-12T10:04:06.123000+00:00 db1.0 " + line, "1: simple" + tail},
		"logs tail, two lines":  {"2026-03-12T10:04:06.123000+00:00 db1.0 " + strings.Replace(line, "SET jit", "SET\n\tjit", 1), "1: simple" + two},
		"S3":                    {"2026-03-12T10:04:06.123Z " + line, "1: simple" + tail},
		"a container":           {"2026-03-12T10:04:06.123456789Z stderr F " + line, "1: simple" + tail},
		"a container's object":  {`{"log":"` + line + `\n","stream":"stderr","time":"2026-03-12T10:04:06Z"}`, "1: simple" + tail},
		"Cloud Logging":         {`{"insertId":"1","textPayload":"` + line + `","timestamp":"2026-03-12T10:04:06Z"}`, "1: simple" + tail},
		"journalctl":            {"Mar 12 10:04:06 db1 postgresql@15-main[9]: " + line, "1: simple" + tail},
		"syslog of today":       {"<134>1 2026-03-12T10:04:06.123Z db1 postgres 9 - - [3-1] " + line, "1: simple" + tail},
		"CloudNativePG":         {`{"level":"info","ts":1773309845,"logger":"postgres","msg":"record","record":{"log_time":"2026-03-12 10:04:05 UTC","user_name":"alice","database_name":"shop","process_id":"7","connection_from":"10.0.0.1:5000","session_id":"7 of 10.0.0.1(5000)","error_severity":"LOG","message":"statement: SET jit = off"}}`, "1: simple" + tail},
		"RDS Proxy's":           {`{"timestamp":1773309845678,"message":"[WARN] [proxyEndpoint=default] [clientConnection=12] The client session was pinned to the database connection [dbConnection=34] for the remainder of the session. Reason: A parse message was detected."}`, `1: pin simple session="12" reason="A parse message was detected." server="34" at 2026-03-12T10:04:05.678Z`},
		"without a time inside": {`{"timestamp":1773309845678,"message":"[7] LOG:  statement: SET jit = off"}`, `1: simple session="7" sql="SET jit = off" at 2026-03-12T10:04:05.678Z`},
	} {
		t.Run(name, func(t *testing.T) {
			if counts := want(t, c.log+"\n", c.want+"\n"); counts.Other != 0 {
				t.Errorf("counts are %+v", counts)
			}
		})
	}
}

func TestSyslogOfProcessesAtOnce(t *testing.T) {
	want(t, `Mar 12 10:04:05 db1 postgres[7]: [5-1] alice@shop LOG:  statement: SELECT 1,
Mar 12 10:04:05 db1 postgres[7]: [5-2] #0112
Mar 12 10:04:05 db1 postgres[8]: [6-1] bob@shop LOG:  statement: SET jit = off
Mar 12 10:04:05 db1 postgres[7]: [5-3] #0113
`, `
1: simple session="7" user="alice" db="shop" sql="SELECT 1,\n2\n3"
3: simple session="8" user="bob" db="shop" sql="SET jit = off"
`)
}

func TestLinesThatAContainerSplits(t *testing.T) {
	const want1 = "1: simple session=\"7\" sql=\"SET jit = off\" at 2026-03-12T10:04:05Z\n" +
		"4: simple session=\"7\" sql=\"RESET jit\" at 2026-03-12T10:04:05Z\n"
	want(t, `2026-03-12T10:04:06.1Z stderr P 2026-03-12 10:04:05 UTC [7] LOG:  statement: SET
2026-03-12T10:04:06.1Z stderr P  jit =
2026-03-12T10:04:06.1Z stderr F  off
2026-03-12T10:04:06.1Z stderr F 2026-03-12 10:04:05 UTC [7] LOG:  statement: RESET jit
`, want1)
	want(t, `{"log":"2026-03-12 10:04:05 UTC [7] LOG:  statement: SET","stream":"stderr"}
{"log":" jit =","stream":"stderr"}
{"log":" off\n","stream":"stderr"}
{"log":"2026-03-12 10:04:05 UTC [7] LOG:  statement: RESET jit\n","stream":"stderr"}
`, want1)
}

func TestLinesThatAreNoLog(t *testing.T) {
	log := "package main\n\n\tfunc main() {}\n{\"a\": 1}\n{\n<html>\nMar 12 10:04:05 db1 sshd[1]: session opened\nLOG: one blank\n2026-03-12 10:04:05 UTC\n"
	if counts := want(t, log, ""); counts.Other != 8 || counts.Formats["export"] != 1 {
		t.Errorf("counts are %+v", counts)
	}
}
