"""The one place where marks win or lose: evidence adds up per line as log-odds, and protected lines stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from cleaner.categories import CATEGORIES
from cleaner.context import PRIOR, prior
from cleaner.result import ORDER, Mark, sigmoid
from cleaner.scorer import FEW, RULE, learned_scores
from cleaner.view import View

#: The name of the learned scorer, for switching it off.
LEARNED = "learned scorer"

_ORDER = {category: number for number, category in enumerate(CATEGORIES)}

#: Of one line: (filter, category) -> weight (log-odds), mark.
Marks = dict[tuple[str, str], tuple[float, Mark]]


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


class _Sorted(NamedTuple):
    """Marks by the line they stand on; `parts` those on a piece of a line; `spared` the lines of corrections."""

    lines: dict[int, Marks]
    parts: dict[int, list[tuple[str, Mark]]]
    corrections: set[int]


def decide(
    view: View,
    marks: Iterable[tuple[str, Mark]],
    kept: Collection[str] = (),
    protected: Collection[int] = (),
    *,
    learned: bool = True,
    users: Collection[str] = (),
) -> Decision:
    """Weigh all marks of all filters.

    Args:
        view: the document.
        marks: (filter name, mark), in any order.
        kept: categories that stay. Of these only corrections matter here: what is a correction goes as nothing else. Lines of the
            others are decided like all, so that switching a category off only brings lines back.
        protected: lines that no rule may remove.
        learned: whether the learned scorer weighs the marks, with all else that it knows; if not, they are only added up.
        users: names of filters that the learned scorer does not know: what they mark goes when the marks alone suffice.
    """
    by_line = _sort(view, marks)
    if not by_line.lines and not by_line.parts:
        return Decision({}, ())
    spared = set(protected) | (by_line.corrections if "correction" in kept else set())
    weights, hand = _hand_scores(view, by_line.lines)
    ruled = {line: hand[line] - RULE for line, own in by_line.lines.items() if not learned or any(n in users for n, _ in own)}
    # The mark's weight has been a probability in between: half a log-odd is for rounding.
    ordered = [
        line
        for line, own in by_line.lines.items()
        if any(n in users and weight > ORDER - 0.5 for (n, _), (weight, _mark) in own.items())
    ]
    ruled.update((line, max(ruled[line], 0.0)) for line in ordered)
    scores = learned_scores(view, weights, hand) if learned else {}
    scores.update((line, max(score, scores.get(line, score))) for line, score in ruled.items())
    going = sorted(line for line, score in scores.items() if score >= 0 and line not in spared)
    if learned:
        # Of two printings of a line, one right below the other, one stays, unless marks alone are sure of the first.
        going = [line for line in going if hand[line] >= RULE or line in ruled or not _is_printed_below(view, line)]
    if learned and len(view) >= FEW and (title := _unprinted_title(view, set(going), scores, ruled)) is not None:
        going.remove(title)
    categories = {line: _category(weights[line]) for line in going}
    gone = {
        line: _verdict(view, line, category, by_line.lines[line], scores[line] + RULE) for line, category in categories.items()
    }
    parts = [
        verdict
        for line in sorted(by_line.parts)
        if line not in spared and line not in gone
        for verdict in _judge_parts(view, line, by_line.parts[line])
    ]
    return Decision(gone, tuple(parts))


def _is_printed_below(view: View, line: int) -> bool:
    """Whether the next line says the line again in nearly the same words."""
    below = view.repeats.get(line + 1)
    return below is not None and below.of == line and not below.exact


def _unprinted_title(view: View, going: set[int], scores: Mapping[int, float], ruled: Container[int]) -> int | None:
    """The headline, where every printing of it would go: however its line looks, it is printed once at least."""
    for line in view.titles:
        if line not in going or line in ruled or (line in view.repeats and view.repeats[line].of not in going):
            return None
    return min(view.titles, key=lambda line: (scores[line], -line), default=None)


def hand_scores(view: View, marks: Iterable[tuple[str, Mark]]) -> tuple[list[dict[str, float]], list[float]]:
    """What the filters say: for each line category -> weight of the marks, and the log-odds with the line's prior."""
    return _hand_scores(view, _sort(view, marks).lines)


def _hand_scores(view: View, by_line: Mapping[int, Marks]) -> tuple[list[dict[str, float]], list[float]]:
    weights: list[dict[str, float]] = [{} for _ in range(len(view))]
    for line, own in by_line.items():
        for (_, category), (weight, _mark) in own.items():
            weights[line][category] = weights[line].get(category, 0.0) + weight
    return weights, [prior(view, line) + sum(own.values()) for line, own in enumerate(weights)]


def _sort(view: View, marks: Iterable[tuple[str, Mark]]) -> _Sorted:
    """Of one filter's marks for one category on a line the most confident counts: they are not independent."""
    found = _Sorted(defaultdict(dict), defaultdict(list), set())
    for name, mark in marks:
        for line in view.touched(mark.start, mark.end):
            span = view.spans[line]
            if mark.category == "correction":
                found.corrections.add(line)
            if mark.start <= span.start and mark.end >= span.end:
                known = found.lines[line].get((name, mark.category))
                if known is None or (mark.confidence, mark.reason) > (known[1].confidence, known[1].reason):
                    found.lines[line][name, mark.category] = mark.weight, mark
            elif mark.end > span.start and mark.start < span.end:
                found.parts[line].append((name, mark))
    return found


def _category(weights: Mapping[str, float]) -> str:
    """The category whose marks on a line weigh most."""
    return max(weights, key=lambda category: (weights[category], -_ORDER.get(category, len(_ORDER))))


def _verdict(view: View, line: int, category: str, marks: Marks, score: float) -> Verdict:
    span = view.spans[line]
    _, name, reason = max((weight, name, mark.reason) for (name, of), (weight, mark) in marks.items() if of == category)
    return Verdict(span.start, span.end, category, name, reason, sigmoid(score))


def _judge_parts(view: View, line: int, marks: list[tuple[str, Mark]]) -> Iterator[Verdict]:
    """Parts of one line that go: each must be sure by itself, as a part of a paragraph of prose."""
    span, taken = view.spans[line], 0
    for name, mark in sorted(marks, key=lambda item: (item[1].start, -item[1].end, item[0])):
        start, end = max(mark.start, span.start, taken), min(mark.end, span.end)
        score = PRIOR["p"] + mark.weight
        if start < end and score >= 0:
            yield Verdict(start, end, mark.category, name, mark.reason, sigmoid(score))
            taken = end
