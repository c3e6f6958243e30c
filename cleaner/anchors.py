"""Where to look for a phrase: how texts that it opens begin, and strings that stand in every text that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from cleaner.phrases import Part, is_gap, parts_of

#: Beginnings are cut to these sizes (characters), so that a text needs to be looked up only so many times.
SIZES = (1, 2, 3, 4, 6, 8, 10, 12)
#: A phrase gives no more beginnings than this: with more of them it is known by shorter ones.
BEGINNINGS = 64
#: An anchor of so many characters is rare enough; parts are put together to reach it, in no more than so many forms. One of
#: fewer than `SCANT` would be met in every line: more forms are worth it.
ENOUGH, FORMS, SCANT, SCANT_FORMS = 8, 40, 5, 400


def count_forms(phrase: str) -> int:
    """How many forms a phrase without gaps has."""
    return prod(map(len, parts_of(phrase)))


def is_list(phrase: str) -> bool:
    """Whether a phrase is one choice of whole lines and nothing else."""
    return len(parts_of(phrase)) == 1


def beginnings(phrase: str) -> set[str]:
    """One of these begins every text that the phrase opens; none where the phrase opens with a gap.

    >>> sorted(beginnings("{log|sign} in to * comment"))
    ['log in to', 'sign in to']
    """
    forms = {""}
    for part in parts_of(phrase):
        if is_gap(part) or min(map(len, forms)) >= SIZES[-1]:
            break
        longer = {(form + option)[: SIZES[-1]] for form in forms for option in part}
        if len(longer) > BEGINNINGS:
            break
        forms = longer
    return set() if "" in forms else forms


def sized(beginning: str) -> str:
    """A beginning cut to one of `SIZES`."""
    return beginning[: max(size for size in SIZES if size <= len(beginning))]


def rarity(key: str) -> int:
    """How rare a string is in texts: its letters, of which an ideograph or a syllable sign is as telling as three.

    >>> rarity("# kommentare"), rarity("- "), rarity("评论")
    (10, 0, 6)
    """
    return sum((3 if char >= "\u3040" else 1) for char in key if char.isalpha())


def anchors(phrase: str) -> list[str]:
    """One of these strings stands in every text that holds the phrase: the rarest part, which is to say the longest.

    >>> anchors("{log|sign} in to comment"), anchors("{to|our} {app|ad}")
    ([' in to comment'], ['to app', 'to ad', 'our app', 'our ad'])
    """
    found, shortest = _rarest(phrase, FORMS)
    return found if shortest >= SCANT else _rarest(phrase, SCANT_FORMS)[0]


def _rarest(phrase: str, most: int) -> tuple[list[str], int]:
    """The anchors in at most so many forms (more where no part has fewer), and the length of the shortest."""
    best: tuple[tuple[int, int], list[str]] = ((-1, 0), [])
    for run in _between_gaps(parts_of(phrase)):
        for size in range(1, len(run) + 1):
            for segment in (run[at : at + size] for at in range(len(run) - size + 1)):
                if prod(map(len, segment)) <= most:
                    forms = list(dict.fromkeys(map("".join, product(*segment))))
                    best = max(best, ((min(*map(len, forms), ENOUGH), -len(forms)), forms), key=lambda one: one[0])
    return best[1], best[0][0]


def _between_gaps(parts: tuple[Part, ...]) -> Iterator[list[Part]]:
    run: list[Part] = []
    for part in parts:
        if is_gap(part):
            yield run
            run = []
        else:
            run.append(part)
    yield run
