"""The filters, each named for what it removes. A filter marks; it never edits."""

from __future__ import annotations

from collections.abc import Iterable
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
