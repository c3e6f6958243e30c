"""What a cleaning says of itself: marks, removals, repairs, and the result that holds them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

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


_BASE = logit(BASE_RATE)


def confidence_of(weight: float) -> float:
    """The confidence of a mark whose evidence weighs this much (log-odds)."""
    return sigmoid(weight + _BASE)


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
        return logit(self.confidence) - _BASE


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


_Edit = TypeVar("_Edit", Removal, Repair)
_NUMBERS = frozenset({"start", "end", "line"})


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

    def as_dict(self) -> dict[str, Any]:
        """The result in plain types that JSON knows: `source`, `text`, and lists of `removed` and `repaired`.

        JSON makes one character of two that are the halves of a surrogate pair, which no well-formed text holds: such a source
        does not come back, and `from_dict` says so where spans stand behind it.
        """
        return {
            "source": self.source,
            "text": self.text,
            "removed": [removal._asdict() for removal in self.removed],
            "repaired": [repair._asdict() for repair in self.repaired],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Result:
        """The result that `as_dict` was called on; fields that are not known are passed over.

        Raises:
            ValueError: a field is missing or of another type, or the spans do not fit the source; names the field.
        """
        source = data.get("source") if isinstance(data, Mapping) else None
        if not isinstance(source, str):
            raise ValueError("field 'source': a string is wanted")
        removed = _edits(Removal, "removed", "text", data, source)
        repaired = _edits(Repair, "repaired", "before", data, source)
        spans = sorted([(r.start, r.end) for r in removed] + [(r.start, r.end) for r in repaired])
        if any(end > start for (_, end), (start, _) in pairwise(spans)):
            raise ValueError("fields 'removed' and 'repaired': two spans overlap")
        return cls(source, removed, repaired)

    @cached_property
    def text(self) -> str:
        """The clean text; the very same object as `source` where nothing was removed or repaired."""
        from cleaner.render import render

        return render(self.source, self.removed, self.repaired)


def _edits(kind: type[_Edit], name: str, quoted: str, data: Mapping[str, Any], source: str) -> list[_Edit]:
    """The removals or repairs of a result's `name`, each checked; `quoted` is the field that repeats the source."""
    rows = data.get(name)
    if not isinstance(rows, list):
        raise ValueError(f"field {name!r}: a list is wanted")
    edits = [_edit(kind, row, f"field {name!r}, entry {number}") for number, row in enumerate(rows)]
    for number, edit in enumerate(edits):
        if not 0 <= edit.start <= edit.end <= len(source) or source[edit.start : edit.end] != getattr(edit, quoted):
            raise ValueError(f"field {name!r}, entry {number}: {quoted!r} is not what the source holds there")
    if edits != sorted(edits, key=lambda edit: edit.start):
        raise ValueError(f"field {name!r}: not in order")
    return edits


def _edit(kind: type[_Edit], row: Any, where: str) -> _Edit:
    values: list[Any] = []
    for field in kind._fields:
        value = row.get(field) if isinstance(row, Mapping) else None
        wanted = int if field in _NUMBERS else (int, float) if field == "confidence" else str
        if not isinstance(value, wanted) or isinstance(value, bool):
            raise ValueError(f"{where}: field {field!r} is missing or of another type")
        values.append(value)
    return kind._make(values)
