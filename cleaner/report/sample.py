"""Which documents a person looks at: a fair sample of many, the doubtful ones first."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import TypeVar

from cleaner.report.data import Document

_T = TypeVar("_T")


def sample(items: Iterable[_T], size: int, seed: int = 0) -> tuple[list[_T], int]:
    """Draw `size` items, each as likely as any other, in one pass that holds no more than these; they keep their order.

    Returns:
        The items drawn, and how many there were. The same seed and items give the same sample.

    Raises:
        ValueError: `size` is less than one.

    >>> sample("abcdefgh", 3, seed=1)[1]
    8
    """
    if size < 1:
        raise ValueError("a sample holds one document at least")
    draw, total = random.Random(seed), 0
    held: list[tuple[int, _T]] = []
    for number, item in enumerate(items):
        total += 1
        if number < size:
            held.append((number, item))
        elif (at := draw.randrange(number + 1)) < size:
            held[at] = number, item
    return [item for _, item in sorted(held, key=lambda pair: pair[0])], total


def doubtful_first(documents: Iterable[Document]) -> list[Document]:
    """Documents by their least certain removal; those that lose nothing come last. Ties keep their order."""
    return sorted(documents, key=lambda document: document["least"])
