package main

import (
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"
)

// compare prints what each tool costs on a checkout, and how much more than
// the no-op analyzer.
func compare(ts []tool, runs int, checkout string) error {
	costs := make([][]cost, len(ts))
	for i := range runs + 1 {
		for k, t := range ts {
			if t.missing != "" {
				continue
			}
			c, err := t.measure(checkout)
			if err != nil {
				return err
			}
			if i > 0 { // the first run warms the build cache
				costs[k] = append(costs[k], c)
			}
		}
	}
	base := median(costs[1])
	fmt.Printf("\n%s, %d runs of each\n\n", filepath.Base(checkout), runs)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "wall s\tCPU s\tMB\twall\tCPU\tmemory\t  of the no-op analyzer's")
	for k, t := range ts {
		if t.missing != "" {
			fmt.Fprintf(w, "\t\t\t\t\t\t  %s: not measured: %s\n", t.name, t.missing)
			continue
		}
		c := median(costs[k])
		fmt.Fprintf(w, "%.2f\t%.2f\t%d\t%.2f\t%.2f\t%.2f\t  %s\n", c.wall.Seconds(), c.cpu.Seconds(), c.memory>>20,
			c.wall.Seconds()/base.wall.Seconds(), c.cpu.Seconds()/base.cpu.Seconds(), float64(c.memory)/float64(base.memory), t.name)
	}
	return w.Flush()
}
