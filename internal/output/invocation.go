package output

import (
	"cmp"

	"github.com/poolvet/poolvet/analyzer"
)

// How a run went, as SARIF has it: what could not be read, and which flags mean
// nothing.
type (
	sarifInvocation struct {
		Successful  bool                `json:"executionSuccessful"`
		ExitCode    int                 `json:"exitCode"`
		Description string              `json:"exitCodeDescription"`
		Execution   []sarifNotification `json:"toolExecutionNotifications,omitempty"`
		Flags       []sarifNotification `json:"toolConfigurationNotifications,omitempty"`
	}
	sarifNotification struct {
		Descriptor sarifDescriptor `json:"descriptor"`
		Level      string          `json:"level"`
		Message    sarifText       `json:"message"`
		Locations  []sarifLocation `json:"locations,omitempty"`
		Properties map[string]any  `json:"properties,omitempty"`
	}
	sarifDescriptor struct {
		ID    string `json:"id"`
		Index int    `json:"index"`
	}
)

// notificationKinds are the kinds of notices, in the order of SARIF's indexes.
var notificationKinds = []struct{ kind, what string }{
	{PackageNotice, "A package that has errors or cannot be loaded, and is not read in full."},
	{PanicNotice, "A failure of poolvet itself, in one package."},
	{TextNotice, "A text of SQL that cannot be read."},
	{FileNotice, "A file that cannot be read or written."},
	{FlagNotice, "A flag that means nothing in this run."},
}

func sarifNotifications() (all []sarifRule) {
	for _, k := range notificationKinds {
		rule := sarifRule{ID: k.kind, ShortDescription: sarifText{Text: k.what}, HelpURI: analyzer.Analyzer.URL + "/blob/main/docs/flags.md"}
		rule.Configuration.Level = noticeLevel(k.kind)
		all = append(all, rule)
	}
	return all
}

// noticeLevel is how bad a notice is: what was not read may hold anything.
func noticeLevel(kind string) string {
	if kind == FlagNotice {
		return "warning"
	}
	return "error"
}

func (s *Sources) invocation(r *Report) sarifInvocation {
	return sarifInvocation{
		Successful: r.Summary.Status != Failed, ExitCode: r.Summary.Status, Description: r.Summary.String(),
		Execution: s.notifications(r.Unread), Flags: s.notifications(r.Vain),
	}
}

func (s *Sources) notifications(notices []Notice) (all []sarifNotification) {
	for _, n := range notices {
		out := sarifNotification{Level: noticeLevel(n.Kind), Message: sarifText{Text: cmp.Or(n.Message, n.Kind)}}
		for i, k := range notificationKinds {
			if k.kind == n.Kind {
				out.Descriptor = sarifDescriptor{k.kind, i}
			}
		}
		if n.File != "" {
			out.Locations = []sarifLocation{{Physical: sarifPhysical{
				Artifact: artifact(n.File),
				Region:   s.region(n.File, n.Line, n.Column, n.Line, n.Column),
			}}}
		}
		if n.Package != "" {
			out.Properties = map[string]any{"package": n.Package}
		}
		all = append(all, out)
	}
	return all
}
