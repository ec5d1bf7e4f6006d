"""Asks other engines what graph/store is asked, over the same quads.

    python3 peers.py QUADS.nq FOLDER [RUNS]

Reads N-Quads, loads them into each engine that is installed (SQLite, DuckDB, Oxigraph, Kuzu), asks the questions of
questions.json, and prints a line of JSON for each engine and thing measured: {"engine", "what", "ms", "rows"}, with the
rate and the size of a load. Rows are counted after duplicates are removed, so that engines can be compared.
"""

import json
import os
import re
import shutil
import sqlite3
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
LINE = re.compile(r'(<[^>]*>|_:\S+) (<[^>]*>) (<[^>]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[\w-]+)?)(?: (<[^>]*>))? \.')
NUMERIC = re.compile(r'"([-+]?[\d.]+(?:[eE][-+]?\d+)?)"\^\^<http://www\.w3\.org/2001/XMLSchema#(?:decimal|integer|double)>')


def questions():
    with open(os.path.join(HERE, "questions.json"), encoding="utf-8") as f:
        return json.load(f)


def parse(path):
    with open(path, encoding="utf-8") as f:
        for n, line in enumerate(f, 1):
            if line.startswith("#"):
                continue
            m = LINE.match(line)
            if not m:
                sys.exit(f"{path}:{n}: no quad")
            yield m.groups()


def number(term):
    m = NUMERIC.fullmatch(term)
    return float(m.group(1)) if m else None


class Dictionary:
    """Numbers the terms of a file, which every engine but Oxigraph is given."""

    def __init__(self, path):
        self.ids, self.terms, self.quads = {}, [], []
        for quad in parse(path):
            self.quads.append(tuple(self.id(t or "") for t in quad))

    def id(self, term):
        if term not in self.ids:
            self.ids[term] = len(self.terms)
            self.terms.append(term)
        return self.ids[term]


def terms(q):
    """The patterns with their variables bare and their predicates as terms."""
    return [[s, f"<{p}>", o] for s, p, o in q["patterns"]]


def sql(q, table):
    """A question as SQL: a join of table(predicate) for each pattern, terms by subquery."""
    columns, froms, wheres = {}, [], []
    for k, (s, p, o) in enumerate(terms(q)):
        source, where = table(p, f"t{k}")
        froms.append(source)
        wheres += where
        for column, t in (("s", s), ("o", o)):
            at = f"t{k}.{column}"
            if not t.startswith("?"):
                wheres.append(f"{at} = (SELECT id FROM terms WHERE text = '{t}')")
            elif t in columns:
                wheres.append(f"{at} = {columns[t]}")
            else:
                columns[t] = at
    if "var" in q:
        froms.append("terms x")
        wheres += [f"x.id = {columns['?' + q['var']]}", f"x.num {q['op']} {q['number']}"]
    body = f"FROM {', '.join(froms)} WHERE {' AND '.join(wheres) or '1=1'}"
    if "group" in q:
        at = columns["?" + q["group"]]
        return f"SELECT n.text, c FROM (SELECT {at} AS k, count(*) AS c {body} GROUP BY 1) g, terms n WHERE n.id = g.k ORDER BY c DESC"
    return f"SELECT n.text FROM (SELECT DISTINCT {columns['?' + q['select']]} AS k {body}) g, terms n WHERE n.id = g.k"


def triples(p, alias):
    return f"quads {alias}", [f"{alias}.p = (SELECT id FROM terms WHERE text = '{p}')"]


class SQLite:
    name = f"SQLite {sqlite3.sqlite_version}"

    def load(self, path, folder, quads, terms):
        db = sqlite3.connect(os.path.join(folder, "sqlite.db"))
        db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144;"
                         "CREATE TABLE terms(id INTEGER PRIMARY KEY, text TEXT UNIQUE, num REAL);"
                         "CREATE TABLE quads(s INT, p INT, o INT, g INT, PRIMARY KEY(s, p, o, g)) WITHOUT ROWID;")
        db.executemany("INSERT INTO terms VALUES(?,?,?)", ((i, t, number(t)) for i, t in enumerate(terms)))
        db.executemany("INSERT OR IGNORE INTO quads VALUES(?,?,?,?)", sorted(quads))
        db.executescript("CREATE INDEX pos ON quads(p, o, s); CREATE INDEX osp ON quads(o, s, p); ANALYZE;")
        db.commit()
        db.close()

    def open(self, folder):
        self.db = sqlite3.connect(os.path.join(folder, "sqlite.db"))

    def ask(self, q):
        return self.db.execute(sql(q, triples)).fetchall()

    def close(self):
        self.db.close()


