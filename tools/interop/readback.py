"""Reads back with other programs what picograph exported, and compares nodes, edges and values.

    python3 readback.py FOLDER

FOLDER has what `go test ./graph/export -run TestInterop -interop FOLDER` wrote: a folder for each graph, in it the formats
without views, and a folder for each view. The formats of property graphs are compared with node-link JSON, those of RDF
with the N-Quads as pyoxigraph reads them. It prints a line for each thing that was read, and fails if one differs.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import warnings

import bibtexparser
import igraph
import networkx
import pyoxigraph
import rdflib
import rispy
from lxml import etree
from pyld import jsonld

HERE = os.path.dirname(os.path.abspath(__file__))
VIEWS = ("full", "evidence", "network", "citations")
failed = []
csv.field_size_limit(10**8)


def report(what, ok, detail):
    print(f"{'ok  ' if ok else 'FAIL'} {what}: {detail}", flush=True)
    if not ok:
        failed.append(what)


def same(what, want, got):
    """Compares two collections of strings."""
    want, got = sorted(want), sorted(got)
    if want == got:
        report(what, True, f"{len(got)} the same")
        return
    missing = next((x for x in want if x not in set(got)), "")
    extra = next((x for x in got if x not in set(want)), "")
    at = len(os.path.commonprefix([missing, extra]))
    report(what, False, f"{len(got)} of {len(want)}; not {missing[max(at - 60, 0):at + 100]!r} but {extra[max(at - 60, 0):at + 100]!r}")


# Characters that XML and GML cannot hold, and what stands in their place.
NOT_KEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd-\uffff]")

# What a reader makes of a value: numbers of one size are one, truth values are words, and white space that a format
# does not keep apart is one blank.
def plain(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return repr(float(value))
    if isinstance(value, list):
        return "; ".join(plain(v) for v in value)
    text = NOT_KEPT.sub("", str(value))
    if text in ("True", "False"):
        return text.lower()
    try:
        return repr(float(text))
    except ValueError:
        return " ".join(text.split())


def lines(ends, attributes, names=None):
    """A node or an edge as a string: what it is, and its values by name."""
    names = names or {}
    values = {names.get(k, k).replace("_", ""): plain(v) for k, v in attributes.items() if v not in ("", None)}
    return json.dumps([plain(e) for e in ends] + sorted(values.items()), ensure_ascii=False)


class Graph:
    """The reference: node-link JSON as the standard library reads it."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            data = json.load(f)
        self.nodes = {n["id"]: {k: v for k, v in n.items() if k != "id"} for n in data["nodes"]}
        self.edges = [((e["source"], e["target"]), {k: v for k, v in e.items() if k not in ("source", "target", "key")}) for e in data["links"]]

    def compare(self, what, nodes, edges, names=None, drop=()):
        def clean(a):
            return {k: v for k, v in a.items() if k not in drop}
        same(what + " nodes", [lines([n], clean(a)) for n, a in self.nodes.items()], [lines([n], a, names) for n, a in nodes])
        same(what + " edges", [lines(e, clean(a)) for e, a in self.edges], [lines(e, a, names) for e, a in edges])


# What GraphML and GEXF call source is path where source is the beginning of an edge.
PATH = {"source": "path"}


