"""The densest stretch of prose: where paragraphs outweigh the lines between them most.

Body text extraction (Finn, Kushmerick and Smyth 2001), with lines in place of tags: the stretch with the greatest sum, found in
one pass (Kadane's algorithm).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.view import View

#: What a line that is no paragraph adds to a stretch of prose, by shape or because a cue marks it.
LINE = {"s": 1.0, "h": -0.4, "w": -0.4, "-": -0.4}
MARKED = -0.8
#: A paragraph adds its length (characters, so many at most), divided.
PARAGRAPH, PER_LINE = 400, 40
#: A document of one article has this share of its prose in one stretch.
MOST = 0.6


def find_dense(view: View) -> range:
    """The lines of the densest stretch; empty where there is no prose."""
    others = view.strong | view.cards.teasers
    best = run = 0.0
    start, found = 0, range(0)
    for line, shape in enumerate(view.shapes):
        if run <= 0:
            run, start = 0.0, line
        if line in others:
            run += MARKED
        elif shape == "p":
            run += min(len(view.lines[line]), PARAGRAPH) / PER_LINE
        else:
            run += LINE[shape]
        if run > best:
            best, found = run, range(start, line + 1)
    return found


def distance(stretch: range, line: int) -> int:
    """How many lines below a stretch a line stands; negative above it, 0 within.

    >>> [distance(range(3, 5), line) for line in (1, 3, 4, 6)]
    [-2, 0, 0, 2]
    """
    return line - stretch.start if line < stretch.start else max(line - stretch.stop + 1, 0)


def holds_most(view: View, stretch: range) -> bool:
    """Whether a stretch holds most of the document's paragraphs, by their characters."""
    prose = {line: len(view.lines[line]) for line, shape in enumerate(view.shapes) if shape == "p" and line not in view.strong}
    return sum(size for line, size in prose.items() if line in stretch) > MOST * sum(prose.values())
