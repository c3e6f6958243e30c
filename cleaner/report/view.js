// Drawing: the head and its chart, a shell for every document, and the lines of those that are near the window.

const CHUNK = 400; // lines of one document drawn at a time
const LINE_HEIGHT = 30; // pixels, a guess until a document is drawn

function drawHead() {
  const removals = docs.reduce((sum, doc) => sum + doc.removals.length, 0);
  const removed = docs.reduce((sum, doc) => sum + doc.removed, 0);
  const drawn = DATA.total > docs.length
    ? `${docs.length.toLocaleString("en")} of ${plural(DATA.total, "document")}, drawn at random with seed ${DATA.seed}`
    : plural(docs.length, "document");
  byId("scope").textContent =
    `${drawn}: ${plural(removals, "removal")}, ${percent(DATA.characters ? removed / DATA.characters : 0)} of the characters. ` +
    `Cleaner ${DATA.version}.`;
}

function row(name, share, figure, pressed, title, onclick, category) {
  const fill = el("span", { class: "fill" });
  fill.style.setProperty("width", `${Math.max(100 * share, 0.5)}%`);
  const button = el(
    "button",
    { type: "button", class: "row", title, onclick, "aria-pressed": String(pressed) },
    el("span", { class: "name" }, name),
    el("span", { class: "track", "aria-hidden": "true" }, fill),
    el("span", { class: "figure" }, figure),
  );
  if (category) button.style.setProperty("--hue", String(hue(category)));
  button.classList.toggle("coloured", Boolean(category));
  return el("li", {}, button);
}

function drawTotals() {
  const known = DATA.categories.filter(([, , lines]) => lines).sort((a, b) => b[2] - a[2]);
  const most = Math.max(1, ...known.map(([, , lines]) => lines));
  const all = known.reduce((sum, [, , lines]) => sum + lines, 0);
  byId("chart").replaceChildren(
    ...known.map(([name, holds, lines]) =>
      row(spoken(name), lines / most, `${lines.toLocaleString("en")} · ${percent(lines / all)}`, choice.category === name, holds,
        () => set({ category: choice.category === name ? "" : name }), name)),
  );
  if (!known.length) byId("chart").append(el("li", {}, "Nothing was removed."));
  const named = DATA.sites.filter(([site]) => site);
  byId("sites-box").hidden = !named.length;
  const top = Math.max(1, ...named.map(([, , lines]) => lines));
  byId("sites").replaceChildren(
    ...named.map(([site, documents, lines, gone, characters]) =>
      row(site, lines / top, `${lines.toLocaleString("en")} · ${percent(characters ? gone / characters : 0)}`, choice.site === site,
        `${plural(lines, "removal")} in ${plural(documents, "document")}`, () => set({ site: choice.site === site ? null : site }))),
  );
}

function drawChoices() {
  const used = DATA.categories.filter(([, , lines]) => lines);
  byId("category").replaceChildren(el("option", { value: "" }, "All categories"),
    ...used.map(([name]) => el("option", { value: name }, spoken(name))));
  const only = [["all", "All documents"], ["doubts", "Lines that nearly went"], ["marks", "Lines you marked"]];
  if (docs.some((doc) => doc.lines.some((line) => typeof line !== "string" && line.code))) only.push(["labels", "Labels that disagree"]);
  byId("only").replaceChildren(...only.map(([value, name]) => el("option", { value }, name)));
}

const near = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const doc = docs[Number(entry.target.dataset.doc)];
    if (entry.isIntersecting) fill(doc);
    else if (doc.body?.childElementCount && doc !== current?.doc) empty(doc);
  }
}, { rootMargin: "1200px 0px" });

