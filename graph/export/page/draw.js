// The picture: marks, lines and labels. Places come with the data, labels find theirs for the zoom at hand.
const svgNS = "http://www.w3.org/2000/svg";

function el(tag, attributes, ...children) {
  const e = document.createElement(tag);
  return dress(e, attributes, children);
}

function svg(tag, attributes, ...children) {
  return dress(document.createElementNS(svgNS, tag), attributes, children);
}

function dress(e, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "onclick") e.addEventListener("click", value);
    else if (value !== undefined && value !== null && value !== false) e.setAttribute(name, value === true ? "" : value);
  }
  e.append(...children.filter((c) => c !== undefined && c !== null && c !== ""));
  return e;
}

const classOf = (s) => s.replace(/[^a-z]+/g, "-");
const directionClass = (d) => "d-" + classOf(d || "mixed");

// shapeOf returns the path of a kind's mark about the origin.
function shapeOf(kind, r) {
  const polygon = (points) => "M" + points.map(([x, y]) => (x * r).toFixed(1) + " " + (y * r).toFixed(1)).join("L") + "Z";
  switch (kind) {
    case "study": return polygon([[-.9, -.9], [.9, -.9], [.9, .9], [-.9, .9]]);
    case "report": return polygon([[-.7, -.95], [.3, -.95], [.7, -.5], [.7, .95], [-.7, .95]]);
    case "arm": return polygon([[0, -1.05], [1, -.2], [.65, .95], [-.65, .95], [-1, -.2]]);
    case "intervention": return polygon([[-.55, -.95], [.55, -.95], [1.08, 0], [.55, .95], [-.55, .95], [-1.08, 0]]);
    case "population": return polygon([[0, -1.1], [1.05, .85], [-1.05, .85]]);
  }
  return `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
}

// glyph returns the sign of a direction: no reader needs its colour.
function glyph(direction, r) {
  const of = directionClass(direction);
  switch (direction) {
    case "decreased": return svg("path", { class: "glyph " + of, d: `M${-r} ${-r * .7}L${r} ${-r * .7}L0 ${r}Z` });
    case "increased": return svg("path", { class: "glyph " + of, d: `M${-r} ${r * .7}L${r} ${r * .7}L0 ${-r}Z` });
    case "no difference": return svg("path", { class: "glyph bars " + of, d: `M${-r} ${-r * .45}H${r}M${-r} ${r * .45}H${r}` });
  }
  return svg("circle", { class: "glyph " + of, r: r * .38 });
}

// sample returns a small picture for the legend, a card or a table.
function sample(...content) {
  return svg("svg", { viewBox: "-16 -9 32 18", width: 32, height: 18, "aria-hidden": "true" }, ...content);
}
const kindSample = (kind) => sample(svg("path", { class: "shape k-" + kind + (kind === "finding" ? " d-not-stated" : ""), d: shapeOf(kind, 7.5) }));
const lineSample = (kind) => sample(svg("path", { class: "edge lined l-" + kind, d: "M-15 0H15", "stroke-width": 2.2 }));
const directionSample = (d) => sample(glyph(d, 6));

const stage = document.getElementById("graph");
const world = svg("g");
const lineLayer = svg("g", { "aria-hidden": "true" });
const glyphLayer = svg("g", { class: "glyphs", "aria-hidden": "true" });
const nodeLayer = svg("g");
const labelLayer = svg("g", { "aria-hidden": "true" });
world.append(lineLayer, glyphLayer, nodeLayer);
stage.append(world, labelLayer);

// curve returns the way of an edge and its middle. Those between the same two nodes fan out.
function curve(e, rank, of) {
  const { source: a, target: b } = e;
  if (a === b) return { d: `M${a.x} ${a.y - a.r}c-40 -50 40 -50 0 0`, x: a.x, y: a.y - a.r - 38 };
  if (e.rail !== undefined) {
    const dx = b.x - a.x, mx = (a.x + b.x) / 2, lift = (e.rail - (a.y + b.y) / 2) * 4 / 3;
    return { d: `M${a.x} ${a.y}C${a.x + dx * .42} ${(a.y + lift).toFixed(1)} ${b.x - dx * .42} ${(b.y + lift).toFixed(1)} ${b.x} ${b.y}`, x: mx, y: e.rail };
  }
  const dx = b.x - a.x, dy = b.y - a.y, far = Math.hypot(dx, dy) || 1;
  const bend = (rank - (of - 1) / 2) * Math.min(34, far / 4) + (of === 1 && e.findings.length ? Math.min(14, far / 14) : 0);
  const mx = (a.x + b.x) / 2 - dy / far * bend, my = (a.y + b.y) / 2 + dx / far * bend;
  const qx = 2 * mx - (a.x + b.x) / 2, qy = 2 * my - (a.y + b.y) / 2;
  return { d: `M${a.x} ${a.y}Q${qx.toFixed(1)} ${qy.toFixed(1)} ${b.x} ${b.y}`, x: mx, y: my };
}

// rails gives the lines between two columns heights in the middle at which their signs do not meet.
function rails() {
  const gap = 23, halls = new Map();
  for (const e of edges) {
    if (!e.source.side || !e.target.side) continue;
    const key = ((e.source.x + e.target.x) / 2).toFixed(0);
    halls.set(key, [...(halls.get(key) || []), e]);
  }
  const high = (e) => (e.source.y + e.target.y) / 2;
  for (const hall of halls.values()) {
    hall.sort((a, b) => high(a) - high(b) || a.index - b.index);
    const down = hall.map(high), up = hall.map(high);
    for (let i = 1; i < hall.length; i++) down[i] = Math.max(down[i], down[i - 1] + gap);
    for (let i = hall.length - 2; i >= 0; i--) up[i] = Math.min(up[i], up[i + 1] - gap);
    hall.forEach((e, i) => { e.rail = (down[i] + up[i]) / 2; });
  }
}

function drawEdges() {
  rails();
  const groups = new Map();
  for (const e of edges) {
    const key = Math.min(e.from, e.to) + " " + Math.max(e.from, e.to);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(e);
  }
  for (const group of groups.values()) {
    group.forEach((e, i) => {
      const flip = e.from > e.to ? group.length - 1 - i : i;
      const way = curve(e, flip, group.length);
      const style = (e.findings.length ? "finding " : e.line ? "lined " : "") + (e.kind === "compared" ? "compared " : "") +
        (e.line ? directionClass(e.direction) + " l-" + e.line : "");
      e.mark = svg("g", { class: "link" }, svg("path", { class: "edge " + style, d: way.d, }));
      e.mark.firstChild.style.setProperty("--w", e.findings.length ? (.8 + Math.sqrt(e.studies)).toFixed(1) + "px" : e.line ? "1.5px" : "1px");
      if (e.kind === "comparator") e.mark.append(openEnd(e));
      e.mark.append(svg("path", { class: "hit", d: way.d }));
      e.mark.addEventListener("click", (event) => { event.stopPropagation(); choose({ edge: e }); });
      lineLayer.append(e.mark);
      e.way = way;
      if (e.findings.length && e.kind !== "compared" && e.direction !== "not stated") {
        e.sign = svg("g", { class: "link", transform: `translate(${way.x.toFixed(1)} ${way.y.toFixed(1)})` }, svg("circle", { class: "badge " + directionClass(e.direction), r: 8 }), glyph(e.direction, 4.2));
        e.sign.addEventListener("click", (event) => { event.stopPropagation(); choose({ edge: e }); });
        glyphLayer.append(e.sign);
      }
    });
  }
}

// openEnd is the circle that marks whom something was compared with.
function openEnd(e) {
  const { source: a, target: b } = e, far = Math.hypot(b.x - a.x, b.y - a.y) || 1, t = (far - b.r - 5) / far;
  return svg("circle", { class: "shape k-finding " + directionClass(e.direction), cx: (a.x + (b.x - a.x) * t).toFixed(1), cy: (a.y + (b.y - a.y) * t).toFixed(1), r: 3.4, "stroke-width": 1.5 });
}

// nameOf says in words what a node is, for those who do not see it.
function nameOf(n) {
  if (n.kind === "finding") {
    const f = findings[n.findings[0]];
    return `finding, ${shortKind(f.kind)}, ${f.outcome || "outcome not named"}: ${f.result}, ${f.direction}, ${f.study.name}`;
  }
  return `${n.kind}: ${n.label}, ${counted(n.all.length, "finding")}`;
}

// place lays everything out for a wide or a tall screen.
function place(way) {
  for (const n of nodes) [n.x, n.y] = n[way];
  for (const layer of [lineLayer, glyphLayer, nodeLayer]) layer.replaceChildren();
  drawEdges();
  drawNodes();
}

function drawNodes() {
  for (const n of nodes) {
    const f = n.kind === "finding" ? findings[n.findings[0]] : null;
    n.mark = svg("g", { class: "node" + (f ? " " + directionClass(f.direction) : ""), transform: `translate(${n.x} ${n.y})`, role: "button", tabindex: -1, "aria-label": short(nameOf(n), 300) },
      svg("circle", { class: "ring", r: n.r + 4 }),
      svg("path", { class: "shape k-" + n.kind + (f ? " l-" + f.kind : ""), d: shapeOf(n.kind, n.r) }));
    if (f) n.mark.append(glyph(f.direction, n.r * .5));
    n.mark.addEventListener("click", (event) => { event.stopPropagation(); choose({ node: n }); });
    n.mark.addEventListener("pointerenter", () => hover(n));
    n.mark.addEventListener("pointerleave", () => hover(null));
    nodeLayer.append(n.mark);
  }
}

// Labels: the chosen and its neighbours first, then what most is known of, each only where there is room.
const pen = document.createElement("canvas").getContext("2d");
const wrapped = new Map();

function linesOf(n) {
  if (!wrapped.has(n)) {
    const small = n.kind === "finding"; // a node or an edge
    const label = (n.label || (n.findings.length === 1 ? findings[n.findings[0]].result : counted(n.findings.length, "finding"))).replace(/\s+/g, " ").trim() || n.kind;
    let lines = [];
    if (small) lines = [short(label, n.source ? 40 : 24)];
    else {
      for (const word of short(label, 52).split(" ")) {
        if (lines.length && (lines.at(-1) + " " + word).length <= 24) lines[lines.length - 1] += " " + word;
        else lines.push(short(word, 26));
      }
      if (lines.length > 2) lines = [lines[0], short(lines.slice(1).join(" "), 25)];
    }
    pen.font = (small ? "11px " : "620 12.5px ") + getComputedStyle(document.body).fontFamily;
    lines.width = Math.max(...lines.map((l) => pen.measureText(l).width));
    wrapped.set(n, lines);
  }
  return wrapped.get(n);
}

const standing = { intervention: 900, outcome: 800, study: 700, population: 200, arm: 200, report: 100, finding: 0 };
const signed = () => edges.filter((e) => e.sign && e.shown);

// tight is a screen without room beside the columns: labels stand above their nodes.
const tight = () => stage.clientWidth < 560;

function drawLabels(view, size, near, first) {
  const rank = (n) => (n === first ? 1e9 : near && near.has(n) ? 1e6 : 0) + (n.found ? 1e5 : 0) + (standing[n.kind] || 0) + n.all.length + n.edges.length;
  const seen = nodes.filter((n) => n.shown && (!near || near.has(n))).map((n) => ({ n, x: n.x * view.k + view.x, y: n.y * view.k + view.y, r: n.r * view.k * markScale() }))
    .filter((p) => p.x > 0 && p.x < size.width && p.y > 0 && p.y < size.height);
  const taken = new Grid();
  if (seen.length < 400) for (const p of seen) taken.add(p.x - p.r, p.y - p.r, p.x + p.r, p.y + p.r, p.n);
  seen.sort((a, b) => rank(b.n) - rank(a.n) || a.n.index - b.n.index);
  const out = [];
  const write = (lines, kind, owner, places, must) => {
    const { width } = lines, high = lines.length * 14.5;
    const fits = ([x, y, anchor]) => { const l = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0) - 3; return [l, y, l + width + 6, y + high]; };
    const at = places.find((p) => { const f = fits(p); return f[0] > 0 && f[2] < size.width && taken.free(...f, owner); }) || (must ? places[0] : null);
    if (!at) return;
    taken.add(...fits(at), null);
    out.push(svg("text", { class: "label " + kind, "text-anchor": at[2] }, ...lines.map((l, i) => svg("tspan", { x: at[0].toFixed(1), y: (at[1] + 11.5 + i * 14.5).toFixed(1) }, l))));
  };
  const most = Math.max(12, Math.min(size.width * size.height / 9000, nodes.length > 600 && !near && view.k < .5 ? 40 : 1e9));
  for (const p of seen) {
    if (out.length >= most) break;
    if (p.n.kind === "finding" && view.k < .8 && !near) continue;
    const lines = linesOf(p.n), high = lines.length * 14.5;
    const beside = (side) => [p.x + side * (p.r + 6), p.y - high / 2, side < 0 ? "end" : "start"];
    const inward = p.n.side < 0 ? [p.x - p.r, p.y - p.r - high - 1, "start"] : [p.x + p.r, p.y - p.r - high - 1, "end"];
    const places = p.n.side ? [beside(p.n.side), ...(tight() ? [inward] : [])] : [[p.x, p.y + p.r + 3, "middle"], beside(1), beside(-1), [p.x, p.y - p.r - high - 3, "middle"]];
    write(lines, p.n.kind === "finding" ? "of-finding" : "main", p.n, places, p.n === first);
  }
  const signs = signed();
  if (signs.length <= 30 && view.k > .7) {
    for (const e of signs) taken.add(e.way.x * view.k + view.x - 9, e.way.y * view.k + view.y - 9, e.way.x * view.k + view.x + 9, e.way.y * view.k + view.y + 9, e);
    for (const e of signs) {
      if (near && !near.has(e)) continue;
      const x = e.way.x * view.k + view.x, y = e.way.y * view.k + view.y - 8, off = 9 * view.k * markScale() + 4;
      write(linesOf(e), "of-finding", e, [[x + off, y, "start"], [x - off, y, "end"]]);
    }
  }
  labelLayer.replaceChildren(...out);
}

// Grid knows which rectangles of the screen are taken.
class Grid {
  cells = new Map();
  *over(l, t, r, b) {
    for (let x = Math.floor(l / 80); x <= Math.floor(r / 80); x++) for (let y = Math.floor(t / 40); y <= Math.floor(b / 40); y++) yield x + "," + y;
  }
  add(l, t, r, b, owner) {
    for (const key of this.over(l, t, r, b)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([l, t, r, b, owner]);
    }
  }
  free(l, t, r, b, owner) {
    for (const key of this.over(l, t, r, b)) {
      for (const c of this.cells.get(key) || []) if (c[4] !== owner && l < c[2] && r > c[0] && t < c[3] && b > c[1]) return false;
    }
    return true;
  }
}
