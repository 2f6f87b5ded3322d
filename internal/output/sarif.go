package output

import (
	"cmp"
	"encoding/json"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/poolvet/poolvet/analyzer"
	"github.com/poolvet/poolvet/internal/pooler"
)

// The parts of SARIF 2.1.0 that poolvet writes.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html
//
// GitHub's code scanning shows rule help in Markdown and messages as plain
// text, and needs a region; it shows no fixes, which editors do.
//
// Not included: snippets, as source may hold a password; the time, so that the
// same code gives the same bytes.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool                `json:"tool"`
		Invocations []sarifInvocation        `json:"invocations"`
		ColumnKind  string                   `json:"columnKind"`
		BaseIDs     map[string]sarifArtifact `json:"originalUriBaseIds"`
		Results     []sarifResult            `json:"results"`
		Properties  *Summary                 `json:"properties"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
		Notifications  []sarifRule `json:"notifications"`
	}
	sarifRule struct {
		ID               string          `json:"id"`
		ShortDescription sarifText       `json:"shortDescription"`
		FullDescription  *sarifText      `json:"fullDescription,omitempty"`
		Help             *sarifText      `json:"help,omitempty"`
		HelpURI          string          `json:"helpUri"`
		Properties       map[string]any  `json:"properties,omitempty"`
		Configuration    sarifRuleConfig `json:"defaultConfiguration"`
	}
	sarifRuleConfig struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Kind         string            `json:"kind,omitempty"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
		Properties   map[string]any    `json:"properties,omitempty"`
	}
	sarifLocation struct {
		ID       int            `json:"id,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
	sarifArtifact struct {
		URI         string     `json:"uri,omitempty"`
		BaseID      string     `json:"uriBaseId,omitempty"`
		Description *sarifText `json:"description,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  *sarifRegion `json:"deletedRegion"`
		Inserted sarifText    `json:"insertedContent"`
	}
)

const sourceRoot = "%SRCROOT%"

