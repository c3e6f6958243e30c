"""What the first pass of the learned scorer is told of each line, by name: layout, place, words, cues, the filters' marks.

Layout comes in groups, each a function with a few small arguments that gives names: the scorer adds up a group's weights once
and remembers them. The same functions run when the weights are trained (`cleaner.train`) and when they are used.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cleaner.dense import distance
from cleaner.view import View
from cleaner.wording import DENSE
from cleaner.zones import Run

#: Upper bounds of the length classes, in characters.
LENGTHS = (8, 15, 25, 40, 60, 100, 160, 250)
#: Upper bounds of the classes of runs without prose, in lines.
RUNS = (1, 2, 4, 8, 16)
#: Words beyond these are not looked at: a line's beginning says what it is.
WORDS = 40
#: The case of so many words is looked at.
CASED = 12
#: Upper bounds of the classes of shares: of a line's words that the text uses, and of a run's.
LINE_SHARES, RUN_SHARES = (0.0, 0.34, 0.67), (0.05, 0.2, 0.45)
#: Words of so many letters are known by their first and last five letters too, long ones by their first eight.
STEMMED, LONG = 6, 9

_ADDRESSES = ("@", "www.", "http:", "https:")
# Found by the dot: a choice of beginnings would be tried at every sign.
_SITE = re.compile(r"\.(?:com|org|net|de|fr|es)\b")
# Numbers alone stand in tables as well as in menus.
_NO_WORDS = frozenset("#^$")
_BARS = frozenset("|»›→")
_NUMBERED = re.compile(r"\(?\d{1,3}[.)]\s")
_CLASSES = ("none", "few", "half", "most")
_ENDS = {".": "stop", "?": "ask", "!": "cry", ":": "colon", ",": "comma", "…": "cut", ")": "bracket", "-": "dash"}
_ENDS |= dict.fromkeys("\"”»“’'」』", "quote") | dict.fromkeys("。．", "stop") | {"！": "cry", "？": "ask"}
_BULLETS, _QUOTES = frozenset("-•*·–>»"), frozenset('"“„«')

Group = tuple[Callable[..., Iterator[str]], tuple[Any, ...]]


def is_marked(marks: Mapping[str, float]) -> bool:
    """Whether some filter speaks for a line's going."""
    return bool(marks) and max(marks.values()) > 0


