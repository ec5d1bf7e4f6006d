// The card of what was chosen: what it is, its findings with their sentences, its neighbours.
const card = document.getElementById("card");
const said = document.getElementById("said");
let before = null; // what had the focus when the card was opened

function choose(what, fromKeys) {
  chosen = what;
  if (!what) {
    card.hidden = true;
    card.replaceChildren();
    light();
    history.replaceState(null, "", location.pathname + location.search);
    return;
  }
  before = document.activeElement;
  const body = what.node ? cardOfNode(what.node) : what.edge ? cardOfEdge(what.edge) : cardOfFinding(what.finding);
  card.replaceChildren(el("button", { type: "button", class: "shut", "aria-label": "Close", onclick: () => shut() }, "×"), ...body);
  card.hidden = false;
  card.scrollTop = 0;
  light();
  const id = what.node ? "node=" + what.node.id : what.finding ? "finding=" + what.finding.id : "";
  if (id) history.replaceState(null, "", "#" + encodeURIComponent(id));
  said.textContent = card.querySelector(".tag").textContent + ": " + card.querySelector("h2").textContent;
  if (fromKeys) card.focus();
}

function shut() {
  const back = before;
  choose(null);
  if (back && back.isConnected) back.focus({ preventScroll: true });
}

function cardOfNode(n) {
  if (n.kind === "finding") return [...cardOfFinding(findings[n.findings[0]]), ...neighbours(n)];
  const facts = n.facts.filter(([name]) => !["study", "document", "offsets", "sentence", "finding"].includes(name));
  return [el("p", { class: "tag" }, kindSample(n.kind), n.kind), el("h2", {}, n.label), ...describe(facts), ...list(n.all), ...neighbours(n)];
}

function describe(facts) {
  if (!facts.length) return [];
  return [el("dl", {}, ...facts.flatMap(([name, value]) => [el("dt", {}, name === "n" ? "N" : name), el("dd", {}, name === "doi" || name === "pmid" ? linked(name, value) : value)]))];
}

// linked leads to where a report is found; nothing is fetched before somebody follows it.
function linked(name, value) {
  const to = name === "doi" ? "https://doi.org/" + encodeURIComponent(value).replaceAll("%2F", "/") : "https://pubmed.ncbi.nlm.nih.gov/" + encodeURIComponent(value) + "/";
  return el("a", { href: to, rel: "noreferrer noopener", target: "_blank" }, (name === "doi" ? "doi:" : "PMID ") + value);
}

function cardOfEdge(e) {
  const heading = e.source.label + " → " + e.target.label;
  const kind = e.line && e.findings.length ? shortKind(e.line) + (e.kind === "compared" ? "" : ", " + (e.direction || "mixed")) : e.kind;
  const names = e.kind === "compared" ? [el("p", { class: "soft" }, counted(e.studies, "study", "studies") + ": " + e.labels.join(", "))] : e.labels.map((l) => el("p", { class: "soft" }, l));
  return [el("p", { class: "tag" }, e.line ? lineSample(e.line) : "", kind), el("h2", {}, heading), ...names,
    e.text ? el("blockquote", {}, e.text) : "", ...list(e.findings),
    el("h3", {}, "Between"), el("ul", { class: "links" }, ...[e.source, e.target].map((n) => el("li", {}, toNode(n, ""))))];
}

function cardOfFinding(f) {
  return [el("p", { class: "tag" }, "finding"), el("h2", {}, f.outcome || "outcome not named"), item(f)];
}

// list shows findings under their kinds of comparison, which are never mixed.
function list(indices) {
  const shown = indices.map((i) => findings[i]).filter((f) => f.shown);
  const out = [];
  for (const k of data.kinds) {
    const of = shown.filter((f) => f.kind === k.id);
    if (!of.length) continue;
    const where = new Set(of.map((f) => f.study)).size;
    out.push(el("h3", {}, lineSample(k.id), shortKind(k.id) + " · " + counted(of.length, "finding") + ", " + counted(where, "study", "studies")));
    out.push(...more(of, 12, item));
  }
  if (indices.length > shown.length) out.push(el("p", { class: "soft" }, counted(indices.length - shown.length, "finding") + " left out by the filters"));
  return out;
}