def property_graphs(folder, name):
    g = Graph(os.path.join(folder, "graph.nodelink"))
    path = lambda f: os.path.join(folder, "graph." + f)
    text = lambda f: open(path(f), encoding="utf-8").read()
    without = lambda a, *keys: {k: v for k, v in a.items() if k not in keys}

    n = networkx.node_link_graph(json.loads(text("nodelink")), edges="links")
    g.compare(f"{name} nodelink networkx", n.nodes(data=True), [((a, b), d) for a, b, d in n.edges(data=True)])
    n = networkx.read_graphml(path("graphml"), force_multigraph=True)
    g.compare(f"{name} graphml networkx", n.nodes(data=True), [((a, b), without(d, "id")) for a, b, d in n.edges(data=True)], PATH)
    n = igraph.Graph.Read_GraphML(path("graphml"))
    labels = sorted(plain(v["label"]).replace("&#38;", "&") for v in n.vs) if g.nodes else []  # its reader doubles ampersands
    report(f"{name} graphml igraph", labels == sorted(plain(a["label"]) for a in g.nodes.values()) and n.ecount() == len(g.edges),
           f"{n.vcount()} nodes, {n.ecount()} edges")
    n = networkx.read_gexf(path("gexf"), version="1.3")
    colours = {"viz"}
    g.compare(f"{name} gexf networkx", [(k, without(d, *colours)) for k, d in n.nodes(data=True)],
              [((a, b), without(d, "id", *colours)) for a, b, d in n.edges(data=True)], PATH)
    rules = etree.RelaxNG(etree.parse(os.path.join(HERE, "gexf.rng")))
    ok = rules.validate(etree.parse(path("gexf"), etree.XMLParser(huge_tree=True)))
    report(f"{name} gexf rules", ok, "valid" if ok else str(rules.error_log.last_error))
    n = networkx.read_gml(path("gml"), label="label")
    g.compare(f"{name} gml networkx", n.nodes(data=True), [((a, b), d) for a, b, d in n.edges(data=True)], {"name": "label"})
    n = igraph.Graph.Read_GML(path("gml"))
    report(f"{name} gml igraph", n.vcount() == len(g.nodes) and n.ecount() == len(g.edges), f"{n.vcount()} nodes, {n.ecount()} edges")
    n = networkx.cytoscape_graph(json.loads(text("cyjs")))
    g.compare(f"{name} cyjs networkx", [(k, without(d, "value", "id")) for k, d in n.nodes(data=True)],
              [((a, b), without(d, "source", "target", "id", "key", "interaction")) for a, b, d in n.edges(data=True)], {"name": "label"})
    for kind in ("csv", "neo4j"):
        tables(g, os.path.join(folder, kind), f"{name} {kind}")


def tables(g, folder, what):
    def rows(file):
        with open(os.path.join(folder, file), encoding="utf-8", newline="") as f:
            head, *rest = csv.reader(f)
        names = [h.split(":")[0] or h[1:] for h in head]
        types = [h.split(":")[1] if ":" in h else "" for h in head]
        for r in rest:
            if len(r) != len(head):
                report(what, False, f"{len(r)} cells under {len(head)} heads")
            for value, kind in zip(r, types):
                if value and kind in ("double", "int") and not re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", value):
                    report(what, False, f"{value!r} as {kind}")
            yield dict(zip(names, r))
    ends = lambda r: (r.pop("source", None) or r.pop("START_ID"), r.pop("target", None) or r.pop("END_ID"))
    nodes, edges = [], []
    for r in rows("nodes.csv"):
        r.pop("LABEL", None)
        nodes.append((r.pop("id"), r))
    for r in rows("edges.csv"):
        for k in ("TYPE", "id"):
            r.pop(k, None)
        edges.append((ends(r), r))
    g.compare(what, nodes, edges)