def groups(view: View, marks: Sequence[Mapping[str, float]]) -> Iterator[tuple[Group, ...]]:
    """For each line the groups of its layout. A line without a mark stays: it only tells its neighbours what it looks like.

    Args:
        view: the document.
        marks: for each line category -> the weight (log-odds) of the filters' marks.
    """
    shapes, body, size, folds, dense = view.shapes, view.body, len(view), view.folds, view.dense
    around = f"^^{shapes}^^"
    above = ""
    for line, (text, shape) in enumerate(zip(view.lines, shapes, strict=True)):
        last = text[-1]
        zone = "body" if line in body else "head" if line < body.start else "foot" if body.stop else "none"
        if not is_marked(marks[line]):
            yield ((_unmarked, (shape, zone)),)
            above = last
            continue
        length = bisect_right(LENGTHS, len(text))
        end = _ENDS.get(last, "")
        kind = end or ("digit" if last.isdigit() else "letter" if last.isalpha() else "sign")
        far = body.start - line if zone == "head" else line - body.stop + 1 if zone == "foot" else 0
        foot = min((line - body.stop) // 4, 6) if zone == "foot" else -1
        overlap = view.overlap(line)
        share = _CLASSES[bisect_left(LINE_SHARES, overlap)] if overlap >= 0 else ""
        cues = view.cues.get(line)
        away = distance(dense, line)
        found: tuple[Group, ...] = (
            (_form, (shape, length, end, kind, zone)),
            (_look, look(text, has_number="#" in folds[line])),
            (_place, (zone, min(line, 4), foot, min(far.bit_length(), 7), line == view.headline, line in view.titles)),
            (_dense, (shape, zone, away > 0, min(abs(away).bit_length(), 6))),
            (_near, (around[line : line + 5], above in (":", "："))),
            (_beside, (shape, length, zone, share, view.has_company(line), line in view.repeats)),
        )
        if run := view.run(line):
            found = (*found, (_run, _run_key(run, zone, size)))
        if cues:
            found = (*found, (_cues, (shape, zone == "body", *sorted({(cue.mode, cue.category) for cue in cues}))))
        yield found
        above = last


def _unmarked(shape: str, zone: str) -> Iterator[str]:
    yield from (f"unmarked {shape}", f"unmarked {shape} zone {zone}")


def _form(shape: str, length: int, end: str, kind: str, zone: str) -> Iterator[str]:
    """Length, shape, end and zone of a line."""
    yield from (f"shape {shape}", f"length {length}", f"end {kind}", f"shape {shape} end {end or 'none'}")
    yield from (f"zone {zone}", f"zone {zone} shape {shape}", f"zone {zone} length {length}")


def _place(zone: str, top: int, foot: int, far: int, is_headline: bool, is_title: bool) -> Iterator[str]:
    """Where a line stands: from the top, below the text, how far from it; whether it is the headline."""
    if top < 4:
        yield f"top {top}"
    if foot >= 0:
        yield f"foot {foot}"
    if is_headline:
        yield "headline"
    if is_title:
        yield "title"
    yield f"far { {'head': 'above', 'foot': 'below'}.get(zone, 'in') } {far}"


def _dense(shape: str, zone: str, below: bool, far: int) -> Iterator[str]:
    """How far from the densest stretch of prose."""
    where = "in" if not far else f"below {far}" if below else f"above {far}"
    yield from (f"dense {where}", f"dense {bool(far)} shape {shape} zone {zone}")


def _near(around: str, under_colon: bool) -> Iterator[str]:
    """The shapes of the two lines above, the line, and the two below; `^` beyond the document."""
    yield from (f"before {around[1]}", f"after {around[3]}", f"around {around[1:4]}", f"wide {around}")
    if under_colon:
        yield from ("under colon", f"under colon shape {around[2]}")


def _beside(shape: str, length: int, zone: str, share: str, has_company: bool, is_repeat: bool) -> Iterator[str]:
    """What the rest of the document makes of a line: its words are used there, suspects stand near, it is a repeat."""
    if share:
        yield from (f"overlap {share}", f"overlap {share} shape {shape}")
    if has_company:
        yield from ("company", f"company shape {shape}", f"company zone {zone}")
    if is_repeat:
        yield from ("repeat", f"repeat shape {shape} zone {zone}", f"repeat length {length}")


def _run_key(run: Run, zone: str, size: int) -> tuple[Any, ...]:
    edge = "top" if run.start == 0 else "end" if run.stop == size else "amid"
    suspects = "none" if not run.suspects else "few" if run.suspects < 0.2 else "some" if run.suspects < 0.5 else "most"
    numbers = "most" if run.numbers > 0.5 else "some" if run.numbers > 0.2 else "few"
    words = "most" if run.words > 0.7 else "some" if run.words > 0.3 else "few"
    shared = _CLASSES[bisect_left(RUN_SHARES, run.overlap)]
    alike = "most" if run.alike > 0.6 else "some" if run.alike > 0.3 else "few"
    return bisect_left(RUNS, run.stop - run.start), zone, edge, suspects, numbers, words, shared, alike


def _run(size: int, zone: str, edge: str, *shares: str) -> Iterator[str]:
    """The run of lines without prose that a line stands in: how long, where it ends, what share of it are suspects."""
    suspects, numbers, words, shared, alike = shares
    yield from (f"run {size}", f"run {size} zone {zone}", f"run {size} {edge}", f"run {size} alike {alike}")
    yield from (f"run suspects {suspects}", f"run {size} suspects {suspects}", f"run {edge} suspects {suspects}")
    yield from (f"run numbers {numbers}", f"run overlap {shared}", f"run {size} words {words}")


def _cues(shape: str, in_body: bool, *cues: tuple[str, str]) -> Iterator[str]:
    """Mode and category of the cues in a line."""
    for mode, category in cues:
        yield f"cue {mode} {category}"
        yield f"cue {mode} shape {shape} {'in' if in_body else 'out'}"


def _look(*names: str) -> Iterator[str]:
    yield from names


def look(text: str, *, has_number: bool = True) -> tuple[str, ...]:
    """Case, links, bullets and bars of a line.

    >>> look("- READ MORE |")
    ('capitals', 'opens bullet', 'bar')
    """
    found = []
    words = [word for word in text.split(None, CASED)[:CASED] if word[0].isalpha()]
    if not words:
        found.append("no words")
    elif text.isupper():
        found.append("capitals")
    elif words[0][0].islower():
        found.append("opens small")
    elif len(words) > 2 and sum([word[0].isupper() for word in words]) >= 0.7 * len(words):
        found.append("title case")
    if has_number and 3 * sum(map(str.isdigit, text)) > len(text):
        found.append("digits")
    if _SITE.search(text) or any(sign in text for sign in _ADDRESSES):
        found.append("link")
    if text[0] in _BULLETS:
        found.append("opens bullet")
    elif text[0] in _QUOTES:
        found.append("opens quote")
    elif _NUMBERED.match(text):
        found.append("opens number")
    if not _BARS.isdisjoint(text):
        found.append("bar")
    return tuple(found)


def tokens(view: View, line: int) -> list[str]:
    """The words of a line, its beginning and end marked (`^`, `$`), numbers as `#`."""
    found = view.words[line]
    return ["^", *found[:WORDS]] if len(found) > WORDS else ["^", *found, "$"]


def words(view: View, line: int) -> Iterator[str]:
    """The words, pairs and triples of a line, and parts of words.

    Parts (`newsl~`, `~etter`) stand for the other forms and the compounds of a word; in scripts without spaces, pairs and
    triples of signs stand for words.
    """
    found = tokens(view, line)
    for size in (1, 2, 3):
        for at in range(len(found) - size + 1):
            ngram = found[at : at + size]
            if not _NO_WORDS.issuperset(ngram):
                yield " ".join(ngram)
    for token in found:
        yield from parts(token)


def parts(token: str) -> Iterator[str]:
    """The parts of a token.

    >>> list(parts("newsletter"))
    ['newsl~', '~etter', 'newslett~']
    """
    if match := DENSE.match(token):
        signs = match.group()
        for size in (2, 3):
            yield from (f"~{signs[at : at + size]}" for at in range(len(signs) - size + 1))
    elif len(token) >= STEMMED:
        yield f"{token[:5]}~"
        yield f"~{token[-5:]}"
        if len(token) >= LONG:
            yield f"{token[:8]}~"


def mark_value(weight: float) -> float:
    """The value of a category's marks with this weight (log-odds)."""
    return max(min(weight, 8.0), 0.0) / 4


def first(view: View, marks: Sequence[Mapping[str, float]]) -> Iterator[dict[str, float]]:
    """For each line every feature of the first pass with its value.

    Args:
        view: the document.
        marks: for each line category -> the weight (log-odds) of the filters' marks.
    """
    for line, layout in enumerate(groups(view, marks)):
        found = {f"layout {name}": 1.0 for names, arguments in layout for name in names(*arguments)}
        if is_marked(marks[line]):
            found.update((f"words {name}", 1.0) for name in words(view, line))
        found.update((f"mark {category}", mark_value(weight)) for category, weight in marks[line].items())
        yield found
