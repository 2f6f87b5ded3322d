package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/poolvet/poolvet/internal/effect"
)

// maxDepth is how many definitions a call is followed through, and maxSeen in all
// that it may lead to: with other arguments a routine is another.
const (
	maxDepth = 8
	maxSeen  = 2_000
)

// Does is what a call leaves in the session, each with its way.
func (s *Schema) Does(call Call) []effect.Effect {
	w := walk{Schema: s, seen: map[string]bool{}}
	w.call(call, nil, nil, "")
	if w.has(effect.AdvisoryLock) && w.has(effect.AdvisoryUnlock) { // one routine locks, another unlocks
		w.hits = slices.DeleteFunc(w.hits, func(e effect.Effect) bool { return thing(e) == "lock" })
	}
	return w.hits
}

// walk gathers what a call leaves.
type walk struct {
	*Schema
	seen map[string]bool // definitions with what their parameters are
	hits []effect.Effect
}

// asks reports whether the function of a trigger asks which change it is for:
// what it does for another is not this one's.
func (w *walk) asks(function Call) bool {
	return slices.ContainsFunc(w.setOff(function), func(e *entry) bool { return e.Asks })
}

func (w *walk) has(kind effect.Kind) bool {
	return slices.ContainsFunc(w.hits, func(e effect.Effect) bool { return e.Kind == kind })
}

// bound are the values of a routine's parameters, by name and by number.
type bound map[string]Value

// call follows a call that stands in a routine, "" for the statement itself.
func (w *walk) call(call Call, given bound, steps []effect.Step, in string) {
	for _, e := range w.setOff(call) {
		w.entry(e, e.bind(call.Args, given, in), append(slices.Clip(steps), e.step(call)))
	}
}

func (w *walk) entry(e *entry, given bound, steps []effect.Step) {
	key := fmt.Sprintf("%p %v", e, given)
	if w.seen[key] || len(steps) > maxDepth || len(w.seen) >= maxSeen {
		return
	}
	w.seen[key] = true
	for _, hit := range e.Effects {
		found, ok := given.tell(hit.Effect)
		if !ok {
			continue
		}
		last := effect.Step{Does: "runs " + hit.Words, File: hit.File, Path: hit.Path, Line: hit.Line, Column: hit.Column}
		found.Way = &effect.Way{Steps: append(slices.Clip(steps), last), Pass: given[hit.LocalParam].passed()}
		w.hits = append(w.hits, found)
	}
	for _, c := range e.Calls {
		if e.Kind != Trigger || !w.asks(c) {
			w.call(c, given, steps, e.full())
		}
	}
}

// step is how call comes to e.
func (e *entry) step(call Call) effect.Step {
	name := e.full()
	step := effect.Step{What: name, File: e.File, Path: e.Path, Line: e.Line, Column: e.Column}
	switch e.Kind {
	case Routine:
		step.Does = "calls " + name
	case View:
		step.Does = "reads the view " + name
		if call.How == Refreshes {
			step.Does = "fills the view " + name
		}
	case Default:
		step.What = name + "." + e.Of
		step.Does = "draws the default of " + step.What
	default:
		step.What = string(e.Kind) + " " + e.Of
		step.Does = "sets off the " + step.What
	}
	return step
}

func (d *Definition) full() string { return strings.TrimPrefix(d.Schema+"."+d.Name, ".") }

// passed says where true is to be passed for v, "" where v is of no call.
func (v Value) passed() string {
	switch {
	case !v.Known && v.Param == "":
		return ""
	case v.In != "":
		return "in " + v.In
	}
	return "in this call"
}

// bind gives the parameters of a routine their values, of a call that stands in
// another.
func (d *Definition) bind(args []Value, given bound, in string) bound {
	values := bound{}
	for i, p := range d.Params {
		v, ok := argument(args, i, p.Name)
		switch {
		case !ok:
			v = Value{Known: p.Known, Const: p.Const, In: in}
		case v.Param != "" && given != nil:
			v = given[v.Param]
		default:
			v.In = in
		}
		v.Name = ""
		values[fmt.Sprint(i+1)] = v
		if p.Name != "" {
			values[p.Name] = v
		}
	}
	return values
}

// argument is the one for the parameter with an index and a name.
func argument(args []Value, i int, name string) (Value, bool) {
	for at, v := range args {
		if v.Name != "" && v.Name == name || v.Name == "" && at == i {
			return v, true
		}
	}
	return Value{}, false
}

// tell is e with what its parameters are known to be. ok is false where it ends
// with the transaction, or where no one can say; nothing given, it may not.
func (given bound) tell(e effect.Effect) (_ effect.Effect, ok bool) {
	if v := given[e.ObjectParam]; e.ObjectParam != "" {
		e.ObjectParam = v.Param
		if v.Known {
			e.Object = strings.ToLower(v.Const)
		}
	}
	if v := given[e.LocalParam]; e.LocalParam != "" {
		e.Local, e.LocalParam = effect.Unknown, v.Param
		if v.Known {
			e.Local = effect.ParseKnown(v.Const)
		}
		if e.Local == effect.True || e.Local == effect.Unknown && e.LocalParam == "" {
			return e, given == nil
		}
	}
	return e, true
}
