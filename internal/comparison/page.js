"use strict";
// The page is complete without this script, which filters by package and rule,
// shows of the findings those behind the cell that is opened, and makes the
// table a grid for the keyboard.
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, in_ = document) => [...in_.querySelectorAll(selector)];
  const outcomes = all(".legend [data-outcome]").map((chip) => chip.dataset);
  const heads = $("grid").tHead.rows[0];
  const rows = [...$("grid").tBodies[0].rows];
  const verdicts = all("article [data-pooler]").map((chip) => {
    const article = chip.closest("article");
    return { chip, article, pooler: chip.dataset.pooler, outcome: chip.dataset.outcome, unsure: chip.dataset.unsure === "true", package: article.dataset.package, rule: article.dataset.rule };
  });
  let open = null; // the cell that is open
  let at = rows[0].cells[1]; // the cell that the tab key reaches

  const inFilter = (v) => (!$("package").value || v.package === $("package").value) && (!$("rule").value || v.rule === $("rule").value);
  const title = (row) => row.cells[0].textContent;
  const link = (cell) => cell.querySelector("a");

  function span(name, ...content) {
    const s = document.createElement("span");
    s.className = name;
    s.append(...content);
    return s;
  }

  // fill puts the counts of some verdicts into a cell.
  function fill(cell, found) {
    const counts = outcomes.flatMap(({ outcome, singular, plural, unsure: may }) => {
      const of = (unsure) => found.filter((v) => v.outcome === outcome && v.unsure === unsure).length;
      const n = of(false);
      return [{ name: outcome, n, what: n === 1 ? singular : plural }, { name: outcome + " unsure", n: of(true), what: may }];
    }).filter((c) => c.n > 0);
    cell.className = counts.length ? counts[0].name : "nothing";
    cell.classList.toggle("open", cell === open);
    const shown = (cell.dataset.rule ? counts : counts.slice(0, 1)).map((c) => {
      const b = document.createElement("b");
      b.textContent = c.n;
      return span("count", b, " " + c.what + (!cell.dataset.rule && c.n < found.length ? ", of " + found.length : ""));
    });
    link(cell).replaceChildren(link(cell).firstChild, ...(shown.length ? shown : [span("none", "–"), span("for", "nothing found")]));
  }

  function show() {
    const rule = $("rule").value;
    const found = verdicts.filter(inFilter);
    for (const row of rows) {
      const own = found.filter((v) => v.pooler === row.dataset.pooler);
      for (const cell of all("td", row)) {
        fill(cell, own.filter((v) => !cell.dataset.rule || v.rule === cell.dataset.rule));
      }
    }
    for (const cell of all("#grid [data-rule]")) {
      cell.hidden = Boolean(rule && cell.dataset.rule && cell.dataset.rule !== rule);
    }
    const row = open && open.parentElement;
    const wanted = new Set(found.filter((v) => !open || v.pooler === row.dataset.pooler && (!open.dataset.rule || v.rule === open.dataset.rule)));
    for (const v of verdicts) v.chip.hidden = !wanted.has(v);
    for (const part of all("article li, article, section.rule")) part.hidden = !part.querySelector("[data-pooler]:not([hidden])");
    const places = new Set([...wanted].map((v) => v.article)).size;
    $("selected").textContent = places + (places === 1 ? " place" : " places") + (open ? " behind " + title(row) + (open.dataset.rule ? " by " + open.dataset.rule : "") : " behind any pooler") + ".";
    reach(at.hidden ? at.parentElement.cells[1] : at);
  }

  function select(cell) {
    open = cell;
    show();
    if (cell) $("findings-title").focus();
  }

  // reach makes one cell that which the tab key reaches: the table is one stop.
  function reach(cell) {
    for (const a of all("#grid a")) a.tabIndex = -1;
    at = cell;
    link(at).tabIndex = 0;
  }

  // target is the cell that a key leads to.
  function target(key, ctrl) {
    const cells = (row) => [...row.cells].slice(1).filter((c) => !c.hidden);
    const lines = [heads, ...rows];
    const y = lines.indexOf(at.parentElement), x = cells(at.parentElement).indexOf(at);
    const height = Math.min($("grid").parentElement.clientHeight, innerHeight) - heads.offsetHeight;
    const page = Math.max(1, Math.floor(height / (rows[0].parentElement.offsetHeight / rows.length)) - 1);
    const to = (y, x) => cells(lines[Math.max(0, Math.min(y, lines.length - 1))]).at(x);
    switch (ctrl ? "Ctrl+" + key : key) {
      case "ArrowLeft": return to(y, Math.max(0, x - 1));
      case "ArrowRight": return to(y, Math.min(x + 1, cells(heads).length - 1));
      case "ArrowUp": return to(y - 1, x);
      case "ArrowDown": return to(y + 1, x);
      case "Home": return to(y, 0);
      case "End": return to(y, -1);
      case "PageUp": return to(Math.max(1, y - page), x);
      case "PageDown": return to(y + page, x);
      case "Ctrl+Home": return to(1, 0);
      case "Ctrl+End": return to(lines.length - 1, -1);
    }
    return null;
  }

  $("grid").addEventListener("click", (e) => {
    const a = e.target.closest("a");
    if (!a) return;
    e.preventDefault();
    const cell = a.parentElement;
    if (cell.tagName === "TD") {
      select(cell);
    } else {
      $("rule").value = cell.dataset.rule;
      refilter();
    }
  });

  $("grid").addEventListener("focusin", (e) => {
    if (e.target.tagName === "A") reach(e.target.parentElement);
  });

  $("grid").addEventListener("keydown", (e) => {
    if (e.altKey || e.shiftKey || e.metaKey) return; // the browser's own
    const cell = target(e.key, e.ctrlKey);
    if (!cell) return;
    e.preventDefault();
    link(cell).focus({ preventScroll: true }); // it would leave a cell half behind the first column
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || !open) return;
    const cell = open;
    select(null);
    link(cell).focus();
  });

  function refilter() {
    if (open && $("rule").value && open.dataset.rule && open.dataset.rule !== $("rule").value) open = null;
    show();
  }
  for (const id of ["package", "rule"]) $(id).addEventListener("change", refilter);
  $("filter").addEventListener("reset", () => setTimeout(() => select(null)));
  $("grid").setAttribute("role", "grid");
  for (const part of all("#filter, .keys")) part.hidden = false;
  show();
})();
