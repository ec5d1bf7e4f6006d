// Moving about: zoom and pan by wheel, pointer, fingers and keys; what is chosen; which of the nodes has the focus.
const view = { x: 0, y: 0, k: 1 };
let chosen = null; // { node } or { edge } or { finding }
let hovered = null;
let lit = null; // what is put forward
let redraw = 0;
let drawnScale = "";

const seen = { width: 1, height: 1 };
// sizeOf is how large the stage is, or was when it was last seen.
const sizeOf = () => stage.clientWidth ? Object.assign(seen, { width: stage.clientWidth, height: stage.clientHeight || 1 }) : seen;
const chosenNode = () => chosen && chosen.node || null;

// markScale makes marks and lines larger than the layout has them when one looks from afar.
const mostScale = nodes.length < 150 || nodes.length > 900 ? 2 : 1.7;
const farBelow = edges.filter((e) => e.findings.length).length < 80 ? .45 : .95;
const markScale = () => Math.min(mostScale, Math.max(1, .75 / view.k));

function show() {
  const s = markScale().toFixed(2);
  if (s !== drawnScale) stage.style.setProperty("--s", drawnScale = s);
  world.setAttribute("transform", `translate(${view.x.toFixed(2)} ${view.y.toFixed(2)}) scale(${view.k.toFixed(4)})`);
  stage.classList.toggle("far", view.k < farBelow);
  if (!redraw) redraw = requestAnimationFrame(() => { redraw = 0; label(); });
}

const label = () => drawLabels(view, sizeOf(), lit, chosenNode() || hovered);

let way = "";

// arrange places everything anew where the screen has become wide or tall.
function arrange() {
  const { width, height } = sizeOf(), now = width < height * .8 ? "tall" : "wide";
  if (now === way) return;
  way = now;
  place(way);
  hide();
  light();
}

// room is what a node needs of the screen beside its mark, whatever the zoom: that of its label, while there are few.
function room(n) {
  const few = nodes.length <= 80, { width, length } = few || n.side ? linesOf(n) : { width: 0, length: 0 };
  const half = few ? width / 2 : 0;
  if (n.side && tight()) return { left: 4, right: 4, top: length * 15 + 4, bottom: 4 };
  return { left: n.side ? (n.side < 0 ? width + 12 : 0) : half, right: n.side ? (n.side > 0 ? width + 12 : 0) : half, top: n.side ? 8 : 0, bottom: n.side ? 8 : few ? length * 15 + 4 : 0 };
}

// extent is what all that is shown would take of the screen at a zoom, from where the layout has its zero.
function extent(shown, k) {
  const s = k * Math.min(mostScale, Math.max(1, .75 / k)), out = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { n, at } of shown) {
    out[0] = Math.min(out[0], n.x * k - n.r * s - at.left);
    out[1] = Math.min(out[1], n.y * k - n.r * s - at.top);
    out[2] = Math.max(out[2], n.x * k + n.r * s + at.right);
    out[3] = Math.max(out[3], n.y * k + n.r * s + at.bottom);
  }
  for (const e of edges) if (e.shown && e.rail !== undefined) [out[1], out[3]] = [Math.min(out[1], e.rail * k - 10 * s), Math.max(out[3], e.rail * k + 10 * s)];
  return out;
}

// fit shows all that is let through, as large as there is room for it.
function fit() {
  const shown = nodes.filter((n) => n.shown).map((n) => ({ n, at: room(n) }));
  if (!shown.length) return show();
  const { width, height } = sizeOf(), margin = Math.min(28, width / 24);
  const fits = ([l, t, r, b]) => r - l <= width - 2 * margin && b - t <= height - 2 * margin;
  let low = .02, high = 1.7;
  if (fits(extent(shown, high))) low = high;
  for (let i = 0; i < 18 && low < high; i++) {
    const k = (low + high) / 2;
    if (fits(extent(shown, k))) low = k;
    else high = k;
  }
  const [l, t, r, b] = extent(shown, low);
  Object.assign(view, { k: low, x: (width - l - r) / 2, y: (height - t - b) / 2 });
  show();
}

function zoom(factor, x = sizeOf().width / 2, y = sizeOf().height / 2) {
  const k = Math.min(8, Math.max(.02, view.k * factor));
  view.x = x - (x - view.x) * k / view.k;
  view.y = y - (y - view.y) * k / view.k;
  view.k = k;
  show();
}

// reach brings a node into the middle when it is off the screen or too small to see.
function reach(n) {
  const size = sizeOf(), x = n.x * view.k + view.x, y = n.y * view.k + view.y;
  if (view.k < .5) view.k = .8;
  else if (x > 60 && x < size.width - 60 && y > 60 && y < size.height - 60) return;
  view.x = size.width / 2 - n.x * view.k;
  view.y = size.height / 2 - n.y * view.k;
  show();
}

