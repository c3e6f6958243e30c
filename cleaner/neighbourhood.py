"""What the second pass of the learned scorer is told of each line: first scores of the lines around it, and the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from cleaner.dense import distance
from cleaner.headlines import is_pointed
from cleaner.result import sigmoid
from cleaner.view import View
from cleaner.wording import DENSE

#: First scores and rule scores (log-odds) are held within these bounds before neighbours look at them.
FIRST_BOUND, RULE_BOUND = 6.0, 8.0
#: What lies beyond the document's ends scores so.
FIRST_BEYOND, RULE_BEYOND = -0.5, -3.0
#: How many lines on each side: one by one for first scores, for rule scores, and in the mean.
FIRST_NEAR, RULE_NEAR, WINDOW = 3, 2, 5
#: Further than so many lines from the densest prose is far.
FARTHEST = 50
#: Of a long paragraph no more characters than this count as content above a line.
LONGEST = 400

_POINTER = re.compile(r"[^:：]{2,24}[:：]")
#: Where so many lines that end a document are all marked, their headlines of other stories need no second opinion: of those
#: that it would keep 20 go in labelled pages and documents of our own, and 1 stays.
TAIL = 3

#: The names of the values, in the order in which `second` gives them.
NAMES = (
    *(f"first {step:+d}" if step else "first" for step in range(-FIRST_NEAR, FIRST_NEAR + 1)),
    *(f"rule {step:+d}" if step else "rule" for step in range(-RULE_NEAR, RULE_NEAR + 1)),
    "window",
    "content above",
    "share above",
    "line",
    "length",
    "words",
    "paragraph",
    "overlap",
    "run overlap",
    "from dense",
    "boilerplate",
    "lines",
    "paragraphs",
    "share of paragraphs",
    "share of sentences",
    "characters in paragraphs",
    "share of suspects",
)


class Facts(NamedTuple):
    """What is known of a document before any score: for each line, and of the whole.

    Attributes:
        shapes: see `Document.shapes`.
        lengths, words: characters and words of each line.
        overlaps, run_overlaps: of the lines that are asked for, by index, and of the run each stands in (-1.0 for prose and
            lines without words).
        dense: the densest stretch of prose.
        foot: the line below which the document is its page's foot: the first suspect below a text of some paragraphs.
        subheads: lines asked for that may be subheads (see `View.heads_prose`).
        plain: lines asked for that need no second opinion: a known phrase opens them, or see `with_tail`.
        whole: lines, paragraphs, shares of paragraphs and sentences, thousand characters in paragraphs, share of suspects.
    """

    shapes: str
    lengths: list[int]
    words: list[int]
    overlaps: dict[int, float]
    run_overlaps: dict[int, float]
    dense: range
    foot: int
    subheads: frozenset[int]
    plain: frozenset[int]
    whole: tuple[float, ...]

    @property
    def paragraphs(self) -> float:
        """How many paragraphs the document has, counted once: it is asked for at every line."""
        return self.whole[1]


def with_tail(known: Facts, view: View, tops: Mapping[int, str]) -> Facts:
    """The same with what is known of the lines that end the document.

    Args:
        known: the document's facts.
        view: the document.
        tops: the category of each marked line, by index.
    """
    start = len(view)
    while start - 1 in tops:
        start -= 1
    if len(view) - start < TAIL:
        return known
    dated = view.lexicon.stamps.is_dated
    stories = {line for line in range(start, len(view)) if tops[line] == "related" and view.shapes[line] in "whs"}
    # What takes place on a day may be the article's programme, a label with its value its table's last row.
    own = {line for line in stories if line in view.records or dated(view.lines[line])}
    return known._replace(plain=known.plain.union(stories.difference(own)))


def facts(view: View, lines: Iterable[int] | None = None) -> Facts:
    """The facts of a document; what costs more, of these lines only (None: of all)."""
    asked = range(len(view)) if lines is None else list(lines)
    shapes, size = view.shapes, max(len(view), 1)
    lengths = [len(text) for text in view.lines]
    paragraphs = shapes.count("p")
    prose = sum(length for length, shape in zip(lengths, shapes, strict=True) if shape == "p") / 1000
    return Facts(
        shapes,
        lengths,
        [text.count(" ") + 1 for text in view.lines],
        {line: view.overlap(line) for line in asked},
        {line: run.overlap if (run := view.run(line)) else -1.0 for line in asked},
        view.dense,
        len(view) if view.is_short or not view.body else view.foot,
        frozenset(line for line in asked if view.shapes[line] == "w" and view.heads_prose(line)),
        frozenset(line for line in asked if _is_opened(view, line)),
        (len(view), paragraphs, paragraphs / size, shapes.count("s") / size, prose, len(view.strong) / size),
    )


def _is_opened(view: View, line: int) -> bool:
    """A line that a known phrase opens ("Read also: The headline"), no paragraph: on labelled pages 1,002 go and 13 stay.

    A headline in a script without spaces may be as short as a few words: 51 go and none stays.
    """
    text, shape = view.lines[line], view.shapes[line]
    if not line or not (shape in "hs" or (shape == "w" and DENSE.search(text))):
        return False
    if is_pointed(view, line):
        return True
    cues = view.cues.get(line, ())
    # The words of a byline or a stamp may open a credit of the article's own.
    opening = {cue.category for cue in cues if cue.mode == "starts" and cue.category != "metadata"}
    # Behind a colon the headline of another story speaks of what articles speak of.
    doubted = any(cue.mode == "not" for cue in cues) or view.speaks_for_article(line)
    return bool(opening) and (not doubted or ("related" in opening and bool(_POINTER.match(text))))


def second(
    known: Facts, scores: Sequence[float], hand: Sequence[float], lines: Iterable[int] | None = None
) -> Iterator[tuple[float, ...]]:
    """For each line the values that `NAMES` names.

    Args:
        known: the document's facts.
        scores: first scores (log-odds) of all lines.
        hand: what prior and marks alone say of all lines (log-odds).
        lines: the lines to describe, by index; None for all.
    """
    first = _padded(scores, FIRST_BOUND, FIRST_BEYOND, WINDOW)
    rule = _padded(hand, RULE_BOUND, RULE_BEYOND, RULE_NEAR)
    chances = [sigmoid(score) for score in first[WINDOW : len(first) - WINDOW]]
    content = [min(length, LONGEST) * (1 - chance) for length, chance in zip(known.lengths, chances, strict=True)]
    above = list(accumulate(content, initial=0.0))
    total, boilerplate = above[-1] + 1e-9, sum(chances) / max(len(chances), 1)
    for line in range(len(scores)) if lines is None else lines:
        at = line + WINDOW
        yield (
            *first[at - FIRST_NEAR : at + FIRST_NEAR + 1],
            *rule[line : line + 2 * RULE_NEAR + 1],
            sum(first[line : line + 2 * WINDOW + 1]) / (2 * WINDOW + 1),
            above[line] / 1000,
            above[line] / total,
            line,
            known.lengths[line],
            known.words[line],
            float(known.shapes[line] == "p"),
            known.overlaps[line],
            known.run_overlaps[line],
            float(max(-FARTHEST, min(FARTHEST, distance(known.dense, line)))),
            boilerplate,
            *known.whole,
        )


def _padded(scores: Sequence[float], bound: float, beyond: float, by: int) -> list[float]:
    return [*[beyond] * by, *(max(-bound, min(bound, score)) for score in scores), *[beyond] * by]
