"""The filters, each named for what it removes. A filter marks; it never edits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol, runtime_checkable

from cleaner.evidence import View
from cleaner.result import Mark


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


@runtime_checkable
class SecondLook(Protocol):
    """What a filter may have besides: a look at the document once every filter has marked."""

    def mark_among(self, view: View, marked: Collection[int]) -> Iterable[Mark]:
        """Yield further marks.

        Args:
            view: the document.
            marked: the lines, by index, for whose going some filter speaks.
        """


def gather(filters: Iterable[Filter], view: View) -> list[tuple[str, Mark]]:
    """What all filters mark at first and at second look, each with its filter's name."""
    filters = tuple(filters)
    marks = [(f.name, mark) for f in filters for mark in f.mark(view)]
    if marks:
        starts = {span.start: line for line, span in enumerate(view.spans)}
        marked = {starts[mark.start] for _, mark in marks if mark.weight > 0 and mark.start in starts}
        # Not `isinstance`, which looks every attribute of a protocol up, for each document anew.
        again = [(f.name, f.mark_among) for f in filters if hasattr(f, "mark_among")]
        marks += [(name, mark) for name, look in again for mark in look(view, marked)]
    return marks