class DuckDB:
    """Triples in one table, or typed: a table for each predicate."""

    def __init__(self, typed):
        import duckdb
        self.duckdb, self.typed = duckdb, typed
        self.name = f"DuckDB {duckdb.__version__}, {'a table for each edge' if typed else 'triples'}"
        self.file = f"duckdb{int(typed)}.db"

    def load(self, path, folder, quads, terms):
        csv = os.path.join(folder, "csv")
        write_csv(csv, quads, terms)
        db = self.duckdb.connect(os.path.join(folder, self.file))
        db.execute("SET threads=2")
        db.execute(f"CREATE TABLE terms AS SELECT * FROM read_csv('{csv}/terms.csv', header=false, names=['id','text','num'], "
                   "types={'id':'INT','text':'VARCHAR','num':'DOUBLE'}, quote='\"', escape='\"', max_line_size=100000000)")
        db.execute(f"CREATE TABLE quads AS SELECT * FROM read_csv('{csv}/quads.csv', header=false, names=['s','p','o','g'])")
        if self.typed:
            for p, in db.execute("SELECT DISTINCT p FROM quads").fetchall():
                db.execute(f"CREATE TABLE p{p} AS SELECT s, o, g FROM quads WHERE p = {p} ORDER BY o, s")
            db.execute("DROP TABLE quads")
        db.execute("CHECKPOINT")
        db.close()

    def open(self, folder):
        self.db = self.duckdb.connect(os.path.join(folder, self.file), read_only=True)
        self.db.execute("SET threads=2")

    def table(self, p, alias):
        if not self.typed:
            return triples(p, alias)
        n, = self.db.execute("SELECT id FROM terms WHERE text = ?", [p]).fetchone()
        return f"p{n} {alias}", []

    def ask(self, q):
        return self.db.execute(sql(q, self.table)).fetchall()

    def close(self):
        self.db.close()


class Oxigraph:
    def __init__(self):
        import pyoxigraph
        self.lib = pyoxigraph
        self.name = f"Oxigraph {pyoxigraph.__version__}"

    def load(self, path, folder, quads, terms):
        store = self.lib.Store(os.path.join(folder, "oxigraph"))
        store.bulk_load(path=path, format=self.lib.RdfFormat.N_QUADS)
        store.optimize()

    def open(self, folder):
        self.store = self.lib.Store.read_only(os.path.join(folder, "oxigraph"))

    def ask(self, q):
        where = " ".join(f"{s} {p} {o} ." for s, p, o in terms(q))
        if "var" in q:
            where += f" FILTER(?{q['var']} {q['op']} {q['number']})"
        text = f"SELECT DISTINCT ?{q['select']} WHERE {{ {where} }}" if "select" in q else \
            f"SELECT ?{q['group']} (COUNT(*) AS ?c) WHERE {{ {where} }} GROUP BY ?{q['group']} ORDER BY DESC(?c)"
        return list(self.store.query(text, use_default_graph_as_union=True))

    def close(self):
        del self.store


