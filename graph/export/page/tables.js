// The same in tables, for those who read rather than look: every finding, node and link, sortable by every column.
const tablePanel = document.getElementById("table");
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
const table = { which: findings.length ? "findings" : "nodes", sort: 0, down: false };

const tables = {
  findings: {
    columns: ["Result", "Direction", "Kind", "Arm", "Comparator", "Outcome", "Population", "Time", "Study", "Design", "Source", "Sentence"],
    rows: () => findings.filter((f) => f.shown && hit(f.text)),
    cells: (f) => [f.result, f.direction, shortKind(f.kind), f.arm.join(", "), f.comparator.join(", "), f.outcome || "", f.population || "", f.time || "", f.study.name, f.study.design || "",
      (f.document ? f.document.source : "") + f.passages.map((p) => ` ${p.start}–${p.end}`).join(","), f.sentence],
    open: (f) => choose({ finding: f }, true),
    signs: (f) => ({ 1: directionSample(f.direction), 2: lineSample(f.kind) }),
  },
  nodes: {
    columns: ["Name", "Kind", "Findings", "Links", "More"],
    rows: () => nodes.filter((n) => n.shown && hit(n.text)),
    cells: (n) => [n.label, n.kind, String(n.all.length), String(n.edges.length), n.facts.map(([k, v]) => k + ": " + v).join("; ")],
    open: (n) => choose({ node: n }, true),
    signs: (n) => ({ 1: kindSample(n.kind) }),
  },
  links: {
    columns: ["From", "To", "Kind", "Direction", "Findings", "Studies", "More"],
    rows: () => edges.filter((e) => e.shown && hit(e.source.text + " " + e.target.text)),
    cells: (e) => [e.source.label, e.target.label, e.line && e.findings.length ? shortKind(e.line) : e.kind, e.direction || "", String(e.findings.length), String(e.studies), e.labels.join(", ") + (e.text ? " " + e.text : "")],
    open: (e) => choose({ edge: e }, true),
    signs: (e) => ({ 2: e.line ? lineSample(e.line) : null }),
  },
};

function drawTable(everything) {
  const t = tables[table.which];
  const rows = t.rows().map((r) => ({ r, cells: t.cells(r) }));
  rows.sort((a, b) => (table.down ? -1 : 1) * collator.compare(a.cells[table.sort], b.cells[table.sort]));
  const some = everything ? rows : rows.slice(0, 300);
  const pick = (name) => el("button", { type: "button", "aria-pressed": String(name === table.which), onclick: () => { Object.assign(table, { which: name, sort: 0, down: false }); drawTable(); refocus(".which [aria-pressed=true]"); } },
    name[0].toUpperCase() + name.slice(1) + " (" + tables[name].rows().length + ")");
  tablePanel.replaceChildren(
    el("div", { class: "which", role: "group", "aria-label": "What the table lists" }, ...Object.keys(tables).filter((k) => k !== "findings" || findings.length).map(pick),
      rows.length > some.length ? el("button", { type: "button", onclick: () => drawTable(true) }, "Show all " + rows.length + " rows") : ""),
    el("div", { class: "scroll", role: "region", "aria-label": "Table of " + table.which, tabindex: 0 }, el("table", {},
      el("caption", {}, counted(some.length, "row") + (rows.length > some.length ? " of " + rows.length : "") + ", sorted by " + t.columns[table.sort].toLowerCase()),
      el("thead", {}, el("tr", {}, ...t.columns.map((c, i) => el("th", { scope: "col", "aria-sort": i !== table.sort ? "none" : table.down ? "descending" : "ascending" },
        el("button", { type: "button", onclick: () => sortBy(i) }, c))))),
      el("tbody", {}, ...some.map(({ r, cells }) => { const signs = t.signs(r); return el("tr", {}, ...cells.map((c, i) => cell(c, signs[i], i ? null : () => t.open(r)))); })))));
}

function cell(text, sign, open) {
  if (open) return el("td", {}, el("button", { type: "button", onclick: open }, short(text, 400) || "—"));
  return el("td", {}, sign ? el("span", { class: "pair" }, sign, text) : short(text, 700));
}

function sortBy(i) {
  Object.assign(table, { down: table.sort === i && !table.down, sort: i });
  drawTable();
  refocus(`th:nth-child(${i + 1}) button`);
}

function refocus(selector) {
  const e = tablePanel.querySelector(selector);
  if (e) e.focus();
}

// The sources: what this is of, and every document behind it.
function drawSources() {
  const a = data.about;
  const fact = (name, value) => value ? [el("dt", {}, name), el("dd", {}, el("code", {}, value))] : [];
  document.getElementById("sources").replaceChildren(el("div", { class: "sheet" },
    el("h2", {}, "What this is of"),
    el("dl", {}, ...fact("question", a.question), ...fact("query", a.query), ...fact("graph", "sha256 " + a.graph), ...fact("view", data.view),
      ...fact("studies", data.shown.studies + " of " + data.of.studies), ...fact("findings", data.shown.findings + " of " + data.of.findings)),
    el("h2", {}, counted(documents.length, "document")),
    el("ol", {}, ...documents.map((d) => el("li", {}, d.source + " ", d.doi ? linked("doi", d.doi) : d.pmid ? linked("pmid", d.pmid) : "", el("br"), el("code", { class: "soft" }, d.id)))),
    el("h2", {}, "How to read it"),
    el("p", {}, "A line’s dashes tell what was compared with what; only “between arms” is an effect against a comparator. Colour and sign tell what happened to the outcome, not whether that is good. A thicker line is more studies: studies are counted, never papers."),
    el("p", {}, "Every finding leads to the sentence it was read from; the numbers marked in it are those of the finding. Bytes count from the start of the document’s text."),
    el("p", {}, document.getElementById("keys").textContent)));
}
