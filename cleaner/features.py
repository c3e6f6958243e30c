"""What the first pass of the learned scorer is told of each line, by name: layout, place, words, cues, the filters' marks.

The same code runs when the weights are trained (`cleaner.train`) and when they are used (`cleaner.scorer`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cleaner.evidence import View
from cleaner.wording import DENSE, WORD

#: Upper bounds of the length classes, in characters.
LENGTHS = (8, 15, 25, 40, 60, 100, 160, 250)
#: Upper bounds of the classes of runs without prose, in lines.
RUNS = (1, 2, 4, 8, 16)
#: Words beyond these are not looked at: a line's beginning says what it is.
WORDS = 40
#: Upper bounds of the classes of shares: of a line's words that the text uses, and of a run's.
LINE_SHARES, RUN_SHARES = (0.0, 0.34, 0.67), (0.05, 0.2, 0.45)
#: Words of so many letters are known by their first and last five letters too, long ones by their first eight.
STEMMED, LONG = 6, 9

_WORD = re.compile(r"#|[^\W\d_]+(?:'[^\W\d_]+)?")
_LINK = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|fr|es)\b")
# Numbers alone stand in tables as well as in menus.
_NO_WORDS = frozenset("#^$")
_BARS = frozenset("|»›→")
_NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s")
_CLASSES = ("none", "few", "half", "most")
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
    if line in view.titles:
        yield "title"
    prose = view.body
    side, far = (
        ("above", prose.start - line) if zone == "head" else ("below", line - prose.stop + 1) if zone == "foot" else ("in", 0)
    )
    yield f"far {side} {min(far.bit_length(), 7)}"
    if line and view.lines[line - 1][-1] in ":：":
        yield "under colon"
        yield f"under colon shape {shape}"
    if (overlap := view.overlap(line)) >= 0:
        share = _class(overlap, LINE_SHARES)
        yield f"overlap {share}"
        yield f"overlap {share} shape {shape}"
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
    for cue in view.cues.get(line, ()):
        yield f"cue {cue.mode} {cue.category}"
        yield f"cue {cue.mode} shape {shape} {'in' if zone == 'body' else 'out'}"


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
    yield f"run overlap {_class(run.overlap, RUN_SHARES)}"
    yield f"run {size} words {'most' if run.words > 0.7 else 'some' if run.words > 0.3 else 'few'}"


def _class(share: float, bounds: tuple[float, ...]) -> str:
    return _CLASSES[sum(share > bound for bound in bounds)]


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
    elif _NUMBERED.match(text):
        yield "opens number"
    if not _BARS.isdisjoint(text):
        yield "bar"


def words(view: View, line: int) -> Iterator[str]:
    """The words, pairs and triples of a line, its beginning and end marked (`^`, `$`), numbers as `#`; and parts of words.

    Parts (`newsl~`, `~etter`) stand for the other forms and the compounds of a word; in scripts without spaces, pairs and
    triples of signs stand for words. Paragraphs without any cue are prose; their words are not looked at.
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
    for word in WORD.findall(view.folded(line))[:WORDS]:
        yield from _parts(word)


def _parts(word: str) -> Iterator[str]:
    if match := DENSE.match(word):
        signs = match.group()
        for size in (2, 3):
            yield from (f"~{signs[at : at + size]}" for at in range(len(signs) - size + 1))
    elif len(word) >= STEMMED:
        yield f"{word[:5]}~"
        yield f"~{word[-5:]}"
        if len(word) >= LONG:
            yield f"{word[:8]}~"


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
