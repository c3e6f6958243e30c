// What a person corrects: marks on lines, kept by the browser where it can, saved as labels and as rules. Then the page starts.

const marks = new Map(); // key -> { mark: "stay" | "go", category }
const checks = new Set(); // documents of which all that is not marked is right
const STORE = `cleaner-report-${fingerprint()}`;

function key(doc, line) {
  return `${doc.id}:${line}`;
}

/** A number for the data of this page, so that marks of one report are not taken for those of another. */
function fingerprint() {
  let sum = 5381;
  for (const doc of docs) for (const line of doc.lines) for (const char of textOf(line)) sum = (sum * 33 + char.codePointAt(0)) % 4294967291;
  return `${sum.toString(36)}-${docs.length}`;
}

function remember() {
  try {
    localStorage.setItem(STORE, JSON.stringify({ marks: [...marks], checks: [...checks] }));
  } catch {
    // A browser that keeps nothing for files: marks last as long as the page.
  }
}

function recall() {
  try {
    const held = JSON.parse(localStorage.getItem(STORE) ?? "{}");
    for (const [name, mark] of held.marks ?? []) marks.set(name, mark);
    for (const id of held.checks ?? []) checks.add(id);
  } catch {
    // As above.
  }
}

/** What a line should go as: what it goes as, or nearly went as, or what goes beside it. */
function likely(doc, number) {
  const line = doc.lines[number];
  const own = cuts(line)[0];
  if (own !== undefined) return doc.removals[own].category;
  if (typeof line !== "string" && line.doubt) return line.doubt.category;
  for (const step of [-1, 1, -2, 2, -3, 3]) {
    const beside = doc.lines[number + step] === undefined ? undefined : cuts(doc.lines[number + step])[0];
    if (beside !== undefined) return doc.removals[beside].category;
  }
  return "other";
}

function remark(doc, number, wish, category) {
  const name = key(doc, number);
  if (!wish || (marks.get(name)?.mark === wish && !category)) marks.delete(name);
  else marks.set(name, { mark: wish, category: wish === "go" ? category ?? likely(doc, number) : "" });
  remember();
  redraw({ doc, line: number });
  drawMarked();
}

function toggleCheck(doc, button) {
  if (!checks.delete(doc.id)) checks.add(doc.id);
  button.setAttribute("aria-pressed", String(checks.has(doc.id)));
  remember();
  drawMarked();
}

function drawMarked() {
  byId("marked").textContent = marks.size ? plural(marks.size, "mark") : "";
  byId("save-labels").disabled = !marks.size && !checks.size;
  byId("save-rules").disabled = !marks.size;
}

const codeOf = (category) => DATA.codes.of[category] ?? "X";

/** The label of a line: the mark, else the label it came with, else the cleaner's word in a checked document, else none. */
function label(doc, number) {
  const line = doc.lines[number];
  const mark = marks.get(key(doc, number));
  if (mark?.mark === "stay") return "K";
  if (mark) {
    // Codes that count for neither side would not count what a person has said.
    const code = codeOf(mark.category);
    return DATA.codes.go.includes(code) ? code : "X";
  }
  if (typeof line !== "string" && line.code) return line.code;
  if (!checks.has(doc.id) || !textOf(line).trim()) return "?";
  return goes(line) ? codeOf(doc.removals[cuts(line)[0]].category) : "K";
}

/** The documents that were marked or checked, as `cleaner eval` reads them. */
function labels() {
  const touched = new Set([...checks, ...[...marks.keys()].map((name) => Number(name.split(":")[0]))]);
  return docs.filter((doc) => touched.has(doc.id)).map((doc) => {
    const lines = doc.lines.map((line, number) => [label(doc, number), textOf(line)]);
    return `${JSON.stringify({ site: doc.site, lang: doc.lang || "unknown", name: doc.name, lines })}\n`;
  }).join("");
}

const toml = (text) => JSON.stringify(text).replaceAll("\x7f", "\\u007f");
const whole = (text) => !/\p{Surrogate}/u.test(text);

