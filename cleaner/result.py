"""What a cleaning says of itself: marks, removals, repairs, and the result that holds them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

#: How often an arbitrary line is boilerplate, before anything is known of it: what a mark's confidence is measured against.
BASE_RATE = 0.1
#: From this evidence (log-odds) on a mark of a user's own is an order: no place and no shape of the line speaks against it.
ORDER = 12.0


def logit(probability: float) -> float:
    """Log-odds of a probability (natural logarithm), held within plus or minus 12."""
    probability = min(max(probability, 6e-6), 1 - 6e-6)
    return math.log(probability / (1 - probability))


def sigmoid(log_odds: float) -> float:
    """The probability that has these log-odds."""
    return 1 / (1 + math.exp(-max(min(log_odds, 30.0), -30.0)))


def confidence_of(weight: float) -> float:
    """The confidence of a mark whose evidence weighs this much (log-odds)."""
    return sigmoid(weight + logit(BASE_RATE))


class Mark(NamedTuple):
    """One filter's opinion of one span of the input. Filters yield marks; they never edit text.

    Attributes:
        start, end: offsets into the document's text. Whole lines, or a part of one line.
        category: what the span would be removed as.
        reason: one sentence that a person understands.
        confidence: the probability (0 to 1) that the span is boilerplate, as if this mark were all that is known and
            one line in ten were boilerplate. Marks on the same line add up as log-odds (naive Bayes), so two weak
            ones can remove what neither removes alone.
    """

    start: int
    end: int
    category: str
    reason: str
    confidence: float = 0.99

    @property
    def weight(self) -> float:
        """The mark's evidence in log-odds: how far it moves a line away from the base rate."""
        return logit(self.confidence) - logit(BASE_RATE)


class Removal(NamedTuple):
    """A span that was taken out: `text` is the input from `start` to `end`, line breaks that go with it included."""

    start: int
    end: int
    category: str
    filter: str
    reason: str
    confidence: float
    text: str
    line: int


class Repair(NamedTuple):
    """An encoding repair in a line that stays: the input from `start` to `end` was `before` and is `after` in the output."""

    start: int
    end: int
    before: str
    after: str
    line: int


class Result:
    """A cleaning explained. Immutable; two results are equal when source, removals and repairs are.

    Attributes:
        source: the input.
        removed: what was taken out, sorted and disjoint. The input minus these spans is the output, character for
            character, but for `repaired`.
        repaired: encoding repairs made in lines that stay.
    """

    def __init__(self, source: str, removed: Iterable[Removal] = (), repaired: Iterable[Repair] = ()) -> None:
        self.source, self.removed, self.repaired = source, tuple(removed), tuple(repaired)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Result) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"<Result: {len(self.removed)} removed, {len(self.repaired)} repaired>"

    def _key(self) -> tuple[object, ...]:
        return self.source, self.removed, self.repaired

    @cached_property
    def text(self) -> str:
        """The clean text; the very same object as `source` where nothing was removed or repaired."""
        from cleaner.render import render

        return render(self.source, self.removed, self.repaired)
