"""The filters, each named for what it removes. A filter marks; it never edits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol, runtime_checkable

from cleaner.result import Mark
from cleaner.view import View


@runtime_checkable
class Filter(Protocol):
    """What a filter is: a name, the categories it marks, and one method. It must hold no state between documents."""

    @property
    def name(self) -> str:
        """Unique in a pipeline; what `Pipeline.without` takes and `Removal.filter` says."""

    @property
    def categories(self) -> frozenset[str]:
        """Every category that its marks may have."""

    def mark(self, view: View) -> Iterable[Mark]:
        """Yield marks on spans of `view.text`, in any order."""


class SecondLook(Filter, Protocol):
    """A filter with a second look at the document, once every filter has marked; for each round of decisions anew."""

    def mark_among(self, view: View, marked: Collection[int]) -> Iterable[Mark]:
        """Yield further marks. Not asked where nothing is marked.

        Args:
            view: the document.
            marked: the lines, by index, for whose going some filter speaks, this one included.
        """


def gather(filters: Iterable[Filter], view: View) -> list[tuple[str, Mark]]:
    """What all filters mark at first and at second look, each with its filter's name."""
    filters = tuple(filters)
    marks = [(f.name, mark) for f in filters for mark in f.mark(view)]
    if marks:
        marked = _covered(view, (mark for _, mark in marks))
        # Not `isinstance`, which looks every attribute of a protocol up, for each document anew.
        again = [(f.name, f.mark_among) for f in filters if hasattr(f, "mark_among")]
        marks += [(name, mark) for name, look in again for mark in look(view, marked)]
    return marks


def _covered(view: View, marks: Iterable[Mark]) -> set[int]:
    """The lines that marks for their going cover whole; a correction's mark speaks for its staying."""
    return {
        line
        for mark in marks
        if mark.weight > 0 and mark.category != "correction"
        for line in view.touched(mark.start, mark.end)
        if mark.start <= view.spans[line].start and view.spans[line].end <= mark.end
    }
