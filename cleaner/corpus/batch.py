"""The one batch function: texts in, clean texts and counts out. The corpus command and every engine call it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from cleaner.categories import CATEGORIES
from cleaner.corpus.guard import Guard
from cleaner.pipeline import Pipeline
from cleaner.result import Removal

#: The columns that a batch adds, beside the text column that it replaces (see `Batch.columns`).
CHANGED, GUARD, LINES, CHARACTERS, REMOVALS = "changed", "guard", "removed_lines", "removed_characters", "removals"


class Row(NamedTuple):
    """One document, cleaned.

    Attributes:
        text: the clean text; where the guard kept the document, the text as it was.
        removed: what was taken out of it; empty where the guard kept the document.
        guard: why the guard spoke, in words; None where it did not.
        action: what the guard did: `keep`, `drop` or `flag`; None where it did not speak.
        changed: whether `text` differs from the input.
    """

    text: str
    removed: tuple[Removal, ...]
    guard: str | None
    action: str | None
    changed: bool


class Batch:
    """Cleans texts, one or many at a time. Immutable; can be pickled and sent to any worker.

    Args:
        pipeline: what is removed; None for `Pipeline()`.
        guard: what happens to documents that would lose too much; None for no guard.
        removals: whether `columns` and `table` also give each removal.

    Raises:
        ValueError: a guard with a limit out of range.
    """

    def __init__(self, pipeline: Pipeline | None = None, guard: Guard | None = None, *, removals: bool = False) -> None:
        self.pipeline = Pipeline() if pipeline is None else pipeline
        self.guard = (guard or Guard()).check()
        self.removals = removals

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Every category that is counted: the library's in their order, then your own."""
        return (*CATEGORIES, *sorted(self.pipeline.known_categories - set(CATEGORIES)))

    def row(self, text: str) -> Row:
        """Clean one text.

        Raises:
            TypeError: `text` is not a string.
        """
        result = self.pipeline.explain(text)
        clean = result.text
        why = self.guard.judge(text, clean) if result.removed else None
        if why is None:
            return Row(clean, result.removed, None, None, clean != text)
        if self.guard.action == "keep":
            return Row(text, (), why, "keep", False)
        return Row(clean, result.removed, why, self.guard.action, clean != text)

    def columns(self, texts: Iterable[str | None]) -> tuple[dict[str, list[Any]], list[bool]]:
        r"""Clean a batch; a missing text (None) stays missing.

        Returns:
            The columns, and for each text whether it stays: those that the guard drops are missing from the columns.
            `text`: the clean texts. `changed`: whether each differs from its input. `guard`: why the guard spoke, or
            None. `removed_lines` and `removed_characters`: for each document a dictionary category -> count with every
            category in it, so that a cluster can sum them up. With `removals`: a list of objects with `start`, `end`,
            `category`, `filter`, `reason`, `confidence`, `text` and `line`.

        Raises:
            TypeError: a text is neither a string nor None.

        >>> columns, stays = Batch().columns(["Rain fell.\nAdvertisement", None])
        >>> columns["text"], columns["changed"], columns["removed_characters"][0]["advertising"]
        (['Rain fell.', None], [True, False], 14)
        """
        out: dict[str, list[Any]] = {name: [] for name in ("text", *self.added)}
        stays = []
        for text in texts:
            row = None if text is None else self.row(text)
            stays.append(row is None or row.action != "drop")
            if stays[-1]:
                self._add(out, row)
        return out, stays

    def table(self, columns: Mapping[str, Sequence[Any]], field: str = "text") -> dict[str, list[Any]]:
        """Clean a batch of columns: `field` is replaced, the columns of `columns()` are added, the others pass through.

        Where the guard drops documents, their rows are missing from every column.

        Raises:
            ValueError: there is no column `field`, or one of the added columns is there already.
        """
        check_columns(columns, field, self.added)
        out, stays = self.columns(columns[field])
        passed = {name: [v for v, stay in zip(values, stays, strict=True) if stay] for name, values in columns.items()}
        return {**passed, field: out.pop("text"), **out}

    @property
    def added(self) -> tuple[str, ...]:
        """The names of the columns that are added beside the text."""
        return (CHANGED, GUARD, LINES, CHARACTERS, *([REMOVALS] if self.removals else []))

    def _add(self, out: dict[str, list[Any]], row: Row | None) -> None:
        lines, characters = count(row.removed if row else (), self.categories)
        out["text"].append(row.text if row else None)
        out[CHANGED].append(bool(row and row.changed))
        out[GUARD].append(row.guard if row else None)
        out[LINES].append(lines)
        out[CHARACTERS].append(characters)
        if self.removals:
            out[REMOVALS].append(as_dicts(row.removed if row else ()))


def count(removed: Iterable[Removal], categories: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Removed lines and characters by category, with every category of `categories`."""
    lines = dict.fromkeys(categories, 0)
    characters = dict(lines)
    for removal in removed:
        lines[removal.category] = lines.get(removal.category, 0) + 1
        characters[removal.category] = characters.get(removal.category, 0) + len(removal.text)
    return lines, characters


def as_dicts(removed: Iterable[Removal]) -> list[dict[str, Any]]:
    """Removals as dictionaries, as JSON and Arrow take them."""
    return [removal._asdict() for removal in removed]


def check_columns(names: Iterable[str], field: str, added: Iterable[str]) -> None:
    """Whether a table with these columns can be cleaned.

    Raises:
        ValueError: there is no column `field`, or one of `added` is there already.
    """
    present = list(names)
    if field not in present:
        raise ValueError(f"there is no column {field!r}; the columns are {', '.join(present)}")
    if taken := [name for name in added if name in present]:
        raise ValueError(f"the column {taken[0]!r} is there already")
