"""The one place where marks win or lose: evidence adds up per line as log-odds, and protected lines stay."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from cleaner.categories import CATEGORIES
from cleaner.context import PRIOR, prior
from cleaner.evidence import View
from cleaner.result import Mark, sigmoid

#: A line goes from these log-odds on.
THRESHOLD = 0.0


class Verdict(NamedTuple):
    """A line, or a part of one, that goes: which category and filter, why, and how sure (probability)."""

    start: int
    end: int
    category: str
    filter: str
    reason: str
    confidence: float


class Decision(NamedTuple):
    """Whole lines that go, by index, and parts of lines, in order."""

    lines: dict[int, Verdict]
    parts: tuple[Verdict, ...]


def decide(view: View, marks: Iterable[tuple[str, Mark]], kept: Collection[str], protected: Collection[int]) -> Decision:
    """Weigh all marks of all filters.

    Args:
        view: the document.
        marks: (filter name, mark), in any order.
        kept: categories that stay: they are weighed like all others, so that switching one off only brings lines back.
        protected: lines that no rule may remove.
    """
    starts = [span.start for span in view.spans]
    by_line: dict[int, dict[tuple[str, str], Mark]] = defaultdict(dict)
    parts: dict[int, list[tuple[str, Mark]]] = defaultdict(list)
    spared = set(protected)
    for name, mark in marks:
        line = max(bisect_right(starts, mark.start) - 1, 0)
        while line < len(view) and view.spans[line].start < mark.end:
            if mark.category == "correction" and "correction" in kept:
                spared.add(line)
            span = view.spans[line]
            if mark.start <= span.start and mark.end >= span.end:
                known = by_line[line].get((name, mark.category))
                if known is None or (mark.confidence, mark.reason) > (known.confidence, known.reason):
                    by_line[line][name, mark.category] = mark
            elif mark.end > span.start and mark.start < span.end:
                parts[line].append((name, mark))
            line += 1
    gone = {}
    for line in sorted(by_line):
        if line not in spared and (verdict := _judge(view, line, by_line[line])) and verdict.category not in kept:
            gone[line] = verdict
    kept_parts = [
        verdict
        for line in sorted(parts)
        if line not in spared and line not in gone
        for verdict in _judge_parts(view, line, parts[line])
        if verdict.category not in kept
    ]
    return Decision(gone, tuple(kept_parts))


def _judge(view: View, line: int, marks: dict[tuple[str, str], Mark]) -> Verdict | None:
    score = prior(view, line) + sum(mark.weight for mark in marks.values())
    if score < THRESHOLD:
        return None
    by_category: dict[str, float] = defaultdict(float)
    for mark in marks.values():
        by_category[mark.category] += mark.weight
    order = list(CATEGORIES)
    rank = {category: order.index(category) if category in order else len(order) for category in by_category}
    category = max(by_category, key=lambda name: (by_category[name], -rank[name]))
    (filter_name, _), mark = max(
        (item for item in marks.items() if item[1].category == category), key=lambda item: (item[1].weight, item[0])
    )
    span = view.spans[line]
    return Verdict(span.start, span.end, category, filter_name, mark.reason, sigmoid(score))


def _judge_parts(view: View, line: int, marks: list[tuple[str, Mark]]) -> Iterable[Verdict]:
    """Parts of one line that go: each must be sure by itself, as a part of a paragraph of prose."""
    span, taken = view.spans[line], 0
    for name, mark in sorted(marks, key=lambda item: (item[1].start, -item[1].end, item[0])):
        start, end = max(mark.start, span.start, taken), min(mark.end, span.end)
        score = PRIOR["p"] + mark.weight
        if start < end and score >= THRESHOLD:
            yield Verdict(start, end, mark.category, name, mark.reason, sigmoid(score))
            taken = end