function hover(n) {
  hovered = n;
  light();
}

// light puts forward what is chosen, else what the pointer is on, with its neighbours.
function light() {
  const of = chosen || (hovered && { node: hovered });
  stage.classList.toggle("dim", !!of);
  const near = new Set();
  if (of && of.node) for (const e of of.node.edges) near.add(e).add(e.source).add(e.target);
  if (of && of.node) near.add(of.node);
  if (of && of.edge) near.add(of.edge).add(of.edge.source).add(of.edge.target);
  if (of && of.finding) for (const n of nodes) if (n.all.includes(of.finding.index) && (n.kind !== "finding" || n.findings[0] === of.finding.index)) near.add(n);
  if (of && of.finding) for (const e of edges) if (e.findings.includes(of.finding.index) || near.has(e.source) && near.has(e.target) && !e.findings.length) near.add(e);
  lit = of ? near : null;
  for (const n of nodes) {
    n.mark.classList.toggle("near", near.has(n));
    n.mark.classList.toggle("chosen", !!chosen && chosen.node === n);
    n.mark.classList.toggle("found", !!n.found);
  }
  for (const e of edges) for (const m of [e.mark, e.sign]) if (m) m.classList.toggle("near", near.has(e));
  show();
}

// hide takes what the filters leave out off the picture.
function hide() {
  for (const n of nodes) n.mark.toggleAttribute("hidden", !n.shown);
  for (const e of edges) for (const m of [e.mark, e.sign]) if (m) m.toggleAttribute("hidden", !e.shown);
  rove(nodes.find((n) => n.mark.tabIndex === 0 && n.shown) || nodes.find((n) => n.shown));
  show();
}

// rove makes one node the one that Tab comes to.
function rove(n) {
  for (const m of nodes) if (m.mark.tabIndex === 0) m.mark.setAttribute("tabindex", -1);
  if (n) n.mark.setAttribute("tabindex", 0);
}

// step goes to the nearest node in a direction, those straight ahead before those aside.
function step(from, dx, dy) {
  let best = null, least = Infinity;
  for (const n of nodes) {
    const along = (n.x - from.x) * dx + (n.y - from.y) * dy, aside = Math.abs((n.x - from.x) * dy) + Math.abs((n.y - from.y) * dx);
    if (n === from || !n.shown || along <= .5) continue;
    if (along + 2.5 * aside < least) [best, least] = [n, along + 2.5 * aside];
  }
  if (best) focusOn(best);
}

function focusOn(n) {
  rove(n);
  reach(n);
  n.mark.focus({ preventScroll: true });
}

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function listen() {
  stage.addEventListener("keydown", (event) => {
    const n = nodes.find((m) => m.mark === document.activeElement);
    if (arrows[event.key] && n) step(n, ...arrows[event.key]);
    else if ((event.key === "Enter" || event.key === " ") && n) choose({ node: n }, true);
    else if (event.key === "Home" && n) focusOn(nodes.find((m) => m.shown));
    else return;
    event.preventDefault();
  });
  stage.addEventListener("focusin", (event) => { const n = nodes.find((m) => m.mark === event.target); if (n) hover(n); });
  stage.addEventListener("focusout", () => hover(null));
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = stage.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? .05 : .0018)), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  const fingers = new Map();
  let moved = 0;
  stage.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, event); moved = 0; });
  addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
    if (moved > 4) stage.classList.add("dragging");
    const other = [...fingers.values()].find((f) => f.pointerId !== event.pointerId);
    if (other) {
      const box = stage.getBoundingClientRect(), apart = (f) => Math.hypot(f.clientX - other.clientX, f.clientY - other.clientY) || 1;
      zoom(apart(event) / apart(before), (event.clientX + other.clientX) / 2 - box.left, (event.clientY + other.clientY) / 2 - box.top);
    } else {
      view.x += event.clientX - before.clientX;
      view.y += event.clientY - before.clientY;
      show();
    }
    fingers.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (event) => { fingers.delete(event.pointerId); stage.classList.remove("dragging"); });
  stage.addEventListener("click", (event) => { if (moved <= 4) choose(null); });
  document.getElementById("closer").addEventListener("click", () => zoom(1.4));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 1.4));
  document.getElementById("all").addEventListener("click", fit);
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "Escape") return escape(event);
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") { event.preventDefault(); openFilters(true); search.focus(); }
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(1 / 1.25);
    else if (event.key === "0") fit();
  });
  new ResizeObserver(() => { arrange(); fit(); }).observe(stage);
}
