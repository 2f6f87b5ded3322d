package fix

import (
	"slices"
	"strings"
)

// inString sets the mode in the connection string, if that is known to set no
// other, and is for this call alone: another driver refuses the key.
func (c *siteChange) inString(value string) bool {
	d, t := c.set.DSN, c.set.Text
	if !d.Whole || c.set.Call == nil || t.Value == "" {
		return false
	}
	start, end, with := 0, 0, c.set.Key+"="+value
	if p, ok := d.Get(c.set.Key); ok {
		if !p.Known() {
			return false
		}
		start, end, with = p.ValueStart, p.ValueEnd, value
	} else if start = len(t.Value); d.IsURL {
		if i := strings.IndexByte(t.Value, '#'); i >= 0 {
			start = i
		}
		switch before := t.Value[:start]; {
		case strings.HasSuffix(before, "?") || strings.HasSuffix(before, "&"):
		case strings.Contains(before, "?"):
			with = "&" + with
		default:
			with = "?" + with
		}
		end = start
	} else {
		start = len(strings.TrimRight(t.Value, " \t\r\n"))
		with, end = " "+with, start
	}
	return c.ownLiteral(max(0, start-1)) && c.edit(start, end, with) || c.beforeParam(c.set.Key+"="+value)
}

// ownLiteral reports whether byte off stands in the literal that has the last
// key, or the beginning, rather than in what is put into it.
func (c *siteChange) ownLiteral(off int) bool {
	at := 0
	if n := len(c.set.DSN.Params); n > 0 {
		at = c.set.DSN.Params[n-1].KeyStart
	}
	lit := c.set.Text.Literal(at, at+1)
	return lit != nil && lit == c.set.Text.Literal(off, off+1)
}

// beforeParam puts a pair before the last one of the connection string, whose
// end stands elsewhere.
func (c *siteChange) beforeParam(pair string) bool {
	d := c.set.DSN
	if _, ok := d.Get(c.set.Key); ok || len(d.Params) == 0 {
		return false
	}
	for _, p := range slices.Backward(d.Params) {
		separator := " "
		if d.IsURL {
			separator = "&"
		}
		// In the literal of the key itself, not behind what stands before it.
		if c.set.Text.Literal(p.KeyStart, p.KeyEnd) != nil && p.KeyStart > 0 && c.edit(p.KeyStart, p.KeyStart, pair+separator) {
			return true
		}
	}
	return false
}

func (c *siteChange) edit(start, end int, with string) bool {
	edit, ok := c.SQL.Edit(c.set.Text, start, end, with)
	if !ok || !c.SQL.ServesOnly(c.set.Text, max(0, start-1), c.set.Call) {
		return false
	}
	c.edits = append(c.edits, edit)
	return true
}
