"""The zones of a document: the text from its first paragraph to its last, runs of lines without prose, tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import extent
from cleaner.wording import PROSE

if TYPE_CHECKING:
    from cleaner.view import View

#: So many lines of label and value in a row, of at most so many characters, are a table.
RECORDS, RECORD = 3, 120
#: Among so many lines on each side, so many with a number make a table.
AROUND, NUMBERS = 4, 3
#: Fewer paragraphs than this are few.
FEW_PARAGRAPHS = 5

_RUN = re.compile(r"[^sp]+")
#: Categories of what stands below the text.
_BELOW = frozenset({"related", "comment_prompt", "reader_comment"})
_SENTENCES = re.compile(r"s{3,}")
_RECORD = re.compile(r"[^\W\d_][^:：]{1,40}[:：]\s*\S")
_LABEL = re.compile(r"[^\W\d_][^:]{1,30}:(?=\s*\S)")


class Run(NamedTuple):
    """Lines in a row without prose, `start` to `stop`.

    Attributes:
        suspects, numbers, words: the shares of suspects, of lines with a number, of lines of a word or two.
        overlap: how much of its words the article's prose uses (`View.overlap`), the mean over its lines.
        alike: the share of lines that begin with the run's commonest first word: lists of offices, places, sections.
    """

    start: int
    stop: int
    suspects: float
    numbers: float
    words: float
    overlap: float
    alike: float


class Runs(NamedTuple):
    """All runs of a document.

    Attributes:
        spans: the first line of each, and the line below its last.
        known: by its first line, what was found out of a run.
    """

    spans: list[tuple[int, int]]
    known: dict[int, Run]


def find_body(view: View) -> range:
    """What `View.body` says."""
    others = view.strong | view.cards.teasers
    prose = [line for line, shape in enumerate(view.shapes) if shape == "p" and line not in others]
    if 0 < len(prose) < FEW_PARAGRAPHS:
        prose = sorted({*prose, *_sentences(view, prose[-1])})
    if not prose:
        prose = [line for line, shape in enumerate(view.shapes) if shape == "s" and line not in view.strong]
    return range(prose[0], prose[-1] + 1) if prose else range(0)


def _sentences(view: View, last: int) -> Iterator[int]:
    """Sentences that are prose where there are few paragraphs: several in a row, and long ones above what follows the text.

    Args:
        view: the document.
        last: the last paragraph.
    """
    for match in _SENTENCES.finditer(view.shapes):
        if view.strong.isdisjoint(range(*match.span())):
            yield from range(*match.span())
    for line in range(last + 1, len(view)):
        if line in view.strong:
            if any(cue.category in _BELOW for cue in view.cues[line]):
                return
        elif view.shapes[line] == "s" and extent(view.lines[line]) >= PROSE:
            yield line


def find_told(view: View) -> int:
    """What `View.told` says."""
    prose = (line for line in range(view.body.start, view.body.stop) if view.shapes[line] in "ps")
    return next((line for n, line in enumerate(prose) if n == 2), len(view.lines))


def find_runs(view: View) -> Runs:
    """The runs of a document; what is to be said of each is found out when it is asked for."""
    return Runs([match.span() for match in _RUN.finditer(view.shapes)], {})


def run_at(view: View, runs: Runs, line: int) -> Run | None:
    """The run of lines without prose that a line stands in; None for prose."""
    at = bisect_right(runs.spans, (line, len(view))) - 1
    start, stop = runs.spans[at] if at >= 0 else (0, 0)
    if not start <= line < stop:
        return None
    run = runs.known.get(start)
    if run is None:
        lines = range(start, stop)
        size = stop - start
        run = runs.known[start] = Run(
            start,
            stop,
            len(view.strong.intersection(lines)) / size,
            sum(["#" in folded for folded in view.folds[start:stop]]) / size,
            view.shapes.count("w", start, stop) / size,
            sum([max(view.overlap(line), 0.0) for line in lines]) / size,
            max(Counter([words[0] for words in view.words[start:stop] if words]).values(), default=0) / size,
        )
    return run


def find_records(view: View) -> frozenset[int]:
    """What `View.records` says."""
    found: set[int] = set()
    run: list[int] = []
    for line in range(len(view) + 1):
        if line < len(view) and len(view.lines[line]) <= RECORD and _RECORD.match(view.lines[line]):
            run.append(line)
            continue
        if len(run) >= RECORDS and 3 * len(view.strong.intersection(run)) <= len(run):
            found.update(run)
        run = []
    return frozenset(found)


def find_recurring(view: View) -> frozenset[int]:
    """What `View.recurring` says."""
    lines: dict[str, list[int]] = {}
    for line, text in enumerate(view.lines):
        if len(text) <= RECORD and (match := _LABEL.match(view.folds[line])):
            lines.setdefault(match[0], []).append(line)
    entries = (own for own in lines.values() if len(own) >= RECORDS and own[-1] - own[0] > 2 * len(own) - 2)
    return frozenset(chain.from_iterable(entries))


def has_few_paragraphs(view: View) -> bool:
    """What `View.is_short` says."""
    return sum(shape == "p" and line not in view.strong for line, shape in enumerate(view.shapes)) < FEW_PARAGRAPHS


def stands_among_numbers(view: View, line: int) -> bool:
    """What `View.is_tabular` says."""
    near = range(max(line - AROUND, 0), min(line + AROUND + 1, len(view)))
    numbers = [beside for beside in near if view.shapes[beside] == "w" and "#" in view.folds[beside] and not view.stamp(beside)]
    return len(numbers) >= NUMBERS and len(view.strong.intersection(near)) <= 1