def rdf(folder, name):
    path = lambda f: os.path.join(folder, "graph." + f)
    formats = {"nquads": pyoxigraph.RdfFormat.N_QUADS, "ntriples": pyoxigraph.RdfFormat.N_TRIPLES, "turtle": pyoxigraph.RdfFormat.TURTLE,
               "trig": pyoxigraph.RdfFormat.TRIG, "jsonld": pyoxigraph.RdfFormat.JSON_LD}
    quads = {str(q) for q in pyoxigraph.parse(path=path("nquads"), format=formats["nquads"])}
    triples = {str(q.triple) for q in pyoxigraph.parse(path=path("nquads"), format=formats["nquads"])}
    for f, kind in formats.items():
        read = list(pyoxigraph.parse(path=path(f), format=kind))
        if f in ("ntriples", "turtle"):
            same(f"{name} {f} oxigraph", triples, {str(q.triple) for q in read})
        elif f == "trig":
            same(f"{name} trig oxigraph", quads, {str(q) for q in read})
        else:
            same(f"{name} {f} oxigraph", quads, {str(q) for q in read})
    for f, kind in {"ntriples": "nt", "turtle": "turtle"}.items():
        g = rdflib.Graph().parse(path(f), format=kind)
        report(f"{name} {f} rdflib", len(g) == len(triples), f"{len(g)} triples of {len(triples)}")
    for f, kind in {"nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}.items():
        g = rdflib.Dataset()
        g.parse(path(f), format=kind)
        # a triple under two labels is two quads
        n = sum(len(c) for c in g.graphs())
        want = len(quads) if f != "trig" else len(set(map(str, pyoxigraph.parse(path=path(f), format=formats[f]))))
        report(f"{name} {f} rdflib", n == want, f"{n} quads of {want}")
    with open(path("jsonld"), encoding="utf-8") as f:
        back = jsonld.to_rdf(json.load(f), {"format": "application/n-quads"})
    n = len(set(filter(None, back.split("\n"))))  # not splitlines, which takes more for ends of lines
    report(f"{name} jsonld pyld", n == len(quads), f"{n} quads of {len(quads)}")
    for tool, args in (("serdi", ["-i", "nquads", "-o", "nquads"]), ("rapper", ["-q", "-i", "nquads", "-o", "nquads"])):
        if not shutil.which(tool):
            report(f"{name} nquads {tool}", True, "not installed, left out")
            continue
        run = subprocess.run([tool, *args, path("nquads")], capture_output=True, check=False)
        n = run.stdout.count(b"\n")
        report(f"{name} nquads {tool}", run.returncode == 0 and n == len(quads), f"{n} quads of {len(quads)} {run.stderr[:200]!r}")


def references(folder, name):
    path = lambda f: os.path.join(folder, "graph." + f)
    with open(path("csljson"), encoding="utf-8") as f:
        want = json.load(f)
    dois = sorted(r["DOI"].lower() for r in want if "DOI" in r)
    with open(path("ris"), encoding="utf-8-sig", newline="") as f:
        got = rispy.loads(f.read().replace("\r\n", "\n"))
    report(f"{name} ris rispy", len(got) == len(want) and sorted(r["doi"].lower() for r in got if "doi" in r) == dois, f"{len(got)} records of {len(want)}, {len(dois)} with a DOI")
    with open(path("bibtex"), encoding="utf-8") as f:
        got = bibtexparser.loads(f.read()).entries
    unescaped = lambda s: re.sub(r"\\(?:textunderscore|_)(?:\{\})?", "_", s).replace("{", "").replace("}", "").replace("\\", "").lower()
    report(f"{name} bibtex bibtexparser", len(got) == len(want) and sorted(unescaped(r["doi"]) for r in got if "doi" in r) == dois, f"{len(got)} entries of {len(want)}")
    for f, tool in (("ris", "ris2xml"), ("bibtex", "bib2xml")):
        if not shutil.which(tool):
            report(f"{name} {f} {tool}", True, "not installed, left out")
            continue
        xml = subprocess.run([tool, path(f)], capture_output=True, check=False).stdout
        n = len(etree.fromstring(xml, etree.XMLParser(recover=name != "seeds")).findall("{http://www.loc.gov/mods/v3}mods"))
        report(f"{name} {f} {tool}", n == len(want), f"{n} records of {len(want)}")


def drawings(folder, name):
    if not shutil.which("dot"):
        report(f"{name} dot", True, "Graphviz is not installed, left out")
        return
    path = os.path.join(folder, "graph.dot")
    run = subprocess.run(["dot", "-Tjson0", path], capture_output=True, check=False)
    data = json.loads(run.stdout or b"{}")
    report(f"{name} dot", run.returncode == 0 and not run.stderr and data.get("edges"), f"{len(data.get('objects', []))} nodes, {len(data.get('edges', []))} edges {run.stderr[:200]!r}")


def main(folder):
    warnings.simplefilter("ignore")
    for name in sorted(os.listdir(folder)):
        at = os.path.join(folder, name)
        if not os.path.isdir(at) or not os.path.exists(os.path.join(at, "graph.nquads")):
            continue
        for view in VIEWS:
            property_graphs(os.path.join(at, view), f"{name} {view}")
        rdf(at, name)
        references(at, name)
        drawings(at, name)
    if failed:
        sys.exit(f"{len(failed)} differ: " + ", ".join(failed))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