/** A shell for each visible document; its lines follow when it comes near the window. */
function drawDocuments() {
  near.disconnect();
  const shells = visible.map((doc) => {
    const least = doc.removals.length ? `least certain ${sure(doc.least)}` : "";
    doc.body = el("ol", { class: "lines" });
    doc.body.style.setProperty("min-height", `${Math.min(doc.lines.length, CHUNK) * LINE_HEIGHT}px`);
    const checked = el("button", {
      type: "button", class: "check", "aria-pressed": String(checks.has(doc.id)), onclick: () => toggleCheck(doc, checked),
      title: "You read it all: what you did not mark is right. Saved labels then say so for every line.",
    }, "Rest is right");
    return el("article", { "data-doc": String(doc.id), "aria-labelledby": `d${doc.id}` },
      el("header", {}, el("h2", { id: `d${doc.id}`, dir: "auto" }, doc.name),
        el("p", { class: "facts" }, [doc.site, plural(doc.removals.length, "removal"), least].filter(Boolean).join(" · ")), checked),
      doc.body);
  });
  byId("documents").replaceChildren(...shells);
  if (!shells.length) byId("documents").append(el("p", { class: "nothing" }, "No document has such a line."));
  for (const shell of shells) near.observe(shell);
}

function empty(doc) {
  doc.body.style.setProperty("min-height", `${doc.body.offsetHeight}px`);
  doc.body.replaceChildren();
}

/** Draw the lines of a document, at least up to `line`. */
function fill(doc, line = 0) {
  const wanted = Math.min(doc.lines.length, Math.max(doc.shown, CHUNK, line + CHUNK / 4));
  if (doc.body.childElementCount && wanted <= doc.shown) return;
  doc.shown = wanted;
  doc.body.replaceChildren(...doc.lines.slice(0, wanted).map((_, number) => drawLine(doc, number)).filter(Boolean));
  if (wanted < doc.lines.length) {
    const left = doc.lines.length - wanted;
    doc.body.append(el("li", { class: "more" }, el("button", { type: "button", onclick: () => fill(doc, wanted) },
      `${plural(left, "more line")}`)));
  }
  doc.body.style.removeProperty("min-height");
}

function drawLine(doc, number) {
  const line = doc.lines[number];
  const text = textOf(line);
  if (!text.trim()) return null;
  const mark = marks.get(key(doc, number));
  const here = current?.doc === doc && current.line === number;
  const said = typeof line === "string" ? {} : line;
  const removed = cuts(line);
  const paragraph = el("p", { class: "text", dir: "auto" });
  for (const piece of pieces(line)) {
    if (typeof piece === "string") paragraph.append(...highlighted(piece));
    else paragraph.append(...drawCut(doc.removals[piece[0]], piece));
  }
  if (said.doubt) {
    paragraph.append(el("span", { class: "tag doubt", hue: said.doubt.category },
      said.doubt.category === "correction" ? "kept: correction" : `kept: ${spoken(said.doubt.category)}?`));
  }
  if (disagrees(line)) paragraph.append(el("span", { class: "tag label" }, `label ${said.code}: ${goes(line) ? "stays" : "goes"}`));
  if (mark) {
    const wish = mark.mark === "stay" ? "you: should stay" : `you: should go as ${spoken(mark.category)}`;
    paragraph.append(el("span", { class: `tag mine ${mark.mark}` }, wish));
  }
  const node = el("li", { class: "line", tabIndex: -1, "data-line": String(number), value: number + 1 },
    el("span", { class: "no", "aria-hidden": "true" }, String(number + 1)), paragraph, drawButtons(number, mark));
  node.classList.toggle("gone", removed.length > 0);
  node.classList.toggle("here", here);
  if (removed.length) node.style.setProperty("--hue", String(hue(doc.removals[removed[0]].category)));
  if (here) node.append(drawEvidence(doc, number));
  return node;
}

function drawCut(removal, [number, text]) {
  const head = `removed as ${spoken(removal.category)}, ${sure(removal.confidence)} sure: ${removal.reason}. `;
  return [
    el("span", { class: "hidden" }, ` [${head}`),
    el("del", { class: "cut", hue: removal.category, "data-removal": String(number) }, ...highlighted(text)),
    el("span", { class: "hidden" }, "] "),
    el("span", { class: "tag", hue: removal.category, "data-removal": String(number), "aria-hidden": "true" },
      `− ${spoken(removal.category)}`),
  ];
}

