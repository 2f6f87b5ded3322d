package pglog

import (
	"encoding/json"
	"strconv"
	"strings"
)

// object is a line that is a JSON object: a message of jsonlog, of which
// CloudNativePG nests one with the columns of csvlog, or what CloudWatch, a
// container's runtime, journald or Cloud Logging puts around a line.
type object struct {
	Timestamp   json.RawMessage `json:"timestamp"`
	User        string          `json:"user"`
	Database    string          `json:"dbname"`
	PID         json.Number     `json:"pid"`
	Host        string          `json:"remote_host"`
	Session     string          `json:"session_id"`
	Start       string          `json:"session_start"`
	Severity    string          `json:"error_severity"`
	Message     string          `json:"message"`
	Detail      string          `json:"detail"`
	Statement   string          `json:"statement"`
	App         string          `json:"application_name"`
	Log         string          `json:"log"`
	TextPayload string          `json:"textPayload"`
	Record      *struct {
		Time      string `json:"log_time"`
		User      string `json:"user_name"`
		Database  string `json:"database_name"`
		PID       string `json:"process_id"`
		From      string `json:"connection_from"`
		Session   string `json:"session_id"`
		Start     string `json:"session_start_time"`
		Severity  string `json:"error_severity"`
		Message   string `json:"message"`
		Detail    string `json:"detail"`
		Statement string `json:"query"`
		App       string `json:"application_name"`
	} `json:"record"`
	LogEvents []struct {
		Timestamp int64  `json:"timestamp"`
		Message   string `json:"message"`
	} `json:"logEvents"`
}

// object reads a line that is a JSON object.
func (r *reader) object(line []byte) string {
	var o object
	if err := json.Unmarshal(line, &o); err != nil {
		return ""
	}
	at := strings.Trim(string(o.Timestamp), `"`)
	switch rec := o.Record; {
	case rec != nil && rec.Severity != "":
		r.flush()
		if tells(rec.Severity, rec.Message) {
			r.tell(r.line, who{at: rec.Time, user: rec.User, database: rec.Database, pid: rec.PID, host: address(rec.From), session: rec.Session, start: rec.Start, app: rec.App},
				rec.Severity, rec.Message, rec.Detail, rec.Statement)
		}
		return "jsonlog"
	case o.Severity != "":
		r.flush()
		if tells(o.Severity, o.Message) {
			r.tell(r.line, who{at: at, user: o.User, database: o.Database, pid: o.PID.String(), host: o.Host, session: o.Session, start: o.Start, app: o.App},
				o.Severity, o.Message, o.Detail, o.Statement)
		}
		return "jsonlog"
	}
	format := ""
	for _, e := range o.LogEvents {
		if r.event(e.Message, strconv.FormatInt(e.Timestamp, 10)) {
			format = "export"
		}
	}
	for _, text := range []string{o.Message, o.Log, o.TextPayload} {
		if text != "" && r.event(text, at) {
			format = "export"
		}
	}
	r.partial = o.Log != "" && !strings.HasSuffix(o.Log, "\n")
	return format
}

// event reads what an export has of one event: a message of one or more lines.
func (r *reader) event(text, at string) (known bool) {
	for line := range strings.Lines(text) {
		r.outer = outer{at: at, goesOn: r.partial}
		r.partial = false
		line = strings.TrimRight(line, "\r\n")
		known = line != "" && r.inner([]byte(line), true) != "" || known
	}
	return known
}
