"use strict";
// The data, what is chosen, and which documents and lines that leaves. Data reaches the page as text nodes only.

const DATA = JSON.parse(document.getElementById("data").textContent);
const HUES = {
  donation: 340, comment_prompt: 265, notification: 18, subscription: 36, legal: 212, advertising: 55, related: 188,
  duplicate: 292, interface: 235, reader_comment: 160, metadata: 130, other: 5, correction: 85,
};
const choice = { category: "", site: null, query: "", only: "all", order: "doubt" };
const docs = DATA.documents.map((data, id) => ({ ...data, id, body: null, shown: 0 }));
let visible = [];
let stops = [];
let current = null; // { doc, line }

const byId = (id) => document.getElementById(id);

/** An element with properties and children; strings become text, never markup. */
function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "hue") node.style.setProperty("--hue", String(hue(value)));
    else if (name === "class") node.className = value;
    else if (name in node && name !== "role") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

function hue(category) {
  if (Object.hasOwn(HUES, category)) return HUES[category];
  let sum = 7;
  for (const char of category) sum = (sum * 31 + char.codePointAt(0)) % 360;
  return sum;
}

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const percent = (share) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
/** How sure the cleaner is: never quite. */
const sure = (confidence) => (confidence > 0.99 ? "over 99 %" : percent(confidence));
const spoken = (category) => category.replaceAll("_", " ");

const pieces = (line) => (typeof line === "string" ? [line] : line.t);
const textOf = (line) => (typeof line === "string" ? line : line.t.map((piece) => (typeof piece === "string" ? piece : piece[1])).join(""));
const cuts = (line) => (typeof line === "string" ? [] : line.t.filter((piece) => typeof piece !== "string").map((piece) => piece[0]));

/** Whether most of a line goes: what `cleaner eval` calls dropped. */
function goes(line) {
  let gone = 0;
  let all = 0;
  for (const piece of pieces(line)) {
    const ink = (typeof piece === "string" ? piece : piece[1]).replace(/\s/gu, "").length;
    all += ink;
    if (typeof piece !== "string") gone += ink;
  }
  return all > 0 && 2 * gone >= all;
}

/** Whether a label of the input says other than the cleaner. */
function disagrees(line) {
  if (typeof line === "string" || !line.code) return false;
  return (DATA.codes.stay.includes(line.code) && goes(line)) || (DATA.codes.go.includes(line.code) && !goes(line));
}

function categoryHit(doc, line) {
  return !choice.category || cuts(line).some((number) => doc.removals[number].category === choice.category);
}

/** The lines of a document to stop at: the removals, or with a search the lines that hold what is searched for. */
function stopsOf(doc) {
  const found = [];
  const named = choice.query && `${doc.name}\n${doc.site}`.toLowerCase().includes(choice.query);
  doc.lines.forEach((line, number) => {
    if (choice.only === "marks" && !marks.has(key(doc, number))) return;
    if (choice.only === "labels" && !disagrees(line)) return;
    const removed = cuts(line).length > 0;
    const doubt = typeof line !== "string" && line.doubt;
    if (choice.only === "doubts" && !(doubt && (!choice.category || doubt.category === choice.category))) return;
    if (choice.only !== "doubts" && choice.category && !categoryHit(doc, line)) return;
    if (choice.query && !named ? textOf(line).toLowerCase().includes(choice.query) : removed || choice.only !== "all") {
      found.push({ doc, line: number });
    }
  });
  return { found, named };
}

/** Work out what is visible and where to stop, in the order chosen. */
function choose() {
  const order = [...docs];
  if (choice.order === "most") order.sort((a, b) => b.removals.length - a.removals.length || a.id - b.id);
  if (choice.order === "read") order.sort((a, b) => a.read - b.read);
  visible = [];
  stops = [];
  const filtered = choice.category || choice.only !== "all";
  for (const doc of order) {
    if (choice.site !== null && doc.site !== choice.site) continue;
    const { found, named } = stopsOf(doc);
    if (!found.length && (filtered || (choice.query && !named))) continue;
    doc.place = visible.length;
    visible.push(doc);
    stops.push(...found);
  }
}

const before = (a, b) => a.doc.place < b.doc.place || (a.doc.place === b.doc.place && a.line < b.line);

/** The stop before or after where the reader is; past an end it begins again at the other. */
function neighbour(step) {
  if (!stops.length) return null;
  if (!current || visible[current.doc.place] !== current.doc) return step > 0 ? stops[0] : stops.at(-1);
  if (step > 0) return stops.find((stop) => before(current, stop)) ?? stops[0];
  return stops.findLast((stop) => before(stop, current)) ?? stops.at(-1);
}
