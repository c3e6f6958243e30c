"""The mechanism that most filters share: mark the lines in which the packs' cues for a category say enough."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.evidence import AGAINST
from cleaner.result import Mark
from cleaner.view import View

_IN_COMPANY = frozenset({"near", "words", "opens"})


class CuedLines:
    """Marks the lines whose own cues speak for one category. Filters with further mechanisms extend it.

    Args:
        name: the filter's name.
        category: the category whose cues it reads.
        says: how its reasons begin: "Asks for a donation".
    """

    def __init__(self, name: str, category: str, says: str) -> None:
        self.name, self.category, self.says = name, category, says

    def __repr__(self) -> str:
        return f"<filter {self.name}>"

    @property
    def categories(self) -> frozenset[str]:
        """The one category."""
        return frozenset({self.category})

    def mark(self, view: View) -> Iterable[Mark]:
        """Mark every line with evidence; `extend` adds what follows from it."""
        yield from self.cued(view)
        yield from self.extend(view)

    def cued(self, view: View) -> Iterable[Mark]:
        """The marks that the lines' own cues give."""
        for line, seen in view.evidence.get(self.category, {}).items():
            weight = seen.weight
            if seen.cues and seen.cues[0].mode in _IN_COMPANY and view.heads_prose(line):
                # A subhead may be a menu's word: on labelled pages 8 of 37 such lines are.
                weight += AGAINST
            if weight > 0:
                yield view.mark(line, self.category, f"{self.says}: {seen.quoted(view.folded(line))}", weight)

    def extend(self, view: View) -> Iterable[Mark]:
        """Marks on lines near the cued ones; none here."""
        return ()
