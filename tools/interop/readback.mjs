// Reads back in Node what picograph exported, and compares it with node-link JSON and CSL-JSON as they are. The arguments are
// the folder that readback.py reads, and the one where npm installed.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2]);
const require = createRequire(resolve(process.argv[3]) + "/");
const cytoscape = require("cytoscape");
const jsonld = require("jsonld");
const graphology = require("graphology");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-csl");
require("@citation-js/plugin-ris");
require("@citation-js/plugin-bibtex");
const { JSDOM } = require("jsdom");

// mermaid asks for a window.
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const gexf = require("graphology-gexf");
const graphml = require("graphology-graphml");
let failed = 0;

function report(what, ok, detail) {
  console.log((ok ? "ok   " : "FAIL ") + what + ": " + detail);
  if (!ok) failed++;
}

const read = (...path) => readFileSync(join(...path), "utf8");

// What XML cannot hold has another character in its place.
const plain = (s) => String(s).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd-\uffff]/g, "").replace(/\s+/g, " ").trim();
const sorted = (list) => JSON.stringify(list.map((x) => JSON.stringify(x)).sort());

function properties(at, name) {
  const want = JSON.parse(read(at, "graph.nodelink"));
  const nodes = sorted(want.nodes.map((n) => [plain(n.id), plain(n.label)]));
  const edges = sorted(want.links.map((e) => [plain(e.source), plain(e.target), plain(e.label), plain(e.finding ?? "")]));
  const cy = cytoscape({ headless: true, ...JSON.parse(read(at, "graph.cyjs")) });
  report(`${name} cyjs cytoscape`, nodes === sorted(cy.nodes().map((n) => [plain(n.id()), plain(n.data("name"))])) &&
    edges === sorted(cy.edges().map((e) => [plain(e.source().id()), plain(e.target().id()), plain(e.data("label")), plain(e.data("finding") ?? "")])),
    `${cy.nodes().length} nodes, ${cy.edges().length} edges`);
  for (const [format, parser] of [["gexf", gexf], ["graphml", graphml]]) {
    const g = parser.parse(graphology.MultiDirectedGraph, read(at, "graph." + format));
    report(`${name} ${format} graphology`, nodes === sorted(g.mapNodes((n, a) => [plain(n), plain(a.label)])) &&
      edges === sorted(g.mapEdges((_, a, s, t) => [plain(s), plain(t), plain(a.label), plain(a.finding ?? "")])), `${g.order} nodes, ${g.size} edges`);
  }
}

async function drawing(at, name, mermaid) {
  const text = read(at, "graph.mermaid");
  const drawn = await mermaid.mermaidAPI.getDiagramFromText(text);
  const want = (text.match(/^  n\d+[(["{]/gm) ?? []).length;
  const edges = (text.match(/^  n\d+ [^\n]*n\d+$/gm) ?? []).length;
  report(`${name} mermaid`, drawn.db.getVertices().size === want && drawn.db.getEdges().length === edges, `${drawn.db.getVertices().size} nodes of ${want}, ${drawn.db.getEdges().length} edges of ${edges}`);
}

async function others(at, name) {
  const want = new Set(read(at, "graph.nquads").split("\n").filter((l) => l && !l.startsWith("#"))).size;
  const got = new Set((await jsonld.toRDF(JSON.parse(read(at, "graph.jsonld")), { format: "application/n-quads" })).split("\n").filter(Boolean)).size;
  report(`${name} jsonld jsonld.js`, got === want, `${got} quads of ${want}`);
  const csl = JSON.parse(read(at, "graph.csljson"));
  const keys = (list) => sorted(list.map((r) => [(r.DOI ?? "").toLowerCase(), (r.issued?.["date-parts"]?.[0]?.[0] ?? "") + ""]));
  for (const format of ["csljson", "ris", "bibtex"]) {
    const cite = new Cite(read(at, "graph." + format));
    report(`${name} ${format} citation-js`, cite.data.length === csl.length && keys(cite.data) === keys(csl), `${cite.data.length} references of ${csl.length}`);
  }
}

const mermaid = (await import(join(resolve(process.argv[3]), "node_modules/mermaid/dist/mermaid.core.mjs"))).default;
mermaid.initialize({ maxTextSize: 1e7, maxEdges: 1e5 });
for (const name of readdirSync(folder)) {
  const at = join(folder, name);
  if (!existsSync(join(at, "graph.nquads"))) continue;
  for (const view of ["full", "evidence", "network", "citations"]) {
    properties(join(at, view), `${name} ${view}`);
    await drawing(join(at, view), `${name} ${view}`, mermaid);
  }
  await others(at, name);
}
if (failed) {
  console.log(`${failed} differ`);
  process.exit(1);
}
