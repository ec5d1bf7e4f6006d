// Uses the pages of `export html` as a person would, in headless Chromium: what is seen, said, searched, filtered, clicked,
// sorted and reached by keys. The argument is the folder with the pages, and with what npm installed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const folder = resolve(process.argv[2]);
const require = createRequire(folder + "/browser/");
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: process.env.BROWSER_PATH || "/usr/bin/chromium", args: flags });
const wide = { width: 1440, height: 900 }, middling = { width: 900, height: 700 }, narrow = { width: 390, height: 844 };
let passed = 0, failed = 0;

// open opens a page and keeps all that it complains of and asks for.
async function open(name, { size = wide, scheme = "light", hash = "" } = {}) {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (m) => wrong.push("console: " + m.text()));
  page.on("pageerror", (e) => wrong.push("error: " + e.message));
  page.on("request", (r) => { if (!r.url().startsWith("file:") || !r.url().includes("/" + name + ".html")) wrong.push("request: " + r.url()); });
  const begin = Date.now();
  await page.goto("file://" + folder + "/pages/" + name + ".html" + hash);
  await page.waitForFunction(() => document.querySelector(".label") || !document.querySelector(".node"));
  page.took = Date.now() - begin;
  page.data = JSON.parse(await page.locator("#data").textContent());
  page.done = async () => { assert.deepEqual(wrong, []); await context.close(); };
  return page;
}

// A check has two tries: on a busy machine the browser may be late. That it needed both is said.
async function check(name, run, again = "") {
  try {
    const note = await run();
    passed++;
    console.log("ok   " + name + (note ? ": " + note : "") + again);
  } catch (e) {
    if (!again) {
      await check(name, run, " (at the second try)");
      return;
    }
    failed++;
    console.log("FAIL " + name + "\n" + e.stack);
  }
}

const clean = async (page, what) => {
  await page.evaluate(axe);
  const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  assert.deepEqual(result.violations.map((v) => what + ": " + v.id + ": " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + n.failureSummary).join(" | ")), []);
};
const shown = (page, selector) => page.evaluate((s) => [...document.querySelectorAll(s)].filter((e) => !e.closest("[hidden]")).length, selector);
// overlaps counts the labels that stand on one another.
const overlaps = (page) => page.evaluate(() => {
  const boxes = [...document.querySelectorAll(".label")].map((e) => e.getBoundingClientRect());
  let n = 0;
  boxes.forEach((a, i) => boxes.slice(0, i).forEach((b) => { if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) n++; }));
  return n;
});
// inside tells whether all that is shown is on the screen.
const inside = (page) => page.evaluate(() => {
  const stage = document.getElementById("graph").getBoundingClientRect();
  return [...document.querySelectorAll(".node:not([hidden]) .shape")].every((e) => { const b = e.getBoundingClientRect(); return b.left >= stage.left - 1 && b.right <= stage.right + 1 && b.top >= stage.top - 1 && b.bottom <= stage.bottom + 1; });
});

// The whole grid takes minutes; with QUICK set, what most often breaks of it.
const quick = Boolean(process.env.QUICK);
for (const name of quick ? ["seeds", "large", "hostile", "empty"] : ["small", "five", "seeds", "answer", "middle", "evidence", "large", "network", "citations", "hostile", "empty"]) {
  for (const [size, at] of Object.entries(quick ? { wide, narrow } : { wide, middling, narrow })) {
    for (const scheme of quick ? ["light"] : ["light", "dark"]) {
      await check(`${name}, ${size}, ${scheme}: drawn whole, labels apart, nothing asked for, axe content`, async () => {
        const page = await open(name, { size: at, scheme });
        const { nodes, edges } = page.data;
        assert.equal(await page.locator(".node").count(), nodes.length);
        assert.equal(await page.locator(".link > .edge").count(), edges.length);
        assert.equal(await page.locator('.node[aria-label=""], .node:not([aria-label])').count(), 0);
        assert.equal(await overlaps(page), 0);
        assert.ok(await inside(page), "a node is off the screen");
        await page.screenshot({ path: `${folder}/shots/${name}-${size}-${scheme}.png` });
        if (size === "wide" || size === "narrow" && scheme === "light" && nodes.length < 600) await clean(page, "picture");
        const note = `${nodes.length} nodes, ${edges.length} edges, ${await page.locator(".label").count()} labels, ${page.took} ms`;
        await page.done();
        return note;
      });
    }
  }
}

