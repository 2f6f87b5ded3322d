package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/poolvet/poolvet/internal/output"
)

// What is looked at of SARIF.
type (
	sarifLog struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Rules []struct {
						ID   string
						Help struct{ Markdown string }
					}
					Notifications []struct{ ID string }
				}
			}
			Invocations []struct {
				Successful  bool                `json:"executionSuccessful"`
				ExitCode    int                 `json:"exitCode"`
				Description string              `json:"exitCodeDescription"`
				Execution   []sarifNotification `json:"toolExecutionNotifications"`
				Flags       []sarifNotification `json:"toolConfigurationNotifications"`
			}
			Results []struct {
				RuleID       string            `json:"ruleId"`
				RuleIndex    int               `json:"ruleIndex"`
				Locations    []sarifLocation   `json:"locations"`
				Fingerprints map[string]string `json:"partialFingerprints"`
			}
			Properties struct{ LeftOut output.LeftOut }
		}
	}
	sarifNotification struct {
		Descriptor struct {
			ID    string
			Index int
		}
		Level     string
		Message   struct{ Text string }
		Locations []sarifLocation
	}
	sarifLocation struct {
		Physical struct {
			Artifact struct{ URI, URIBaseID string } `json:"artifactLocation"`
			Region   sarifRegion
		} `json:"physicalLocation"`
		Logical []struct{ FullyQualifiedName string } `json:"logicalLocations"`
	}
	sarifRegion struct{ StartLine, StartColumn, EndLine, EndColumn int }
)

// What the schema does not say. The outputs module validates against it.
func TestSARIFPlaces(t *testing.T) {
	dir := module(t, `
-- go.mod --
module example.com/app
go 1.25
-- a file.go --
package app

import "database/sql"

func Use(db *sql.DB) { db.Exec("/* 日本 😀 é */ SET ROLE x") }
func Same(db *sql.DB) { db.Exec("SET ROLE x"); db.Exec("SET ROLE x") }
`)
	r := poolvet(t, dir, "", "-format=sarif", "-pooler=pgbouncer", ".")
	var log sarifLog
	if err := json.Unmarshal([]byte(r.stdout), &log); err != nil || r.status != 1 {
		t.Fatalf("%v: %+v", err, r)
	}
	results := log.Runs[0].Results
	if len(results) != 3 {
		t.Fatal(r.stdout)
	}
	first := results[0].Locations[0].Physical
	if got, want := first.Region, (sarifRegion{5, 47, 5, 55}); got != want {
		t.Errorf("region %v, want %v, in UTF-16 units", got, want)
	}
	if first.Artifact.URI != "a%20file.go" || first.Artifact.URIBaseID != "%SRCROOT%" {
		t.Errorf("artifact %v", first.Artifact)
	}
	if name := results[0].Locations[0].Logical[0].FullyQualifiedName; name != "example.com/app.Use" {
		t.Errorf("in %q", name)
	}
	prints := map[string]bool{}
	for _, res := range results {
		prints[res.Fingerprints["poolvetFinding/v1"]] = true
		if rule := log.Runs[0].Tool.Driver.Rules[res.RuleIndex]; rule.ID != res.RuleID || !strings.Contains(rule.Help.Markdown, "## How to fix it") {
			t.Errorf("rule %d is %q", res.RuleIndex, rule.ID)
		}
	}
	if len(prints) != 3 {
		t.Errorf("fingerprints %v", prints)
	}
	poolvet(t, dir, "", "-format=sarif", "-pooler=none", ".").want(t, 0, `"results": []`, "")
}
