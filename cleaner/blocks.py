"""Blocks: what stands between, above and below lines that are known, and belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cleaner.evidence import AGAINST
from cleaner.view import View

#: From this evidence (log-odds) on a line can hold a block together.
HOLDS = 4.0


def holding_lines(view: View, category: str) -> list[int]:
    """The lines with enough evidence for `category` to hold a block together, ascending."""
    found = view.evidence.get(category, {})
    # In a block an article's word ("according to") speaks against nothing.
    return sorted(line for line, seen in found.items() if seen.weight + (-AGAINST if seen.doubted else 0) >= HOLDS)


def between(lines: Iterable[int], gap: int) -> Iterator[int]:
    """The lines between neighbours of `lines` that are at most `gap` lines apart.

    >>> list(between([3, 5, 9], 2))
    [4]
    """
    previous = None
    for line in lines:
        if previous is not None and line - previous - 1 <= gap:
            yield from range(previous + 1, line)
        previous = line


def runs(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Group ascending numbers into runs without a gap: (first, last).

    >>> list(runs([3, 4, 7]))
    [(3, 4), (7, 7)]
    """
    start = previous = None
    for number in numbers:
        if previous is not None and number == previous + 1:
            previous = number
            continue
        if start is not None and previous is not None:
            yield start, previous
        start = previous = number
    if start is not None and previous is not None:
        yield start, previous
