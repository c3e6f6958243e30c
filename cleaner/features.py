"""What the learned scorer is told of each line, by name: layout, place, words, the filters' marks, the neighbours' scores.

The same code runs when the weights are trained (`cleaner.train`) and when they are used (`cleaner.scorer`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cleaner.evidence import View

#: Upper bounds of the length classes, in characters.
LENGTHS = (8, 15, 25, 40, 60, 100, 160, 250)
#: Upper bounds of the classes of runs without prose, in lines.
RUNS = (1, 2, 4, 8, 16)
#: Words beyond these are not looked at: a line's beginning says what it is.
WORDS = 40
#: First scores (log-odds) are held within these bounds before neighbours look at them.
BOUND = 6.0
#: How many lines on each side the second pass looks at, and the score of what lies beyond the document's ends.
WINDOW, BEYOND = 5, -0.5

_WORD = re.compile(r"#|[^\W\d_]+(?:'[^\W\d_]+)?")
_LINK = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|fr|es)\b")
# Numbers alone stand in tables as well as in menus.
_NO_WORDS = frozenset("#^$")
_BARS = frozenset("|»›→")
_ENDS = {".": "stop", "?": "ask", "!": "cry", ":": "colon", ",": "comma", "…": "cut", ")": "bracket", "-": "dash"}
_ENDS |= dict.fromkeys("\"”»“’'」』", "quote") | dict.fromkeys("。．", "stop") | {"！": "cry", "？": "ask"}


def layout(view: View, line: int) -> Iterator[str]:
    """Length, shape, end, case, place and neighbours of a line."""
    text, shapes, size = view.lines[line], view.shapes, len(view)
    shape = shapes[line]
    length = sum(len(text) >= bound for bound in LENGTHS)
    end = _ENDS.get(text[-1], "")
    yield f"shape {shape}"
    yield f"length {length}"
    yield f"end {end or ('digit' if text[-1].isdigit() else 'letter' if text[-1].isalpha() else 'sign')}"
    yield f"shape {shape} end {end or 'none'}"
    yield from _look(text)
    body = view.body
    zone = "body" if line in body else "head" if line < body.start else "foot" if body.stop else "none"
    yield f"zone {zone}"
    yield f"zone {zone} shape {shape}"
    yield f"zone {zone} length {length}"
    if line < 4:
        yield f"top {line}"
    if zone == "foot":
        yield f"foot {min((line - body.stop) // 4, 6)}"
    if line == view.headline:
        yield "headline"
    near = "".join(shapes[n] if 0 <= n < size else "^" for n in range(line - 2, line + 3))
    yield f"before {near[1]}"
    yield f"after {near[3]}"
    yield f"around {near[1]}{shape}{near[3]}"
    yield f"wide {near}"
    if view.has_company(line):
        yield "company"
        yield f"company shape {shape}"
        yield f"company zone {zone}"
    yield from _run(view, line, zone)
    if line in view.repeats:
        yield "repeat"
        yield f"repeat shape {shape} zone {zone}"
        yield f"repeat length {length}"
    if any(cue.category == "article" for cue in view.cues.get(line, ())):
        yield "article prose"


def _run(view: View, line: int, zone: str) -> Iterator[str]:
    """The run of lines without prose that a line stands in: how long, where it ends, what share of it are suspects."""
    if view.shapes[line] in "sp":
        return
    run = view.runs[line]
    size = sum(run.stop - run.start > bound for bound in RUNS)
    yield f"run {size}"
    yield f"run {size} zone {zone}"
    edge = "top" if run.start == 0 else "end" if run.stop == len(view) else "amid"
    yield f"run {size} {edge}"
    share = "none" if not run.suspects else "few" if run.suspects < 0.2 else "some" if run.suspects < 0.5 else "most"
    yield f"run suspects {share}"
    yield f"run {size} suspects {share}"
    yield f"run {edge} suspects {share}"
    yield f"run numbers {'most' if run.numbers > 0.5 else 'some' if run.numbers > 0.2 else 'few'}"
    yield f"run {size} words {'most' if run.words > 0.7 else 'some' if run.words > 0.3 else 'few'}"


def _look(text: str) -> Iterator[str]:
    """Case, links, bullets and bars."""
    words = [word for word in text.split() if word[0].isalpha()]
    if not words:
        yield "no words"
    elif text.isupper():
        yield "capitals"
    elif words[0][0].islower():
        yield "opens small"
    elif len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.7 * len(words):
        yield "title case"
    if 3 * sum(map(str.isdigit, text)) > len(text):
        yield "digits"
    if _LINK.search(text):
        yield "link"
    if text[0] in "-•*·–>»":
        yield "opens bullet"
    elif text[0] in '“"„«':
        yield "opens quote"
    if not _BARS.isdisjoint(text):
        yield "bar"


def words(view: View, line: int) -> Iterator[str]:
    """The words, pairs and triples of a line, its beginning and end marked (`^`, `$`), numbers as `#`.

    Paragraphs without any cue are prose; their words are not looked at.
    """
    if view.shapes[line] == "p" and line not in view.cues:
        return
    found = _WORD.findall(view.folded(line))
    tokens = ["^", *found[:WORDS]] if len(found) > WORDS else ["^", *found, "$"]
    for size in (1, 2, 3):
        for at in range(len(tokens) - size + 1):
            ngram = tokens[at : at + size]
            if not _NO_WORDS.issuperset(ngram):
                yield " ".join(ngram)


def first(view: View, line: int, marks: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Every feature of the first pass with its value.

    Args:
        view: the document.
        line: index of the line.
        marks: category -> the weight (log-odds) of the filters' marks on this line.
    """
    for name in layout(view, line):
        yield f"layout {name}", 1.0
    for name in words(view, line):
        yield f"words {name}", 1.0
    for category, weight in marks.items():
        yield f"mark {category}", max(min(weight, 8.0), 0.0) / 4


