// The page begins.
const root = document.documentElement;
document.getElementById("plots-tab").hidden = !document.querySelector("#plots figure");
const tabs = [...document.querySelectorAll('[role="tab"]:not([hidden])')];

function tab(to, focus) {
  for (const t of tabs) {
    t.setAttribute("aria-selected", String(t === to));
    t.setAttribute("tabindex", t === to ? 0 : -1);
    document.getElementById(t.getAttribute("aria-controls")).hidden = t !== to;
  }
  if (focus) to.focus();
  if (to.id === "picture-tab") show();
}

function header() {
  const a = data.about, query = document.getElementById("query");
  query.textContent = a.query || "";
  query.hidden = !a.query;
  document.getElementById("counts").textContent = [counted(data.shown.studies, "study", "studies"), counted(data.shown.findings, "finding"), counted(documents.length, "document"), data.view + " view"].join(" · ");
  if (data.shown.studies < data.of.studies) {
    const note = document.getElementById("left-out");
    note.textContent = `Shown are the ${counted(data.shown.studies, "study", "studies")} with the most findings of ${data.of.studies.toLocaleString("en")}; ` +
      `${counted(data.of.studies - data.shown.studies, "study", "studies")} with ${counted(data.of.findings - data.shown.findings, "finding")} are left out. Export with --about, --study or another --view for the rest.`;
    note.hidden = false;
  }
}

header();
stage.classList.toggle("large", edges.length > 900);
drawFilters();
drawSources();
drawTable();
arrange();
fit();
listen();

plotted();

for (const t of tabs) t.addEventListener("click", () => tab(t));
document.querySelector('[role="tablist"]').addEventListener("keydown", (event) => {
  const at = tabs.indexOf(document.activeElement), by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by && at >= 0) tab(tabs[(at + by + tabs.length) % tabs.length], true);
});
document.querySelector(".skip").addEventListener("click", () => tab(tabs[1], true));
search.addEventListener("input", find);
search.addEventListener("keydown", (event) => { const first = document.querySelector("#results button"); if (event.key === "Enter" && first) first.click(); });
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("filters").addEventListener("reset", () => {
  for (const set of [filter.kinds, filter.directions, filter.nodes]) set.clear();
  Object.assign(filter, { intervention: "", outcome: "", design: "" });
  refilter();
});
document.getElementById("filters-button").addEventListener("click", () => openFilters(!side.classList.contains("open")));
document.getElementById("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});
// Paper has another size than the screen: what the stage shows is made to fit it.
addEventListener("beforeprint", () => {
  fit();
  label();
  stage.setAttribute("viewBox", `0 0 ${sizeOf().width} ${sizeOf().height}`);
  drawTable(true);
});
addEventListener("afterprint", () => stage.removeAttribute("viewBox"));

// An address may name what is to be open.
const wanted = (() => { try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; } })();
if (wanted.startsWith("node=")) {
  const n = nodes.find((m) => m.id === wanted.slice(5));
  if (n) { reach(n); choose({ node: n }); }
} else if (wanted.startsWith("finding=")) {
  const f = findings.find((g) => g.id === wanted.slice(8));
  if (f) toFinding(f);
}