await check("a click opens the card with the sentence, its numbers marked, and its place", async () => {
  const page = await open("answer");
  await page.locator(".glyphs .link").first().click();
  assert.ok(await page.locator("#card blockquote mark").count() > 0);
  assert.match(await page.locator("#card .item").first().textContent(), /bytes \d+–\d+/);
  assert.match(await page.locator("#card .style").first().textContent(), /between arms|change within one arm/);
  await clean(page, "card");
  await page.screenshot({ path: `${folder}/shots/card.png` });
  await page.locator(".node").nth(2).click();
  assert.ok(await page.locator("#card h3").count() > 1);
  await page.locator("#card .links button").first().click();
  const name = await page.locator("#card h2").textContent();
  assert.equal(await page.locator(".node.chosen").count(), 1);
  assert.ok(name.length > 0);
  await page.locator("#card .shut").click();
  assert.ok(await page.locator("#card").isHidden());
  await page.done();
});

await check("search finds names, numbers and words of sentences", async () => {
  const page = await open("seeds");
  await page.keyboard.press("/");
  await page.keyboard.type("collaborative");
  assert.match(await page.locator("#hits").textContent(), /[1-9]\d* nodes?, [1-9]\d* findings?/);
  assert.ok(await page.locator(".node.found").count() > 0);
  await page.keyboard.press("Enter");
  assert.match(await page.locator("#card h2").textContent(), /ollaborative/);
  await page.locator("#search").fill("1.11 0.74");
  const hits = await page.locator("#results button").count();
  assert.ok(hits > 0, "no finding with these numbers");
  await page.locator("#results button").first().click();
  assert.match(await page.locator("#card").textContent(), /OR 1\.11 \(95% CI 0\.74 to 1\.67\)/);
  assert.deepEqual(await page.locator("#card mark").allTextContents().then((all) => ["1.11", "0.74", "1.67"].filter((n) => !all.includes(n))), []);
  await page.done();
});

await check("filters take from picture and table alike, and give back", async () => {
  const page = await open("seeds");
  const before = [await shown(page, ".node"), await shown(page, ".link > .edge")];
  await page.locator('#filters label:has-text("change within one arm") input').uncheck();
  const after = [await shown(page, ".node"), await shown(page, ".link > .edge")];
  assert.ok(after[1] < before[1], `${after} of ${before}`);
  const within = page.data.findings.filter((f) => f.kind === "within").length;
  await page.locator("#table-tab").click();
  assert.equal(await page.locator("#table tbody tr").count(), page.data.findings.length - within);
  await page.locator("#reset").click();
  assert.equal(await page.locator("#table tbody tr").count(), page.data.findings.length);
  for (const key of ["intervention", "outcome", "design"]) {
    const options = page.locator(`#pick-${key} option`);
    await page.locator("#pick-" + key).selectOption({ index: 1 });
    const value = await options.nth(1).getAttribute("value");
    const want = page.data.findings.filter((f) => key === "intervention" ? (f.interventions || []).includes(value) : key === "outcome" ? f.outcome === value : page.data.studies[f.study].design === value).length;
    assert.equal(await page.locator("#table tbody tr").count(), want, key + " " + value);
    await page.locator("#reset").click();
  }
  await page.locator("#picture-tab").click();
  assert.deepEqual([await shown(page, ".node"), await shown(page, ".link > .edge")], before);
  await page.done();
});

await check("keys alone: to the picture, from node to node, open, close, zoom, tabs", async () => {
  const page = await open("seeds");
  for (let i = 0; i < 80 && !(await page.evaluate(() => document.activeElement.classList.contains("node"))); i++) await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  const first = await focused();
  assert.ok(first);
  const seen = new Set([first]);
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"]) { await page.keyboard.press(key); seen.add(await focused()); }
  assert.ok(seen.size > 3, [...seen].join("; "));
  const name = await focused();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "card");
  assert.ok(name.includes((await page.locator("#card h2").textContent()).slice(0, 40)));
  await page.keyboard.press("Escape");
  assert.equal(await focused(), name);
  const scale = () => page.evaluate(() => document.querySelector("#graph > g").getAttribute("transform"));
  await page.waitForTimeout(500); // the picture takes the room that the card gave back
  await page.keyboard.press("0");
  const before = await scale();
  await page.keyboard.press("+");
  assert.notEqual(await scale(), before);
  await page.keyboard.press("0");
  assert.equal(await scale(), before);
  await page.locator("#picture-tab").focus();
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.locator("#table").isVisible());
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.locator("#sources").isVisible());
  await page.done();
});

await check("the table has every finding, node and link, and every column sorts", async () => {
  const page = await open("middle");
  await page.locator("#table-tab").click();
  await clean(page, "table");
  const { findings, nodes, edges } = page.data;
  for (const [which, all] of [["Findings", findings], ["Nodes", nodes], ["Links", edges]]) {
    await page.locator(".which button", { hasText: which }).click();
    const more = page.locator(".which button", { hasText: "Show all" });
    if (await more.count()) await more.click();
    assert.equal(await page.locator("#table tbody tr").count(), all.length);
    for (let i = 0; i < await page.locator("#table th").count(); i++) {
      for (const order of i ? ["ascending", "descending"] : ["descending", "ascending"]) {
        await page.locator("#table th button").nth(i).click();
        assert.equal(await page.locator("#table th").nth(i).getAttribute("aria-sort"), order);
        const cells = (await page.locator(`#table tbody td:nth-child(${i + 1})`).allTextContents()).map((c) => c === "—" ? "" : c);
        if (order === "descending") cells.reverse();
        const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
        assert.equal(cells.findIndex((c, k) => k > 0 && collator.compare(cells[k - 1], c) > 0), -1, which + " by column " + i);
      }
    }
  }
  await page.locator(".which button", { hasText: "Findings" }).click();
  await page.locator("#table tbody td button").first().click();
  assert.ok(await page.locator("#card blockquote").count() > 0);
  await page.screenshot({ path: `${folder}/shots/table.png` });
  await page.done();
});

