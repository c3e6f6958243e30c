"""How the cost of a document grows with its size: 8 times the text should take 8 times the time, whatever it looks like."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product
from typing import NamedTuple

import cleaner
from cleaner.bench.speed import seconds

#: How many times larger the next document of a curve is; and how many times the time it may take.
FACTOR, MOST = 8, 9.0

_PLACES = "bridge ferry harbour school clinic market library tunnel orchard theatre".split()
_EVENTS = "opens closes floods moves grows shrinks reopens stalls settles returns".split()
_TIMES = "spring autumn winter summer monday friday easter harvest midnight sunday".split()
_MENU = "Home News Sport Weather Share Print Comments Search".split()
_NOUNS = list(product(_TIMES, _EVENTS, _PLACES, _PLACES))


def _prose(count: int) -> str:
    return "\n".join(
        f"The council met for the {n}th time to talk about the {one} that {does} in {when}, and about the {two} beside it, which "
        f"has been shut since the flood of {1000 + n}. No one who spoke wanted to see it gone, said the mayor."
        for n, (when, does, one, two) in ((n, _NOUNS[n % len(_NOUNS)]) for n in range(count))
    )


def _menus(count: int) -> str:
    # Few labels, so that a small menu repeats itself as much as a large one: a line printed again costs more than a new one.
    return "\n".join(_MENU[n % 8] if n % 3 else f"{_PLACES[n % 10]} {_TIMES[n % 10]}".title() for n in range(count))


def _near_equal(count: int) -> str:
    lines = (_NOUNS[n % len(_NOUNS)] for n in range(count))
    return "\n".join(
        f"Council weighs a new plan for the {one} that {does} after {when} rain {two}" for when, does, one, two in lines
    )


def _comments(count: int) -> str:
    kinds = ("reader_{n}", "{m} hours ago", "I think that the {place} is fine as it is, really.", "Reply", "Like {m}")
    return "\n".join(kinds[n % 5].format(n=n, m=n % 23, place=_PLACES[n % 10]) for n in range(count))


class Shape(NamedTuple):
    """A kind of document: `make` gives one of so many units, `full` is the number of them that we promise to bear."""

    unit: str
    full: int
    make: Callable[[int], str]


#: Documents of every kind that might cost more than their share.
SHAPES = {
    "prose": Shape("paragraphs", 20_000, _prose),
    "menus": Shape("lines", 50_000, _menus),
    "readers' comments": Shape("lines", 50_000, _comments),
    "equal lines": Shape("lines", 100_000, lambda count: "The bridge was reopened on Monday\n" * count),
    "near-equal headlines": Shape("lines", 10_000, _near_equal),
    "one line": Shape(
        "characters", 20_000_000, lambda count: ("The goats were counted again, and one was missing. " * count)[:count]
    ),
    "empty lines": Shape("lines", 1_000_000, lambda count: "\n" * count),
}


class Point(NamedTuple):
    """One document of a curve: its units, its characters, and the processor time in seconds that it took at best."""

    units: int
    characters: int
    seconds: float


def curve(
    make: Callable[[int], str],
    units: list[int],
    rounds: int = 3,
    *,
    clean: Callable[[str], object] = cleaner.clean,
) -> list[Point]:
    """Clean documents of these sizes in turn, `rounds` times each; the best round counts."""
    texts = [make(count) for count in units]
    best = [float("inf")] * len(texts)
    clean(texts[0])
    for _ in range(rounds):
        for n, text in enumerate(texts):
            best[n] = min(best[n], seconds(clean, [text]))
    return [Point(count, len(text), took) for count, text, took in zip(units, texts, best, strict=True)]


def ratios(points: list[Point]) -> list[float]:
    """How many times the time each document took of the one before."""
    return [after.seconds / before.seconds for before, after in pairwise(points)]


def growth(make: Callable[[int], str], units: int, rounds: int = 3, *, clean: Callable[[str], object] = cleaner.clean) -> float:
    """How many times the time a document of `FACTOR` times as many units takes.

    The small document is cleaned `FACTOR` times on end for each time of the large one: a busy machine leaves a short measurement
    a quiet moment more often than a long one. Noise only ever adds time, so rounds go on (up to four times as many) while the
    figure is above `MOST`.
    """
    small, large = [make(units)] * FACTOR, [make(units * FACTOR)]
    short = long = float("inf")
    clean(small[0])
    for done in range(1, rounds * 4 + 1):
        short, long = min(short, seconds(clean, small)), min(long, seconds(clean, large))
        if done >= rounds and long / short * FACTOR <= MOST:
            break
    return long / short * FACTOR


def sizes(shape: Shape, share: float) -> list[int]:
    """The units of the three documents of a curve, the largest this share (above 0) of the full size."""
    return [max(1, round(shape.full * share / FACTOR**power)) for power in (2, 1, 0)]
