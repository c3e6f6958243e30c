"""The report in a real browser: what it shows, that data never runs, and that marks saved there are obeyed elsewhere."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest
from browser import open_browser

from cleaner import Pipeline, Rules
from cleaner.evaluate import read, score
from cleaner.report import collect, describe, doubtful_first, page

BRIDGE = "The bridge reopened to traffic on Monday, two years after the flood that had carried its middle span away, it said."
SCRIPT = '<script>document.title = "run"; window.ran = 1</script>'
HOSTILE = [
    SCRIPT,
    '<img src=x onerror="window.ran = 1">',
    "</script><script>window.ran = 1</script>",
    "<!-- <script> -->",
    "&lt;b&gt; &amp; \u2028 \u202e backwards \x00 nothing \ud800 half",
    "javascript:alert(1) {{data}} ${window.ran = 1} `",
]
NEWS, ASK, KEPT = "Sign up to our newsletter", "Support our journalism from £3 a month", "Advertisement"
TEXT = "\n".join(["Bridge reopens after the flood", BRIDGE, NEWS, "", BRIDGE.replace("Monday", "Friday"), ASK, KEPT, SCRIPT])
PARTLY = (
    "Drivers had waited for it since the spring, and the first of them stood there before it was light on that morning."
    "Sign up to our newsletter."
)


def write(path: Path, rows, sites=()):
    """Write texts as JSON lines and the report on them; the texts are read from the file, as the command reads them."""
    source = path.with_suffix(".jsonl")
    records = [{"text": text, "site": sites[n] if sites else ""} for n, text in enumerate(rows)]
    source.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    documents = [describe(one, Pipeline(), number) for number, one in enumerate(collect([str(source)]))]
    path.write_text(page(doubtful_first(documents)), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    found = open_browser(tmp_path_factory.mktemp("downloads"))
    yield found
    found.quit()


def js(browser, code, *args):
    return browser.execute_script(code, *args)


def press(browser, *keys):
    for one in keys:
        browser.switch_to.active_element.send_keys(one)


def here(browser):
    """The line that the reader is at: its number and its text."""
    return js(browser, "const l = document.querySelector('.here'); return l && [l.value, l.querySelector('.text').innerText]")


def no_complaints(browser):
    return [entry for entry in browser.get_log("browser") if "favicon" not in entry["message"]] == []


def wait(browser, code, what="", seconds=5):
    until = time.monotonic() + seconds
    while not (value := js(browser, code)):
        assert time.monotonic() < until, what or code
        time.sleep(0.05)
    return value


def download(browser, tmp_path, button, name):
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    js(browser, "document.getElementById(arguments[0]).click()", button)
    path, until = tmp_path / name, time.monotonic() + 5
    while not path.exists():
        assert time.monotonic() < until, f"{name} was not downloaded"
        time.sleep(0.05)
    return path


def test_hostile_text_is_shown_and_never_run(browser, tmp_path):
    text = "\n".join([BRIDGE, *HOSTILE, NEWS, *HOSTILE])
    browser.get(write(tmp_path / "r.html", [text, "\n".join(HOSTILE)], sites=[SCRIPT, "<b>site</b>"]))
    wait(browser, "return document.querySelectorAll('.line').length > 6")
    assert js(browser, "return [window.ran ?? null, document.title]") == [None, "Audit report: what the cleaner removed"]
    shown = js(browser, "return document.querySelector('main').textContent.toWellFormed()")
    for line in HOSTILE[:4]:
        assert line in shown
    # No element but those that the page makes: no image, no script in what it shows.
    assert (
        js(browser, "return document.querySelectorAll('main script, main img, main b, #sites b, img, iframe, link').length") == 0
    )
    assert js(browser, "return document.querySelector('main').textContent.includes('\\ud800')")
    assert no_complaints(browser)


def test_the_policy_forbids_what_would_run_or_load(browser, tmp_path):
    browser.get(write(tmp_path / "r.html", [TEXT]))
    js(browser, "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)")
    js(browser, "const i = document.createElement('img'); i.src = 'https://example.org/x.png'; document.body.append(i)")
    fetched = browser.execute_async_script("fetch('https://example.org/').then(() => arguments[0](1), () => arguments[0](0))")
    assert (js(browser, "return window.ran ?? null"), fetched) == (None, 0)
    said = " ".join(entry["message"] for entry in browser.get_log("browser"))
    assert said.count("Content Security Policy") >= 3
    assert js(browser, "return performance.getEntriesByType('resource').filter((e) => e.transferSize).length") == 0


def test_removals_are_in_their_place_with_category_and_reason(browser, tmp_path):
    browser.get(write(tmp_path / "r.html", [TEXT + "\n" + PARTLY]))
    wait(browser, "return document.querySelectorAll('.line').length")
    lines = js(browser, "return [...document.querySelectorAll('.line')].map((l) => [l.value, l.classList.contains('gone')])")
    gone = {removal.line for removal in Pipeline().explain(TEXT + "\n" + PARTLY).removed}
    assert gone == {3, 6, 7, 9}
    assert lines == [[n, n in gone] for n in (1, 2, 3, 5, 6, 7, 8, 9)]
    # Of the ninth line a part goes, and only it is set off.
    assert js(browser, "return document.querySelector('[data-line=\"8\"] del').textContent") == "Sign up to our newsletter."
    spoken = js(browser, "return document.querySelector('[data-line=\"2\"] .text').textContent")
    assert "removed as subscription" in spoken
    assert "Asks to subscribe" in spoken
    assert js(browser, "return document.querySelector('[data-line=\"2\"] .tag').innerText") == "− subscription"
    colours = js(browser, "return [...document.querySelectorAll('del')].map((d) => getComputedStyle(d).backgroundColor)")
    assert len(set(colours)) == 3


def test_the_reason_on_hover(browser, tmp_path):
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.by import By

    browser.get(write(tmp_path / "r.html", [TEXT]))
    wait(browser, "return document.querySelector('del')")
    cut = browser.find_element(By.CSS_SELECTOR, "del")
    ActionChains(browser).move_to_element(cut).perform()
    tip = wait(browser, "const t = document.getElementById('tip'); return !t.hidden && t.innerText")
    assert "Asks to subscribe" in tip
    assert "en: " in tip
    press(browser, "\ue00c")
    assert js(browser, "return document.getElementById('tip').hidden")


def test_keys_go_from_removal_to_removal_and_round(browser, tmp_path):
    browser.get(write(tmp_path / "r.html", [TEXT]))
    numbers = []
    for _ in range(4):
        press(browser, "n")
        numbers.append(here(browser)[0])
    assert numbers == [3, 6, 7, 3]
    press(browser, "p", "p")
    assert here(browser)[0] == 6
    assert js(browser, "return document.getElementById('where').textContent") == "2 of 3"
    assert js(browser, "return document.activeElement === document.querySelector('.here')")
    why = js(browser, "return document.querySelector('.here .why').innerText")
    assert "Cues" in why
    assert "Block" in why


def test_filters_search_and_sites(browser, tmp_path):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select

    texts = [f"{BRIDGE}\n{NEWS}", f"{BRIDGE}\n{ASK}\n{NEWS}", f"{BRIDGE}\nThe goats were counted again on the island."]
    browser.get(write(tmp_path / "r.html", texts, sites=["a.example", "b.example", "c.example"]))
    articles = "return [...document.querySelectorAll('article .facts')].map((a) => a.textContent.split(' ')[0])"
    # The document that loses nothing comes last.
    assert js(browser, articles)[2] == "c.example"
    Select(browser.find_element(By.ID, "category")).select_by_visible_text("donation")
    assert js(browser, articles) == ["b.example"]
    press(browser, "n")
    Select(browser.find_element(By.ID, "category")).select_by_index(0)
    browser.find_element(By.ID, "query").send_keys("GOATS")
    wait(browser, "return document.querySelectorAll('article').length === 1")
    assert js(browser, articles) == ["c.example"]
    assert wait(browser, "return document.querySelector('mark')?.textContent") == "goats"
    browser.find_element(By.ID, "query").clear()
    browser.find_element(By.ID, "query").send_keys("b.example")
    wait(browser, "return document.querySelector('article .facts').textContent.startsWith('b')")
    js(browser, "document.getElementById('query').value = ''; document.getElementById('query').oninput()")
    wait(browser, "return document.querySelectorAll('article').length === 3")
    rows = js(browser, "return [...document.querySelectorAll('#chart .row')].map((r) => r.innerText.split('\\n'))")
    assert [row[0] for row in rows] == ["subscription", "donation"]
    assert rows[0][1].startswith("2 ·")
    sites = js(browser, "return [...document.querySelectorAll('#sites .row .name')].map((r) => r.textContent)")
    assert sites == ["b.example", "a.example"]
    browser.find_element(By.CSS_SELECTOR, "#sites .row").click()
    assert js(browser, articles) == ["b.example"]
    browser.find_element(By.ID, "site").click()
    assert len(js(browser, articles)) == 3


def mark(browser, line, wish, document=0):
    js(
        browser,
        "document.querySelectorAll('article')[arguments[2]]"
        ".querySelector(`[data-line='${arguments[0] - 1}'] [data-mark='${arguments[1]}']`).click()",
        line,
        wish,
        document,
    )


def test_marks_are_saved_as_labels_and_rules_and_both_are_obeyed(browser, tmp_path):
    odd = "Price list {2*} | (a+b)"
    signs = "* * * {x}"
    text = f"{TEXT}\n{odd}\n{signs}\ncafÃ© – Newsletter sign-up"
    browser.get(write(tmp_path / "r.html", [text, f"{BRIDGE}\n{ASK}"], sites=["a.example", "b.example"]))
    wait(browser, "return document.querySelectorAll('.line').length")
    # The page sorts by certainty: find each document by its site.
    at = js(browser, "return [...document.querySelectorAll('article .facts')].findIndex((f) => f.textContent.startsWith('a.'))")
    mark(browser, 3, "stay", at)
    mark(browser, 2, "go", at)
    mark(browser, 6, "go", at)
    for line in (8, 9, 10, 11):
        mark(browser, line, "go", at)
    assert js(browser, "return document.getElementById('marked').textContent") == "7 marks"

    labels = download(browser, tmp_path, "save-labels", "labels.jsonl")
    (record,) = read(str(labels))
    assert record.site == "a.example"
    assert "\n".join(record.texts) == text
    codes = [code for code, _ in record.lines]
    assert codes[2] == "K"
    assert codes[5] == "D"
    assert codes[0] == codes[3] == codes[4] == codes[6] == "?"
    assert set(codes[7:]) <= set("XSABDPRFN")
    before = score([record], Pipeline())
    assert before.recall < 1
    assert before.content_loss_lines == 1

    rules = download(browser, tmp_path, "save-rules", "rules.toml")
    obeyed = Pipeline(rules=Rules.load(rules))
    clean = obeyed.clean(text).split("\n")
    assert NEWS in clean
    assert not {BRIDGE, ASK, SCRIPT, odd, signs} & set(clean)
    assert not any("Newsletter sign-up" in line for line in clean)
    after = score([record], obeyed)
    assert (after.recall, after.content_loss_lines) == (1, 0)
    # What was not marked is as before.
    assert BRIDGE.replace("Monday", "Friday") in clean
    assert KEPT not in clean


def test_a_mark_can_be_taken_back_and_survives_a_reload(browser, tmp_path):
    browser.get(write(tmp_path / "r.html", [TEXT + "\nOnly for the test of marks that are kept."]))
    press(browser, "n", "g", "n", "s")
    assert js(browser, "return document.getElementById('marked').textContent") == "2 marks"
    press(browser, "u")
    browser.refresh()
    assert wait(browser, "return document.getElementById('marked').textContent") == "1 mark"
    press(browser, "n", "g")
    assert js(browser, "return document.getElementById('save-rules').disabled")


def test_a_checked_document_labels_every_line_and_labels_of_the_input_stay(browser, tmp_path):
    browser.get(write(tmp_path / "r.html", [TEXT]))
    js(browser, "document.querySelector('.check').click()")
    (record,) = read(str(download(browser, tmp_path, "save-labels", "labels.jsonl")))
    assert [code for code, _ in record.lines] == ["K", "K", "S", "?", "K", "D", "A", "K"]
    assert score([record], Pipeline()).f1 == 1

    labelled = tmp_path / "labelled.jsonl"
    rows = [["K", BRIDGE], ["K", NEWS], ["R", "Goats counted"], ["C", "A goat"]]
    labelled.write_text(json.dumps({"site": "g", "lang": "en", "lines": rows}) + "\n")
    documents = [describe(source, Pipeline()) for source in collect([str(labelled)])]
    (tmp_path / "l.html").write_text(page(documents), encoding="utf-8")
    browser.get((tmp_path / "l.html").as_uri())
    js(browser, "const o = document.getElementById('only'); o.value = 'labels'; o.onchange()")
    wrong = wait(browser, "return [...document.querySelectorAll('.tag.label')].map((t) => t.innerText)")
    assert wrong == ["label K: stays", "label R: goes"]
    mark(browser, 3, "stay")
    (tmp_path / "labels.jsonl").unlink()
    (record,) = read(str(download(browser, tmp_path, "save-labels", "labels.jsonl")))
    assert (record.site, record.lang, record.lines) == (
        "g",
        "en",
        [("K", BRIDGE), ("K", NEWS), ("K", "Goats counted"), ("C", "A goat")],
    )


def test_rules_that_cannot_be_said_are_left_out_and_named(browser, tmp_path):
    text = f'{BRIDGE}\nhalf \ud800 a pair\n{NEWS}\nTab\tand \x7f delete "quoted" \\back'
    browser.get(write(tmp_path / "r.html", [text, f"{BRIDGE}\n{NEWS}\n{ASK}"]))
    wait(browser, "return document.querySelectorAll('.line').length > 6")
    first = js(browser, "return docs.findIndex((doc) => doc.lines.length === 4)")
    for line in (2, 3, 4):
        mark(browser, line, "go", first)
    mark(browser, 2, "stay", 1 - first)
    saved = download(browser, tmp_path, "save-rules", "rules.toml").read_text(encoding="utf-8")
    assert "cannot be written in TOML" in saved
    assert f'marked both ways, stays: "{NEWS}"' in saved
    assert Pipeline(rules=Rules.parse(saved)).clean(text) == f"{BRIDGE}\nhalf \ud800 a pair\n{NEWS}"


def test_two_thousand_documents(browser, tmp_path):
    draw = random.Random(5)
    kept = [BRIDGE, "The library roof is dry again.", "Hikers found the balloon in a sheep pen, its lamp still lit."]
    texts = ["\n".join([f"Number {n}", *draw.sample(kept, 2), draw.choice([NEWS, ASK, KEPT, "So it was."])]) for n in range(2000)]
    address = write(tmp_path / "r.html", texts)
    begun = time.monotonic()
    browser.get(address)
    wait(browser, "return document.querySelectorAll('.line').length", seconds=30)
    assert time.monotonic() - begun < 20
    assert js(browser, "return document.querySelectorAll('article').length") == 2000
    # Only what is near the window is drawn.
    assert js(browser, "return document.querySelectorAll('.line').length") < 400
    press(browser, "p")
    assert wait(browser, "return document.querySelector('.here')?.getBoundingClientRect().top") > 0
    browser.execute_script("window.scrollTo(0, document.body.scrollHeight)")
    wait(browser, "return document.querySelector('article:last-of-type .line')")
    assert js(browser, "return document.querySelectorAll('.line').length") < 800
    spent = js(
        browser,
        "const b = performance.now(); set({ query: 'number 1999' }); const s = performance.now() - b; return [s, visible.length]",
    )
    assert spent[1] == 1
    assert spent[0] < 1000


CONTRAST = """
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const rgb = (colours) => { canvas.fillStyle = '#808080'; canvas.fillRect(0, 0, 1, 1);
  for (const c of colours) { canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); }
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); };
const light = (c) => {
  const [r, g, b] = c.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const poor = [];
for (const node of document.querySelectorAll('h1, h2, p, button, select, input, del, span, dd, dt, kbd, code, label')) {
  const seen = node.checkVisibility({ opacityProperty: true }) && !node.closest('.hidden, .skip');
  if (!seen || node.disabled || !node.innerText?.trim()) continue;
  const behind = []; let top = node;
  for (; top; top = top.parentElement) behind.unshift(getComputedStyle(top).backgroundColor);
  const back = rgb(behind), front = rgb([...behind, getComputedStyle(node).color]);
  const [a, b] = [light(back), light(front)].sort((x, y) => y - x);
  const ratio = (a + 0.05) / (b + 0.05);
  if (ratio < 4.5) poor.push([node.className || node.tagName, node.innerText.slice(0, 20), ratio.toFixed(2)]);
}
return poor;
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280, 2400])
def test_contrast_and_fit_in_light_and_dark_narrow_and_wide(tmp_path, dark, width):
    document = describe(next(iter(collect([str(Path(__file__).parent.parent / "samples" / "live-blog-spaced.txt")]))), Pipeline())
    # Every category once, whatever is found today.
    names = ["donation", "comment_prompt", "notification", "subscription", "legal", "advertising", "related", "duplicate"]
    names += ["interface", "reader_comment", "metadata", "other", "correction", "house_style"]
    document["removals"] = [
        {"category": name, "reason": "Of each", "filter": "test", "confidence": 0.9, "size": 9, "cues": ["en: line “x”"]}
        for name in names
    ]
    document["lines"] = [*({"t": [[n, f"A line of {name}"]]} for n, name in enumerate(names)), "unbroken" * 400, BRIDGE]
    path = tmp_path / "r.html"
    path.write_text(page([document]), encoding="utf-8")
    browser = open_browser(tmp_path, width=width, height=900, dark=dark)
    try:
        browser.get(path.as_uri())
        wait(browser, "return document.querySelectorAll('.line').length")
        press(browser, "n", "g", "n", "s", "n")
        js(browser, "set({ query: 'line' })")
        wait(browser, "return document.querySelectorAll('.line mark').length")
        assert js(browser, CONTRAST) == []
        assert js(browser, "return document.documentElement.scrollWidth <= window.innerWidth")
        paper = js(browser, "return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        assert (sum(paper) < 380) is dark
        small = js(
            browser,
            "return [...document.querySelectorAll('button, select, input')].filter((b) => b.checkVisibility()"
            " && (b.getBoundingClientRect().height < 24 || b.getBoundingClientRect().width < 24)).map((b) => b.outerHTML)",
        )
        assert small == []
    finally:
        browser.quit()


def test_everything_can_be_reached_and_has_a_name(browser, tmp_path):
    browser.get(write(tmp_path / "r.html", [TEXT]))
    wait(browser, "return document.querySelectorAll('.line').length")
    nameless = (
        "return [...document.querySelectorAll('button, input, select')].filter((c) => !(c.getAttribute('aria-label')"
        " || c.labels?.length || c.innerText.trim()) && !c.hidden).map((c) => c.outerHTML)"
    )
    assert js(browser, nameless) == []
    reached = []
    for _ in range(14):
        press(browser, "\ue004")
        reached.append(js(browser, "return document.activeElement.id || document.activeElement.className"))
    assert reached[0] == "skip"
    assert {"query", "category", "only", "order", "previous", "next", "check"} <= set(reached)
    ring = js(browser, "return getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