await check("no cell of the table is cut into letters", async () => {
  for (const size of [wide, middling, narrow]) {
    const page = await open("middle", { size });
    await page.locator("#table-tab").click();
    const tall = await page.evaluate(() => [...document.querySelectorAll("#table tbody tr")].map((r) => [r.getBoundingClientRect().height, r.textContent]).sort((a, b) => b[0] - a[0])[0]);
    assert.ok(tall[0] < 260, `a row of ${tall[0]} pixels at ${size.width}: ${tall[1].slice(0, 200)}`);
    await page.screenshot({ path: `${folder}/shots/table-${size.width}.png` });
    await page.done();
  }
});

await check("the sources name the question, the graph and every document", async () => {
  const page = await open("answer");
  await page.locator("#sources-tab").click();
  const text = await page.locator("#sources").textContent();
  for (const s of [page.data.about.question, page.data.about.query, page.data.about.graph, ...page.data.about.documents.map((d) => d.source)]) assert.ok(text.includes(s), s);
  await clean(page, "sources");
  await page.screenshot({ path: `${folder}/shots/sources.png` });
  await page.done();
});

await check("an address opens a finding", async () => {
  const before = await open("seeds");
  const { id } = before.data.findings[3];
  await before.done();
  const page = await open("seeds", { hash: "#" + encodeURIComponent("finding=" + id) });
  assert.equal(await page.locator("#card .item").count(), 1);
  await page.done();
});

await check("the marks of a plot lead to their findings", async () => {
  const page = await open("plots");
  await page.locator("#plots-tab").click();
  await clean(page, "plots");
  await page.locator("#plots .mark").first().focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("#card blockquote mark").count() > 0);
  await page.screenshot({ path: `${folder}/shots/plots.png` });
  await page.done();
});

await check("hostile names read back as they are, and do nothing", async () => {
  const page = await open("hostile");
  const { nodes } = page.data;
  assert.ok(nodes.some((n) => n.label.length > 10000 && n.label.includes("</script><!--<script>\u2028")));
  for (let i = 0; i < nodes.length; i++) {
    await page.evaluate((k) => document.querySelectorAll(".node")[k].dispatchEvent(new MouseEvent("click", { bubbles: true })), i);
    const heading = await page.locator("#card h2").textContent();
    if (nodes[i].kind !== "finding") assert.equal(heading, nodes[i].label);
  }
  assert.equal(await page.locator("b, script:not(#data)").evaluateAll((all) => all.filter((e) => !e.closest(".row")).length), 1);
  await page.screenshot({ path: `${folder}/shots/hostile-card.png` });
  await page.locator("#table-tab").click();
  await clean(page, "hostile table");
  await page.done();
});

await check("a large page says what it left out, and stays quick", async () => {
  const page = await open("large");
  assert.match(await page.locator("#left-out").textContent(), /studies with .* are left out/);
  const time = await page.evaluate(async () => {
    const begin = performance.now();
    for (let i = 0; i < 10; i++) {
      document.getElementById(i % 2 ? "farther" : "closer").click();
      await new Promise(requestAnimationFrame);
    }
    return (performance.now() - begin) / 10;
  });
  await page.locator("#search").fill("usual care");
  assert.match(await page.locator("#hits").textContent(), /nodes/);
  await page.screenshot({ path: `${folder}/shots/large-found.png` });
  await page.done();
  return `a zoom takes ${time.toFixed(0)} ms`;
});

await check("print has the picture, the legend, the table and the sources", async () => {
  const page = await open("answer");
  await page.emulateMedia({ media: "print" });
  for (const id of ["picture", "side", "table", "sources"]) assert.ok(await page.locator("#" + id).isVisible(), id);
  assert.ok(await page.locator("#search").isHidden());
  await page.pdf({ path: `${folder}/shots/print.pdf`, format: "A4", preferCSSPageSize: true });
  await page.done();
});

await check("the switch turns dark and light", async () => {
  const page = await open("answer");
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await paper();
  await page.locator("#theme").click();
  assert.notEqual(await paper(), before);
  await page.locator("#theme").click();
  assert.equal(await paper(), before);
  await page.done();
});

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
