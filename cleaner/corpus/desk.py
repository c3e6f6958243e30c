"""Where one part is worked on: texts are cleaned and counted, bad rows set aside, progress told."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, MutableSequence
from typing import Any, TextIO

from cleaner.corpus.batch import Row, as_dicts
from cleaner.corpus.job import BadRowError, Job, Part, Stopped
from cleaner.corpus.rows import RowError
from cleaner.corpus.summary import Summary

#: Seconds between two words to the progress bar.
PAUSE = 0.2
#: The numbers that a part tells while it is worked on: bytes and documents done, characters read and removed.
TOLD = 4


class Desk:
    """One part's work.

    Args:
        job, part: what is asked.
        rejects: where bad rows go.
        board: numbers shared with the parent: a stop sign, then `TOLD` numbers for each part in work.
        slot: which of these are this part's.
        tell: called when they have changed.

    Attributes:
        summary: counts of this part.
        lines: lines of the source that this part has passed; places in `summary` and `rejects` are counted from its start.
        base: gives the lines of the source before this part; asked only when a bad row stops the run.
    """

    def __init__(
        self, job: Job, part: Part, rejects: TextIO, board: MutableSequence[int], slot: int, tell: Callable[[], None]
    ) -> None:
        self.job, self.part = job, part
        self.summary = Summary()
        self.lines = 0
        self.base: Callable[[], int] = int
        self._rejects, self._board, self._at = rejects, board, 1 + TOLD * slot
        self._removed, self._tell = 0, tell
        self._told = 0.0

    def clean(self, text: str, file: str, line: int) -> Row:
        """Clean one document and count it."""
        row = self.job.settings.batch.row(text)
        self._removed += self.summary.add(text, row, file, line)
        return row

    def added(self, row: Row) -> dict[str, Any]:
        """The columns that this document gets."""
        settings = self.job.settings
        values: dict[str, Any] = {}
        if settings.removals is not None:
            values[settings.removals] = as_dicts(row.removed)
        if settings.flag is not None:
            values[settings.flag] = row.guard
        return values

    def reject(self, error: RowError, raw: str, file: str, line: int) -> None:
        """Set a bad row aside with its reason.

        Raises:
            BadRowError: bad rows are to stop the run.
        """
        if not self.job.skip:
            raise BadRowError(file, line and line + self.base(), error.field, error.reason)
        self.summary.rejected += 1
        reject = {"file": file, "line": line, "field": error.field, "reason": error.reason, "row": raw}
        self._rejects.write(json.dumps(reject) + "\n")

    def advance(self, done: int) -> None:
        """Tell how many bytes of the part are done.

        Raises:
            Stopped: the run is over.
        """
        if self._board[0]:
            raise Stopped
        now = time.monotonic()
        if now - self._told > PAUSE:
            self._told = now
            told = (min(done, self.part.size), self.summary.documents, self.summary.read, self._removed)
            self._board[self._at : self._at + TOLD] = told
            self._tell()
