"""The work folder: parts that are done, and how they become the output. What stands here survives a kill at any moment.

A file in it has its final name only once it is whole. `plan.jsonl` is the plan; `N.part` the output of part N, `N.rejects`
its bad rows, `N.json` its counts, written last: a part with counts is done. `N.closed` says that the output whose first
part is N has its final name; its parts are no longer needed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from cleaner.corpus.job import Part
from cleaner.corpus.summary import Summary


@contextmanager
def renamed(path: str, folder: str | None = None) -> Iterator[str]:
    """A name in `folder` (None for that of `path`) to write to; it becomes `path` when all went well, or is taken away.

    The name holds the process's number: a worker that outlives its run for a moment cannot spoil the next one's file.
    """
    beside = os.path.join(os.path.dirname(path) if folder is None else folder, f"{os.getpid()}.tmp{_ending(path)}")
    try:
        yield beside
        os.replace(beside, path)
    finally:
        with suppress(OSError):
            os.unlink(beside)


def _ending(path: str) -> str:
    # Parts of one process are named alike but for their kind: it works on one at a time.
    return os.path.splitext(path)[1]


class Folder:
    """The work folder at `path`."""

    def __init__(self, path: str) -> None:
        self.path = path

    def of(self, number: int, kind: str) -> str:
        """The path of a part's file of this kind: part, rejects, json or closed."""
        return os.path.join(self.path, f"{number}.{kind}")

    def is_done(self, part: Part) -> bool:
        """Whether a part is done."""
        return os.path.exists(self.of(part.number, "json"))

    def finish(self, part: Part, summary: Summary, lines: int) -> None:
        """Say that a part is done."""
        with renamed(self.of(part.number, "json")) as beside, open(beside, "w", encoding="ascii") as file:
            json.dump({"lines": lines, "summary": summary.as_dict()}, file)

    def counts(self, part: Part) -> tuple[Summary, int]:
        """The counts of a part that is done, and how many lines of its input it passed."""
        with open(self.of(part.number, "json"), encoding="ascii") as file:
            data = json.load(file)
        return Summary.from_dict(data["summary"]), data["lines"]

    def rejects(self, part: Part) -> list[dict[str, Any]]:
        """The bad rows of a part that is done."""
        try:
            with open(self.of(part.number, "rejects"), encoding="ascii") as file:
                return [json.loads(line) for line in file]
        except FileNotFoundError:
            return []


class _Joiner(Protocol):
    def add(self, part_path: str) -> None: ...

    def close(self) -> None: ...


class _Bytes:
    """Parts of one file, byte after byte; packed ones stay packed, as both formats allow."""

    def __init__(self, path: str) -> None:
        self._file = open(path, "wb")  # noqa: SIM115 (closed by `close`)

    def add(self, part_path: str) -> None:
        with open(part_path, "rb") as part:
            shutil.copyfileobj(part, self._file, 1 << 20)

    def close(self) -> None:
        self._file.close()


class Outputs:
    """Takes parts in their order, joins those of one output, and gives each output its name when it is whole."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._joiner: _Joiner | None = None

    def add(self, part: Part) -> None:
        """Take the next part."""
        if part.kind == "text" or os.path.exists(self._folder.of(part.group, "closed")):
            return
        path = os.path.join(self._folder.path, "joined")
        if part.first and part.last:
            self._close(self._folder.of(part.number, "part"), part)
            return
        if part.first:
            self.close()
            self._joiner = _joiner(part.kind, path)
        if self._joiner is not None:
            self._joiner.add(self._folder.of(part.number, "part"))
        if part.last:
            self.close()
            self._close(path, part)

    def close(self) -> None:
        """Let go of an output that is not whole."""
        if self._joiner is not None:
            self._joiner.close()
            self._joiner = None

    def _close(self, path: str, last: Part) -> None:
        os.makedirs(os.path.dirname(os.path.abspath(last.target)), exist_ok=True)
        # The only part becomes the output itself: killed after that, it is the output that tells.
        if os.path.exists(path) or last.number != last.group:
            os.replace(path, last.target)
        with open(self._folder.of(last.group, "closed"), "wb"):
            pass
        for number in range(last.group, last.number + 1):
            with suppress(FileNotFoundError):
                os.unlink(self._folder.of(number, "part"))


def _joiner(kind: str, path: str) -> _Joiner:
    if kind == "parquet":
        from cleaner.corpus.parquet import Joiner

        return Joiner(path)
    return _Bytes(path)
