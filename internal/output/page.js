"use strict";
// The page is complete without this script, which filters by package and rule,
// and shows of the findings those behind the cell that is opened.
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, in_ = document) => [...in_.querySelectorAll(selector)];
  const outcomes = [["wrong-rows", "returns wrong rows", "return wrong rows", "may return wrong rows"],
    ["refused", "is refused", "are refused", "may be refused"], ["leaks", "leaks", "leak", "may leak"],
    ["lost", "is lost", "are lost", "may be lost"], ["pins", "pins", "pin", "may pin"],
    ["no-effect", "has no effect", "have no effect", "may have no effect"], ["ok", "", "", "may be ok"]];
  const rows = all("#grid tbody tr");
  const verdicts = all("article li").map((li) => {
    const article = li.closest("article");
    return { li, article, pooler: li.dataset.pooler, outcome: li.dataset.outcome, unsure: li.dataset.unsure === "true", package: article.dataset.package, rule: article.dataset.rule };
  });
  let open = null; // the cell that is open

  const inFilter = (v) => (!$("package").value || v.package === $("package").value) && (!$("rule").value || v.rule === $("rule").value);
  const title = (row) => row.querySelector("th").textContent;

  // fill puts the counts of some verdicts into a cell.
  function fill(cell, row, found) {
    const counts = outcomes.flatMap(([name, one, many, may]) => {
      const of = (unsure) => found.filter((v) => v.outcome === name && v.unsure === unsure).length;
      const n = of(false);
      return [{ name, n, what: n === 1 ? one : many }, { name: name + " unsure", n: of(true), what: may }];
    }).filter((c) => c.n > 0);
    const link = cell.querySelector("a");
    const words = counts.map((c) => c.n + " " + c.what).join(", ");
    cell.className = counts.length ? counts[0].name : "nothing";
    cell.classList.toggle("open", cell === open);
    link.setAttribute("aria-label", title(row) + ", " + (cell.dataset.rule || "all rules") + ": " + (words || "nothing found"));
    const spans = counts.map((c) => {
      const span = document.createElement("span"), b = document.createElement("b");
      span.className = "count";
      b.textContent = c.n;
      span.append(b, " " + c.what);
      return span;
    });
    if (!cell.dataset.rule && spans.length > 1) { // the worst, and how many there are
      const rest = document.createElement("span");
      rest.className = "rest";
      rest.textContent = "of " + found.length + " places";
      spans.splice(1, spans.length, rest);
    }
    link.replaceChildren(...(spans.length ? spans : ["–"]));
  }

  function show() {
    const rule = $("rule").value;
    const found = verdicts.filter(inFilter);
    for (const row of rows) {
      const own = found.filter((v) => v.pooler === row.dataset.pooler);
      for (const cell of all("td", row)) {
        fill(cell, row, own.filter((v) => !cell.dataset.rule || v.rule === cell.dataset.rule));
      }
    }
    for (const cell of all("#grid [data-rule]")) {
      cell.hidden = Boolean(rule && cell.dataset.rule && cell.dataset.rule !== rule);
    }
    const row = open && open.closest("tr");
    const wanted = found.filter((v) => !open || v.pooler === row.dataset.pooler && (!open.dataset.rule || v.rule === open.dataset.rule));
    const shown = new Set(wanted.map((v) => v.li)), articles = new Set(wanted.map((v) => v.article));
    for (const v of verdicts) v.li.hidden = !shown.has(v.li);
    for (const article of all("article")) article.hidden = !articles.has(article);
    for (const section of all("section.rule")) section.hidden = !all("article", section).some((a) => !a.hidden);
    const places = articles.size === 1 ? "1 place" : articles.size + " places";
    $("selected").textContent = places + (open ? " behind " + title(row) + (open.dataset.rule ? " by " + open.dataset.rule : "") : " behind any pooler");
  }

  function select(cell) {
    open = cell;
    show();
    if (cell) $("findings-title").focus();
  }

  $("grid").addEventListener("click", (e) => {
    const link = e.target.closest("a");
    if (!link) return;
    e.preventDefault();
    const cell = link.closest("td");
    if (cell) {
      select(cell);
    } else {
      $("rule").value = link.closest("th").dataset.rule;
      show();
    }
  });

  $("grid").addEventListener("keydown", (e) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[e.key];
    const cell = e.target.closest("td");
    if (!step || !cell) return;
    const row = cell.closest("tr");
    const cells = (r) => all("td", r).filter((c) => !c.hidden);
    const to = rows[rows.indexOf(row) + step[0]];
    const next = to && cells(to)[cells(row).indexOf(cell) + step[1]];
    if (next) {
      e.preventDefault();
      next.querySelector("a").focus();
    }
  });

  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || !open) return;
    const link = open.querySelector("a");
    select(null);
    link.focus();
  });

  for (const id of ["package", "rule"]) $(id).addEventListener("change", () => { if (open && open.hidden) open = null; show(); });
  $("filter").addEventListener("reset", () => setTimeout(() => select(null)));
  $("filter").hidden = false;
  show();
})();