/** The text, with what is searched for set off. */
function highlighted(text) {
  const parts = [];
  const lower = text.toLowerCase();
  let at = 0;
  // Where lower case has another length, places in it are not places in the text.
  while (choice.query && lower.length === text.length) {
    const hit = lower.indexOf(choice.query, at);
    if (hit < 0) break;
    parts.push(text.slice(at, hit), el("mark", {}, text.slice(hit, hit + choice.query.length)));
    at = hit + choice.query.length;
  }
  parts.push(text.slice(at));
  return parts;
}

function drawButtons(number, mark) {
  const button = (wish, name) => el("button", {
    type: "button", class: wish, "data-mark": wish, "aria-pressed": String(mark?.mark === wish),
    "aria-label": `Line ${number + 1} should ${wish}`, title: `Should ${wish} (${wish[0]})`,
  }, name);
  return el("div", { class: "marks" }, button("stay", "stay"), button("go", "go"));
}

function evidence(said) {
  return [
    ["Reason", said.reason], ["Certain", said.confidence === undefined ? "" : `${sure(said.confidence)}, says ${said.filter}`],
    ["Cues", said.cues?.join("; ")], ["Also", said.also?.join("; ")],
    ["Block", said.block && `lines ${said.block[0]} to ${said.block[1]}`], ["Near", said.near], ["Against", said.against?.join("; ")],
  ].filter(([, words]) => words);
}

/** What the line that the reader is at is judged by, and the choice of a category for one that should go. */
function drawEvidence(doc, number) {
  const line = doc.lines[number];
  const box = el("div", { class: "why" });
  const said = typeof line === "string" ? [] : [...cuts(line).map((n) => doc.removals[n]), ...(line.doubt ? [line.doubt] : [])];
  for (const one of said) {
    box.append(el("dl", {}, ...evidence(one).flatMap(([name, words]) => [el("dt", {}, name), el("dd", { dir: "auto" }, words)])));
  }
  if (!said.length) box.append(el("p", {}, "Stays: nothing speaks for its going."));
  const mark = marks.get(key(doc, number));
  if (mark?.mark === "go") {
    const pick = el("select", { "aria-label": "Category", onchange: () => remark(doc, number, "go", pick.value) },
      ...DATA.categories.map(([name]) => el("option", { value: name, selected: name === mark.category }, spoken(name))));
    box.append(el("p", {}, el("label", {}, "Should go as ", pick)));
  }
  return box;
}

const lineNode = (place) => place.doc.body?.querySelector(`[data-line="${place.line}"]`);

function redraw(place) {
  const node = lineNode(place);
  if (node) node.replaceWith(drawLine(place.doc, place.line));
}

/** Go to a line: draw it, bring it into the window, show its evidence and let a screen reader speak it. */
function go(place, { scroll = true } = {}) {
  if (!place) return;
  const last = current;
  current = place;
  if (last && visible[last.doc.place] === last.doc) redraw(last);
  fill(place.doc, place.line);
  redraw(place);
  const node = lineNode(place);
  node.focus({ preventScroll: true });
  if (scroll) {
    node.scrollIntoView({ block: "center" });
    // Documents above are drawn now and may be of another height than was guessed.
    requestAnimationFrame(() => requestAnimationFrame(() => lineNode(place)?.scrollIntoView({ block: "center" })));
  }
  drawWhere();
}

function drawWhere() {
  const at = current ? stops.findIndex((stop) => stop.doc === current.doc && stop.line === current.line) : -1;
  byId("next").textContent = choice.query ? "Next hit" : choice.only === "all" ? "Next removal" : "Next line";
  byId("where").textContent = at >= 0 ? `${(at + 1).toLocaleString("en")} of ${stops.length.toLocaleString("en")}` : stops.length.toLocaleString("en");
}

/** Change what is chosen and draw everything anew. */
function set(changes) {
  Object.assign(choice, changes);
  choose();
  if (current && visible[current.doc.place] !== current.doc) current = null;
  byId("category").value = choice.category;
  byId("only").value = choice.only;
  byId("site").hidden = choice.site === null;
  byId("site").textContent = `${choice.site ?? ""} ×`;
  byId("site").setAttribute("aria-label", `Site ${choice.site ?? ""}: show all sites again`);
  drawTotals();
  drawDocuments();
  drawWhere();
}
