// The data of the page: nodes with their neighbours and findings, and what the filters let through.
const data = JSON.parse(document.getElementById("data").textContent);
const { nodes, edges, findings, studies } = data;
const documents = data.about.documents;

const union = (lists) => [...new Set(lists.flat())].sort((a, b) => a - b);
const counted = (n, one, many = one + "s") => n.toLocaleString("en") + " " + (n === 1 ? one : many);
const short = (s, most) => { const all = [...s]; return all.length > most ? all.slice(0, most - 1).join("").trimEnd() + "…" : s; };
const kindName = (id) => (data.kinds.find((k) => k.id === id) || { name: id }).name;
const shortKind = (id) => kindName(id).split(":")[0];

nodes.forEach((n, i) => {
  Object.assign(n, { index: i, wide: [+n.x, +n.y], tall: (n.tall || [n.x, n.y]).map(Number), x: +n.x, y: +n.y, r: +n.r, edges: [], shown: true, facts: n.facts || [] });
  n.findings = n.findings || [];
});
edges.forEach((e, i) => {
  Object.assign(e, { index: i, shown: true, findings: e.findings || [], labels: e.labels || [] });
  e.source = nodes[e.from];
  e.target = nodes[e.to];
  e.studies = new Set(e.findings.map((f) => findings[f].study)).size;
  e.source.edges.push(e);
  if (e.target !== e.source) e.target.edges.push(e);
});
for (const n of nodes) {
  n.all = union([n.findings, ...n.edges.map((e) => e.findings),
    ...n.edges.map((e) => e.source === n ? e.target : e.source).filter((m) => m.kind === "finding").map((m) => m.findings)]);
}
findings.forEach((f, i) => {
  f.index = i;
  f.arm = f.arm || [];
  f.comparator = f.comparator || [];
  f.interventions = f.interventions || [];
  f.passages = f.passages || [];
  f.study = studies[f.study];
  f.document = documents[f.document];
  f.sentence = f.passages.map((p) => p.text.join("")).join(" ");
  f.who = f.arm.join(", ") + (f.comparator.length ? " against " + f.comparator.join(", ") : "");
});

// What is let through. A set names what is left out; a choice of "" lets everything through.
const filter = { kinds: new Set(), directions: new Set(), nodes: new Set(), intervention: "", outcome: "", design: "" };

function passes(f) {
  return !filter.kinds.has(f.kind) && !filter.directions.has(f.direction) &&
    (!filter.intervention || f.interventions.includes(filter.intervention)) &&
    (!filter.outcome || f.outcome === filter.outcome) && (!filter.design || f.study.design === filter.design);
}

// sift works out what is shown. While findings are filtered, what has none of those that pass goes.
function sift() {
  const filtering = filter.kinds.size + filter.directions.size > 0 || filter.intervention || filter.outcome || filter.design;
  for (const f of findings) f.shown = passes(f);
  for (const n of nodes) n.shown = !filter.nodes.has(n.kind) && (!filtering || n.all.some((f) => findings[f].shown));
  for (const e of edges) e.shown = e.source.shown && e.target.shown && (!e.findings.length || e.findings.some((f) => findings[f].shown));
}
sift();

// matches reports whether all words stand somewhere in what is said of a node or finding.
const fold = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const textOf = (f) => [f.study.name, f.study.design, f.who, f.outcome, f.printed, f.population, f.time, f.result, f.details, f.sentence, f.interventions.join(" ")].join(" ");
for (const f of findings) f.text = fold(textOf(f));
for (const n of nodes) n.text = fold(n.label + " " + n.facts.map((p) => p[1]).join(" ") + (n.kind === "finding" ? " " + n.findings.map((f) => findings[f].text).join(" ") : ""));
const matches = (text, words) => words.every((w) => text.includes(w));
