package comparison

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// tableWidth is how many columns of the screen a line of poolvet compare takes
// at most: what terminals, mail and the logs of CI show unbroken.
const tableWidth = 100

// WriteTable writes the poolers against the rules.
func WriteTable(w io.Writer, c *Comparison) error {
	var lines []string
	if len(c.Rules) == 0 {
		lines = append(lines, "nothing found behind any pooler")
	} else {
		lines = append(c.table(), c.legend()...)
		lines = append(append(lines, ""), fold(c.verdict(), tableWidth)...)
		lines = append(lines, c.advice()...)
	}
	lines = append(lines, fold(c.Summary.String(), tableWidth)...)
	_, err := fmt.Fprintln(w, strings.Join(lines, "\n"))
	return err
}

// table has a block of lines for as many rules as stand beside each other, and
// an empty line below each. The blocks are as narrow as their number allows:
// none is left with one rule.
func (c *Comparison) table() (lines []string) {
	columns := c.columns()
	blocks := inBlocks(columns, tableWidth)
	for width := tableWidth - 1; ; width-- {
		narrower := inBlocks(columns, width)
		if len(narrower) > len(blocks) || width == 0 {
			break
		}
		blocks = narrower
	}
	for _, block := range blocks {
		lines = append(append(lines, aligned(block)...), "")
	}
	return lines
}

// inBlocks parts columns where they get wider than a line. The first stands in
// each block.
func inBlocks(columns [][]string, width int) (blocks [][][]string) {
	block := [][]string{columns[0]}
	for _, column := range columns[1:] {
		if next := append(block, column); len(block) == 1 || widest(aligned(next)) <= width {
			block = next
			continue
		}
		blocks = append(blocks, block)
		block = [][]string{columns[0], column}
	}
	return append(blocks, block)
}

// columns are the table's: the poolers, what is found altogether, and the rules.
// The parts of a rule's name stand below each other: a column stays narrow.
func (c *Comparison) columns() [][]string {
	height := 1
	for _, rule := range c.Rules {
		height = max(height, strings.Count(rule, "-")+1)
	}
	column := func(head string, cell func(*Row) string) []string {
		parts := strings.SplitAfter(head, "-")
		all := make([]string, height-len(parts), height+len(c.Rows))
		for _, part := range parts {
			all = append(all, strings.TrimSuffix(part, "-"))
		}
		for _, row := range c.Rows {
			all = append(all, cell(row))
		}
		return all
	}
	all := [][]string{
		column("pooler", (*Row).String),
		column("worst", func(r *Row) string { return tallyOf(r.Findings).worst() }),
		column("places", func(r *Row) string { return fmt.Sprint(len(r.Findings)) }),
	}
	for _, rule := range c.Rules {
		all = append(all, column(rule, func(r *Row) string { return r.byRule(rule).letters() }))
	}
	return all
}

// legend says what the letters of the table stand for.
func (c *Comparison) legend() (lines []string) {
	letters, unsure := map[string]bool{}, false
	for _, row := range c.Rows {
		for _, s := range tallyOf(row.Findings).shares() {
			letters[s.Outcome], unsure = true, unsure || s.Unsure
		}
	}
	for _, o := range outcomes {
		if letters[string(o.Outcome)] && o.letter != "" {
			lines = append(lines, o.letter+"  "+o.what)
		}
	}
	if unsure {
		lines = append(lines, "?  is not certain: sources disagree, or it is inferred (a ? alone: may be ok)")
	}
	return lines
}

// advice says which settings would make how many places right.
func (c *Comparison) advice() (lines []string) {
	var names []string
	for _, r := range c.Rows {
		if len(r.Changes) > 0 {
			names = append(names, r.String())
		}
	}
	if len(names) == 0 {
		return nil
	}
	width := widest(names)
	lines = []string{"", "With one setting changed, so many places would be right:"}
	for _, r := range c.Rows {
		if len(r.Changes) == 0 {
			continue
		}
		name := r.String()
		for _, line := range fold(r.advice(), tableWidth-width-2) {
			lines = append(lines, fmt.Sprintf("%-*s  %s", width, name, line))
			name = ""
		}
	}
	return lines
}

// aligned lays out columns beside each other.
func aligned(columns [][]string) []string {
	lines := make([]string, len(columns[0]))
	for _, column := range columns {
		width := widest(column)
		for i, cell := range column {
			lines[i] += fmt.Sprintf("%-*s  ", width, cell)
		}
	}
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return lines
}

func widest(texts []string) (width int) {
	for _, text := range texts {
		width = max(width, utf8.RuneCountInString(text))
	}
	return width
}

// fold breaks a text into lines: at a space, or behind a comma where a word is
// wider than a line.
func fold(text string, width int) (lines []string) {
	for utf8.RuneCountInString(text) > width {
		line := string([]rune(text)[:width])
		end := len(line)
		if text[end] != ' ' {
			end = cmp.Or(strings.LastIndexByte(line, ' ')+1, strings.LastIndexByte(line, ',')+1, end)
		}
		lines = append(lines, strings.TrimRight(text[:end], " "))
		text = strings.TrimLeft(text[end:], " ")
	}
	return append(lines, text)
}