/** The marks as a rules file. */
function rules() {
  const stay = new Set();
  const go = new Map(); // category -> mode -> lines
  const notes = [];
  for (const [name, mark] of marks) {
    const [id, number] = name.split(":").map(Number);
    const line = docs[id].lines[number];
    const text = (line.rule ?? textOf(line)).trim();
    if (!whole(text)) notes.push(`line ${number + 1} of document ${id + 1} cannot be written in TOML`);
    else if (mark.mark === "stay") stay.add(text);
    else if (mark.category === "correction") notes.push(`line ${number + 1} of document ${id + 1}: corrections go with --corrections`);
    else {
      const category = /^[a-z][a-z0-9_]*$/.test(mark.category) ? mark.category : "other";
      const mode = line.exact ? "regex" : "line";
      const modes = go.get(category) ?? go.set(category, { line: new Set(), regex: new Set() }).get(category);
      modes[mode].add(text);
    }
  }
  const out = ["# Marks from an audit report: cleaner --rules THIS.toml"];
  for (const modes of go.values()) {
    for (const lines of Object.values(modes)) for (const text of lines) if (stay.has(text)) notes.push(`marked both ways, stays: ${toml(text)}`);
  }
  out.push(...notes.map((note) => `# ${note}`));
  if (stay.size) out.push("protect_lines = [", ...[...stay].map((text) => `  ${toml(text)},`), "]");
  for (const [category, modes] of go) {
    out.push("", `[remove.${category}]`);
    for (const [mode, lines] of Object.entries(modes)) {
      const pattern = (text) => `^\\s*${text.replace(/[\\^$.|?*+()[\]{}]/gu, "\\$&")}\\s*$`;
      if (lines.size) out.push(`${mode} = [`, ...[...lines].map((text) => `  ${toml(mode === "regex" ? pattern(text) : text)},`), "]");
    }
  }
  return `${out.join("\n")}\n`;
}

function save(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

const tip = byId("tip");

function showTip(node) {
  const doc = docs[Number(node.closest("article").dataset.doc)];
  tip.replaceChildren(...evidence(doc.removals[Number(node.dataset.removal)])
    .map(([name, words]) => el("p", {}, el("b", {}, `${name}: `), words)));
  tip.hidden = false;
  const box = node.getBoundingClientRect();
  const left = Math.min(Math.max(box.left, 8), Math.max(window.innerWidth - tip.offsetWidth - 8, 8));
  const below = box.bottom + 6 + tip.offsetHeight < window.innerHeight;
  tip.style.setProperty("left", `${left}px`);
  tip.style.setProperty("top", `${below ? box.bottom + 6 : Math.max(box.top - tip.offsetHeight - 6, 8)}px`);
}

function placeOf(node) {
  const line = node.closest?.("[data-line]");
  return line && { doc: docs[Number(line.closest("article").dataset.doc)], line: Number(line.dataset.line) };
}

function listen() {
  const main = byId("documents");
  main.addEventListener("click", (event) => {
    const place = placeOf(event.target);
    if (!place) return;
    const button = event.target.closest("[data-mark]");
    if (button) {
      remark(place.doc, place.line, button.dataset.mark);
      lineNode(place).querySelector(`[data-mark="${button.dataset.mark}"]`).focus({ preventScroll: true });
    } else if (!event.target.closest(".why, button, select") && !String(window.getSelection())) go(place, { scroll: false });
  });
  main.addEventListener("pointerover", (event) => {
    const cut = event.target.closest?.("[data-removal]");
    if (cut && event.pointerType === "mouse" && !cut.closest(".here")) showTip(cut);
    else tip.hidden = true;
  });
  main.addEventListener("pointerleave", () => { tip.hidden = true; });
  window.addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
  byId("next").onclick = () => go(neighbour(1));
  byId("previous").onclick = () => go(neighbour(-1));
  byId("site").onclick = () => set({ site: null });
  for (const name of ["category", "only", "order"]) byId(name).onchange = () => set({ [name]: byId(name).value });
  let waiting = 0;
  byId("query").oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => set({ query: byId("query").value.trim().toLowerCase() }), 150);
  };
  byId("save-labels").onclick = () => save("labels.jsonl", labels(), "application/x-ndjson");
  byId("save-rules").onclick = () => save("rules.toml", rules(), "application/toml");
  document.addEventListener("keydown", press);
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    tip.hidden = true;
    if (event.target === byId("query")) event.target.blur();
    return;
  }
  if (event.target.closest("input, select, textarea")) return;
  const wish = { s: "stay", g: "go", u: "" }[event.key];
  if (event.key === "n" || event.key === "j") go(neighbour(1));
  else if (event.key === "p" || event.key === "k") go(neighbour(-1));
  else if (event.key === "/") byId("query").focus();
  else if (wish !== undefined && current) {
    remark(current.doc, current.line, wish);
    lineNode(current)?.focus({ preventScroll: true });
  } else return;
  event.preventDefault();
}

recall();
drawHead();
drawChoices();
set({});
drawMarked();
listen();