// more makes the first few, and a button for the rest.
function more(all, first, make) {
  const out = all.slice(0, first).map(make);
  if (all.length > first) {
    const rest = el("button", { type: "button", onclick: () => rest.replaceWith(...more(all.slice(first), 60, make)) }, "Show more (" + (all.length - first) + ")");
    out.push(rest);
  }
  return out;
}

// item is one finding: its kind, the result, of whom, and the sentence with the numbers marked.
function item(f) {
  const where = [f.population && "in " + f.population, f.time].filter(Boolean).join(" · ");
  const study = [f.study.name, f.study.design, f.study.n && "N " + f.study.n].filter(Boolean).join(" · ");
  return el("div", { class: "item" },
    el("p", { class: "style" }, lineSample(f.kind), kindName(f.kind)),
    el("p", { class: "result" }, directionSample(f.direction), el("span", {}, f.result, el("span", { class: "quiet" }, " (" + f.direction + ")"))),
    f.who ? el("p", { class: "who" }, f.who) : "",
    el("p", { class: "soft" }, (f.outcome || "outcome not named") + (f.printed ? " (“" + f.printed + "”)" : "")),
    where ? el("p", { class: "soft" }, where) : "", f.details ? el("p", { class: "soft" }, f.details) : "",
    el("p", { class: "soft" }, study),
    f.study.second_hand ? el("p", { class: "warn" }, "known only through another report") : "",
    f.retracted ? el("p", { class: "warn" }, "retracted: " + f.retracted) : "",
    ...(f.checks || []).map((c) => el("p", { class: "warn" }, "check: " + c)),
    ...f.passages.flatMap((p) => [el("blockquote", {}, ...p.text.map((t, i) => i % 2 ? el("mark", {}, t) : t)), source(f, p)]));
}

function source(f, p) {
  const d = f.document || { id: "", source: "" };
  return el("p", { class: "soft" }, d.source + (p.section ? ", " + p.section : "") + `, bytes ${p.start}–${p.end} `, d.doi ? linked("doi", d.doi) : d.pmid ? linked("pmid", d.pmid) : "");
}

function toNode(n, note) {
  return el("button", { type: "button", onclick: () => { reach(n); choose({ node: n }, true); } }, kindSample(n.kind), el("span", {}, short(n.label, 120)), note ? el("span", { class: "soft" }, note) : "");
}

function neighbours(n) {
  const rows = new Map();
  for (const e of n.edges) {
    const other = e.source === n ? e.target : e.source;
    if (e.shown) rows.set(other, [...(rows.get(other) || []), e.findings.length ? counted(e.findings.length, "finding") : e.kind]);
  }
  if (!rows.size) return [];
  return [el("h3", {}, counted(rows.size, "neighbour")), el("ul", { class: "links" }, ...more([...rows], 20, ([m, notes]) => el("li", {}, toNode(m, [...new Set(notes)].slice(0, 2).join(", ")))))];
}

// plotted makes the marks of the plots lead to their findings.
function plotted() {
  for (const mark of document.querySelectorAll("#plots .mark[data-finding]")) {
    const f = findings.find((g) => mark.dataset.finding.split(" ").includes(g.id));
    if (!f) continue;
    const seen = [...mark.querySelectorAll("text")].map((t) => t.textContent); // what is seen is part of what is said
    dress(mark, { role: "button", tabindex: 0, "aria-label": short([...seen, mark.querySelector("title").textContent.split("\n")[0]].join(" "), 600) }, []);
    mark.addEventListener("click", () => choose({ finding: f }, true));
    mark.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose({ finding: f }, true); } });
    mark.closest("svg").setAttribute("role", "group");
  }
}
