"""What a run is asked to do, the parts it is cut into, and the errors that stop it."""

from __future__ import annotations

import json
from typing import NamedTuple

from cleaner.corpus.batch import Batch
from cleaner.errors import CleanerError, SourceError
from cleaner.pipeline import Pipeline
from cleaner.version import __version__


class UsageError(CleanerError):
    """Options or paths that do not go together."""


class BadRowError(SourceError):
    """A row that cannot be cleaned. `field` is the field at fault; None for the whole row."""

    def __init__(self, path: str, line: int, field: str | None, reason: str) -> None:
        super().__init__(path, line, f"field {field!r}: {reason}" if field is not None else reason)
        self.field, self.reason = field, reason

    def __reduce__(self) -> tuple[type[BadRowError], tuple[str, int, str | None, str]]:
        # An error travels from a worker by being made again from these.
        return BadRowError, (self.path, self.line, self.field, self.reason)


class UnreadableError(CleanerError):
    """An input or output that cannot be read or written to its end."""


class Stopped(Exception):  # noqa: N818 (not an error: another part's error or the user ended the run)
    """The run is over; this part is left unfinished."""


class Settings(NamedTuple):
    """How each document is treated: all that decides which bytes come out.

    Attributes:
        batch: the pipeline and the guard.
        field: the text column of rows.
        removals: a column to keep the removals in; None for none.
        flag: the column in which the guard says why it spoke; only with its action `flag`.
    """

    batch: Batch
    field: str = "text"
    removals: str | None = None
    flag: str | None = None

    @property
    def added(self) -> tuple[str, ...]:
        """The columns that are added, in their order."""
        return tuple(name for name in (self.removals, self.flag) if name is not None)

    def fingerprint(self) -> str:
        """A line that differs when other bytes might come out: a run is resumed only under the same one.

        Filters of your own count by their names.
        """
        pipeline, guard = self.batch.pipeline, self.batch.guard
        return json.dumps(
            {
                "version": __version__,
                "field": self.field,
                "removals": self.removals,
                "flag": self.flag,
                "guard": [guard.max_lost, guard.min_sentences, guard.action],
                "pipeline": _describe(pipeline),
            },
            ensure_ascii=True,
        )


class Job(NamedTuple):
    """What a worker must know beside its part.

    Attributes:
        settings: how each document is treated.
        folder: the work folder, where parts are written.
        skip: whether bad rows go to the rejects; otherwise the first one stops the run.
    """

    settings: Settings
    folder: str
    skip: bool = False


class Part(NamedTuple):
    """A piece of work: a piece of one input that becomes a piece of one output.

    Attributes:
        number: the part's place in the order of the whole run, from 0.
        group: the number of the first part that goes to the same output.
        kind: the format: `jsonl`, `csv`, `parquet` or `text`.
        source: the input file; for `text` the list of files.
        start, end: bytes of a plain JSONL file or of a list of files, row groups of Parquet; 0 and the file's size otherwise.
        size: the bytes of input, for the progress bar.
        target: the output file; for `text` the output folder.
        first, last: whether this is the first and the last part of its output.
        head: whether this is the first part of its input.
    """

    number: int
    group: int
    kind: str
    source: str
    start: int
    end: int
    size: int
    target: str
    first: bool
    last: bool
    head: bool


def _describe(pipeline: Pipeline) -> list[object]:
    rules = pipeline.rules
    return [
        [filter_.name for filter_ in pipeline.filters],
        sorted(pipeline.keep),
        None if pipeline.languages is None else sorted(pipeline.languages),
        list(pipeline.protect),
        pipeline.repair_encoding,
        pipeline.learned,
        repr((rules.cues, rules.patterns, rules.protect, rules.timeout)) if rules else None,
    ]
