package main

import (
	"fmt"
	"strings"
)

// panel is one diagram: processor time over size.
type panel struct {
	title             string
	points            []point
	offset, slope, r2 float64
}

func (p panel) formula() string {
	return fmt.Sprintf("%.2f s + %.3f ms each, R² = %.3f", p.offset, p.slope*1e3, p.r2)
}

const (
	panelWidth, panelHeight = 360, 240
	left, right             = 50, 15 // of the axes in a panel
	top, bottom             = 45, 35
	legend                  = 30 // its height, below the panels
)

// draw is the panels, two in a row, as SVG.
func draw(panels []panel) string {
	rows := (len(panels) + 1) / 2
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">`+"\n", 2*panelWidth, rows*panelHeight+legend)
	b.WriteString(`<rect width="100%" height="100%" fill="white"/>` + "\n")
	for i, p := range panels {
		fmt.Fprintf(&b, `<g transform="translate(%d %d)">`+"\n", i%2*panelWidth, i/2*panelHeight)
		p.draw(&b)
		b.WriteString("</g>\n")
	}
	line := float64(rows*panelHeight + legend/2)
	dot(&b, left, line, "#c33", "#c33")
	text(&b, left+10, line+4, "start", "poolvet")
	dot(&b, left+80, line, "none", "#36c")
	text(&b, left+90, line+4, "start", "an analyzer that does nothing, behind the same loader")
	b.WriteString("</svg>\n")
	return b.String()
}

func (p panel) draw(b *strings.Builder) {
	last := p.points[len(p.points)-1]
	high := 0.0
	for _, pt := range p.points {
		high = max(high, pt.total, pt.loading)
	}
	high *= 1.1
	x := func(n int) float64 { return left + float64(n)/float64(last.n)*(panelWidth-left-right) }
	y := func(s float64) float64 { return panelHeight - bottom - s/high*(panelHeight-top-bottom) }
	text(b, left, 16, "start", "CPU seconds by "+p.title)
	text(b, left, 32, "start", p.formula())
	fmt.Fprintf(b, `<path d="M%d %d V%d H%d" fill="none" stroke="black"/>`+"\n", left, top, panelHeight-bottom, panelWidth-right)
	text(b, left-5, y(0), "end", "0")
	text(b, left-5, y(high/1.1), "end", fmt.Sprintf("%.1f", high/1.1))
	fmt.Fprintf(b, `<path d="M%.1f %.1f L%.1f %.1f" stroke="#c33"/>`+"\n",
		x(0), y(max(0, p.offset)), x(last.n), y(p.offset+p.slope*float64(last.n)))
	for _, pt := range p.points {
		dot(b, x(pt.n), y(pt.total), "#c33", "#c33")
		dot(b, x(pt.n), y(pt.loading), "none", "#36c")
		text(b, x(pt.n), panelHeight-bottom+15, "middle", fmt.Sprint(pt.n))
	}
}

func text(b *strings.Builder, x, y float64, anchor, s string) {
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", x, y, anchor, s)
}

func dot(b *strings.Builder, x, y float64, fill, stroke string) {
	fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s" stroke="%s"/>`+"\n", x, y, fill, stroke)
}
