// Search and filters. The filters are the legend, too.
const search = document.getElementById("search");
const side = document.getElementById("side");
let words = [];
const hit = (text) => !words.length || matches(text, words);

function drawFilters() {
  const count = (list, of) => list.filter(of).length;
  const group = (title, set, items) => items.length ? el("fieldset", {}, el("legend", {}, title), ...items.map(([id, name, sign, n]) => {
    const box = el("input", { type: "checkbox", checked: true });
    box.addEventListener("change", () => { set[box.checked ? "delete" : "add"](id); refilter(); });
    return el("label", { class: "row" }, box, sign, el("span", {}, name), el("b", {}, n.toLocaleString("en")));
  })) : "";
  const pick = (title, key, values) => {
    const all = [...new Set(values)].filter(Boolean).sort(collator.compare);
    if (all.length < 2) return "";
    const select = el("select", { id: "pick-" + key }, el("option", { value: "" }, "all"), ...all.map((v) => el("option", { value: v }, short(v, 90))));
    select.addEventListener("change", () => { filter[key] = select.value; refilter(); });
    return el("div", { class: "pick" }, el("label", { class: "of", for: "pick-" + key }, title), select);
  };
  const kinds = ["intervention", "arm", "population", "study", "report", "finding", "outcome"].filter((k) => nodes.some((n) => n.kind === k));
  document.getElementById("filters").replaceChildren(
    group("What was compared", filter.kinds, data.kinds.map((k) => [k.id, k.name, lineSample(k.id), count(findings, (f) => f.kind === k.id)])),
    group("What happened to the outcome", filter.directions, data.directions.map((d) => [d.id, d.name, directionSample(d.id), count(findings, (f) => f.direction === d.id)])),
    group("Nodes", filter.nodes, kinds.map((k) => [k, k, kindSample(k), count(nodes, (n) => n.kind === k)])),
    pick("Intervention", "intervention", findings.flatMap((f) => f.interventions)),
    pick("Outcome", "outcome", findings.map((f) => f.outcome)),
    pick("Design", "design", findings.map((f) => f.study.design)),
    el("button", { type: "reset", id: "reset" }, "Show everything"));
}

function refilter() {
  sift();
  hide();
  if (chosen) choose(chosen);
  drawTable();
  say();
}

function say() {
  const shown = nodes.filter((n) => n.shown).length, of = findings.filter((f) => f.shown).length;
  said.textContent = counted(shown, "node") + " and " + counted(of, "finding") + " shown";
}

// find marks what has all the words, and lists it.
function find() {
  words = fold(search.value).split(/\s+/).filter(Boolean);
  const found = words.length ? nodes.filter((n) => n.shown && matches(n.text, words)) : [];
  const stated = words.length ? findings.filter((f) => f.shown && matches(f.text, words)) : [];
  stated.sort((a, b) => matches(fold(b.result), words) - matches(fold(a.result), words));
  for (const n of nodes) n.found = false;
  for (const n of found) n.found = true;
  const rows = [...found.filter((n) => n.kind !== "finding").map((n) => el("li", {}, toNode(n, ""))),
    ...stated.map((f) => el("li", {}, el("button", { type: "button", onclick: () => toFinding(f) }, directionSample(f.direction), el("span", {}, short((f.outcome || f.result) + " · " + f.study.name, 90)))))];
  document.getElementById("results").replaceChildren(...rows.slice(0, 80));
  document.getElementById("hits").textContent = !words.length ? "" : counted(found.length, "node") + ", " + counted(stated.length, "finding");
  light();
  drawTable();
}

function toFinding(f) {
  const n = nodes.find((m) => m.kind === "finding" && m.findings[0] === f.index);
  if (n) reach(n);
  choose(n ? { node: n } : { finding: f }, true);
}

function openFilters(open) {
  side.classList.toggle("open", open);
  document.getElementById("filters-button").setAttribute("aria-expanded", String(open));
}

function escape(event) {
  if (side.classList.contains("open")) openFilters(false);
  else if (!card.hidden) shut();
  else if (event.target === search && search.value) { search.value = ""; find(); }
}