class Kuzu:
    """A table of terms, and one of relations for each predicate."""

    def __init__(self):
        import kuzu
        self.lib = kuzu
        self.name = f"Kuzu {kuzu.__version__}, a table for each edge"

    def load(self, path, folder, quads, terms):
        csv = os.path.join(folder, "csv")
        by = write_csv(csv, quads, terms)
        db = self.lib.Database(os.path.join(folder, "kuzu.db"))
        c = self.lib.Connection(db, num_threads=2)
        c.execute("CREATE NODE TABLE T(id INT64, text STRING, num DOUBLE, PRIMARY KEY(id))")
        c.execute(f"COPY T FROM '{csv}/terms.csv' (PARALLEL=false)")
        for p in by:
            c.execute(f"CREATE REL TABLE P{p}(FROM T TO T)")
            c.execute(f"COPY P{p} FROM '{csv}/p{p}.csv'")
        self.ids = {t: i for i, t in enumerate(terms)}
        c.close()
        db.close()

    def open(self, folder):
        self.db = self.lib.Database(os.path.join(folder, "kuzu.db"), read_only=True)
        self.c = self.lib.Connection(self.db, num_threads=2)

    def ask(self, q):
        def node(t, k):
            return f"({t[1:]}:T)" if t.startswith("?") else f"(k{k}:T {{id: {self.ids.get(t, -1)}}})"
        match = ", ".join(f"{node(s, f'{k}s')}-[:P{self.ids[p]}]->{node(o, f'{k}o')}" for k, (s, p, o) in enumerate(terms(q)))
        where = f" WHERE {q['var']}.num {q['op']} {q['number']}" if "var" in q else ""
        tail = f"RETURN DISTINCT {q['select']}.text" if "select" in q else f"RETURN {q['group']}.text, count(*) AS c ORDER BY c DESC"
        result = self.c.execute(f"MATCH {match}{where} {tail}")
        out = []
        while result.has_next():
            out.append(result.get_next())
        return out

    def close(self):
        self.c.close()
        self.db.close()


def write_csv(folder, quads, terms):
    """Writes the tables as CSV once, and returns the predicates."""
    predicates = sorted({p for _, p, _, _ in quads})
    if os.path.isdir(folder):
        return predicates
    os.makedirs(folder)
    with open(os.path.join(folder, "terms.csv"), "w", encoding="utf-8", newline="") as f:
        for i, t in enumerate(terms):
            n = number(t)
            f.write(f'{i},"{t.replace(chr(34), chr(34) * 2)}",{"" if n is None else n}\n')
    with open(os.path.join(folder, "quads.csv"), "w", encoding="utf-8") as f:
        f.writelines(f"{s},{p},{o},{g}\n" for s, p, o, g in quads)
    by = {p: open(os.path.join(folder, f"p{p}.csv"), "w", encoding="utf-8") for p in predicates}
    for s, p, o in sorted({(s, p, o) for s, p, o, _ in quads}):
        by[p].write(f"{s},{o}\n")
    for f in by.values():
        f.close()
    return predicates


def size(folder, before):
    total = 0
    for root, _, files in os.walk(folder):
        if not root.endswith("csv"):
            total += sum(os.path.getsize(os.path.join(root, f)) for f in files)
    return total - before


def main(path, folder, runs):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    d = Dictionary(path)
    write_csv(os.path.join(folder, "csv"), d.quads, d.terms)
    made = [SQLite]
    for module, one in (("duckdb", lambda: DuckDB(False)), ("duckdb", lambda: DuckDB(True)), ("pyoxigraph", Oxigraph), ("kuzu", Kuzu)):
        made.append(one)
    for make in made:
        try:
            engine = make()
        except ImportError as missing:
            print(f"left out: {missing}", file=sys.stderr)
            continue
        before, start = size(folder, 0), time.perf_counter()
        engine.load(path, folder, d.quads, d.terms)
        took = time.perf_counter() - start
        print(json.dumps({"engine": engine.name, "what": "load", "ms": took * 1000, "quads/s": len(d.quads) / took,
                          "bytes/quad": size(folder, before) / len(d.quads)}), flush=True)
        for q in questions():
            start = time.perf_counter()
            engine.open(folder)
            rows = engine.ask(q)
            cold = time.perf_counter() - start
            warm = []
            for _ in range(runs):
                start = time.perf_counter()
                engine.ask(q)
                warm.append(time.perf_counter() - start)
            engine.close()
            print(json.dumps({"engine": engine.name, "what": q["name"], "ms": sorted(warm)[len(warm) // 2] * 1000,
                              "cold": cold * 1000, "rows": len(rows)}), flush=True)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) == 4 else 5)