def second(
    shapes: str, line: int, scores: Sequence[float], hand: Sequence[float], categories: Sequence[str]
) -> Iterator[tuple[str, float]]:
    """Every feature of the second pass with its value.

    Args:
        shapes: the document's shapes.
        line: index of the line.
        scores: first scores (log-odds) of all lines.
        hand: what prior and marks alone say of all lines (log-odds).
        categories: the category of each line's strongest mark; empty where it has none.
    """
    size = len(scores)

    def at(values: Sequence[float], n: int, beyond: float = BEYOND) -> float:
        return max(-BOUND, min(BOUND, values[n])) if 0 <= n < size else beyond

    own, shape, rule = at(scores, line), shapes[line], at(hand, line)
    yield "own", own
    yield "own over", max(own, 0.0)
    for step in (1, 2, 3):
        yield f"before {step}", at(scores, line - step)
        yield f"after {step}", at(scores, line + step)
    window = [at(scores, n) for n in range(line - WINDOW, line + WINDOW + 1)]
    yield "window", sum(window) / len(window)
    above, below = at(scores, line - 1), at(scores, line + 1)
    yield "lower neighbour", min(above, below)
    yield "higher neighbour", max(above, below)
    yield f"shape {shape}", 1.0
    yield f"own shape {shape}", own
    if above > 0 and below > 0:
        yield "between suspects", 1.0
    if above < -1 and below < -1:
        yield "between prose", 1.0
        yield "own between prose", own
    yield "rule", rule
    yield "rule over", max(rule, 0.0)
    rules = [at(hand, n, -3.0) > 0 for n in range(line - WINDOW, line + WINDOW + 1)]
    yield "rules near", sum(rules) / len(rules)
    if rule > 0:
        yield "ruled", 1.0
        yield "own ruled", own
        yield f"ruled {categories[line]}", 1.0