func WriteSARIF(w io.Writer, r *Report, src *Sources, _ bool) error {
	rules := sarifRules()
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: Program, Version: Version(), InformationURI: analyzer.Analyzer.URL, Rules: rules,
			Notifications: sarifNotifications(),
		}},
		Invocations: []sarifInvocation{src.invocation(r)},
		Properties:  &r.Summary,
		ColumnKind:  "utf16CodeUnits",
		BaseIDs:     map[string]sarifArtifact{sourceRoot: {Description: &sarifText{Text: "the folder where poolvet ran"}}},
		Results:     []sarifResult{},
	}
	prints := fingerprints{}
	for _, f := range r.Findings {
		result := sarifResult{
			RuleID:    f.Rule,
			RuleIndex: slices.IndexFunc(rules, func(r sarifRule) bool { return r.ID == f.Rule }),
			Level:     string(f.Level),
			Message:   sarifText{Text: f.Message},
			Locations: []sarifLocation{{Physical: sarifPhysical{
				Artifact: artifact(f.File),
				Region:   src.region(f.File, f.Line, f.Column, f.EndLine, f.EndColumn),
			}}},
			Related:      src.related(f.Related),
			Fingerprints: map[string]string{"poolvetFinding/v1": prints.of(f.key())},
			Fixes:        src.sarifFixes(f.Fix),
			Properties:   map[string]any{"outcome": f.Outcome, "evidence": f.Evidence, "pooler": f.Pooler, "remedy": f.Remedy, "reference": f.Reference},
		}
		if f.Outcome == string(pooler.OK) {
			result.Kind, result.Level = "pass", "none"
		}
		if f.Function != "" {
			result.Locations[0].Logical = []sarifLogical{{strings.TrimPrefix(f.Package+"."+f.Function, ".")}}
		}
		run.Results = append(run.Results, result)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

func (s *Sources) related(all []Related) (locations []sarifLocation) {
	for i, r := range all {
		locations = append(locations, sarifLocation{ID: i + 1, Message: &sarifText{Text: r.Message}, Physical: sarifPhysical{
			Artifact: artifact(r.File),
			Region:   s.region(r.File, r.Line, r.Column, r.Line, r.Column),
		}})
	}
	return locations
}

// sarifRules are the rules with their pages, and the one of directives.
func sarifRules() (rules []sarifRule) {
	for _, r := range analyzer.Rules() {
		rules = append(rules, sarifRule{
			ID:               r.ID,
			ShortDescription: sarifText{Text: r.Summary},
			FullDescription:  &sarifText{Text: r.Section("Why it matters")},
			Help:             &sarifText{Text: r.Page(), Markdown: r.Page()},
			HelpURI:          analyzer.Analyzer.URL + "/blob/main/docs/rules/" + r.ID + ".md",
		})
	}
	const directive = "Directives of poolvet that are malformed, or that silence nothing."
	rules = append(rules, sarifRule{
		ID:               "directive",
		ShortDescription: sarifText{Text: directive},
		FullDescription:  &sarifText{Text: directive},
		Help:             &sarifText{Text: directive},
		HelpURI:          analyzer.Analyzer.URL + "/blob/main/docs/directives.md",
	})
	for i := range rules {
		rules[i].Properties = map[string]any{"tags": []string{"postgresql", "connection-pooling", "correctness"}, "precision": "high"}
		rules[i].Configuration.Level = "warning"
	}
	return rules
}

// artifact names a file from the root of the sources where it lies below it.
func artifact(file string) sarifArtifact {
	if filepath.IsAbs(file) || strings.HasPrefix(file, "..") {
		abs, err := filepath.Abs(file)
		if err != nil {
			abs = file
		}
		path := filepath.ToSlash(abs)
		if !strings.HasPrefix(path, "/") { // C:/…
			path = "/" + path
		}
		return sarifArtifact{URI: (&url.URL{Scheme: "file", Path: path}).String()}
	}
	return sarifArtifact{URI: (&url.URL{Path: filepath.ToSlash(file)}).String(), BaseID: sourceRoot}
}

// region is a range in UTF-16 code units, as far as it is known.
func (s *Sources) region(file string, line, column, endLine, endColumn int) *sarifRegion {
	if line < 1 {
		return nil
	}
	r := &sarifRegion{StartLine: line}
	if column > 0 && endColumn > 0 && endLine >= line {
		r.StartColumn, r.EndLine, r.EndColumn = s.utf16(file, line, column), endLine, s.utf16(file, endLine, endColumn)
	}
	return r
}

// utf16 turns a column in bytes into one in UTF-16 code units.
func (s *Sources) utf16(file string, line, column int) int {
	lines := s.of(file)
	if line > len(lines) || column-1 > len(lines[line-1]) {
		return column // the file is not there, or another by now
	}
	units := 1
	for _, r := range lines[line-1][:column-1] {
		units += max(utf16.RuneLen(r), 1)
	}
	return units
}

func (s *Sources) sarifFixes(fix *SuggestedFix) []sarifFix {
	if fix == nil {
		return nil
	}
	out := sarifFix{Description: sarifText{Text: fix.Title}}
	byFile := slices.SortedStableFunc(slices.Values(fix.Edits), func(a, b TextEdit) int { return cmp.Compare(a.File, b.File) })
	for i, e := range byFile {
		if i == 0 || byFile[i-1].File != e.File {
			out.Changes = append(out.Changes, sarifChange{Artifact: artifact(filepath.FromSlash(e.File))})
		}
		last := &out.Changes[len(out.Changes)-1]
		last.Replacements = append(last.Replacements, sarifReplacement{
			Deleted:  s.region(filepath.FromSlash(e.File), e.Line, e.Column, e.EndLine, e.EndColumn),
			Inserted: sarifText{Text: e.NewText},
		})
	}
	return []sarifFix{out}
}
