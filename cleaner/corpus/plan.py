"""The plan: inputs become parts, in an order that depends on nothing but their names and sizes."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TextIO

from cleaner.corpus.formats import Format, format_of, require
from cleaner.corpus.inputs import Found, Input, check_paths
from cleaner.corpus.job import Part, Settings, UsageError

# A part is a 64th of its file, so that workers end at about the same time, within these bounds (bytes).
_SMALLEST, _LARGEST = 1 << 16, 1 << 24
#: How many text files make one part.
_FILES = 64
_PLAN, _LISTING = "plan.jsonl", "texts.jsonl"


class Plan(NamedTuple):
    """A plan that is written down in the work folder.

    Attributes:
        path: the file that holds it.
        folder: the work folder.
        parts, size: how many parts there are, and the bytes of their inputs.
        other: files of no known format in the input folders.
        resumed: whether the work folder held the same plan already.
    """

    path: str
    folder: str
    parts: int
    size: int
    other: int
    resumed: bool

    def each(self) -> Iterator[Part]:
        """Each part in order, read from the file."""
        with open(self.path, encoding="ascii") as file:
            for line in file:
                row = json.loads(line)
                if isinstance(row, list):
                    yield Part(*row)

    def remove(self) -> None:
        """Take the work folder away; the plan goes last, for what has no plan is not known as a work folder."""
        for name in sorted(os.listdir(self.folder), key=lambda name: (name == _LISTING, name == _PLAN)):
            os.unlink(os.path.join(self.folder, name))
        os.rmdir(self.folder)


def make(inputs: Sequence[str], output: str, settings: Settings, *, resume: bool = False) -> Plan:
    """Look at the inputs and write the plan down; the work folder is made, or found again.

    Raises:
        UsageError: inputs and output do not go together, or an unfinished run is in the way.
        BadRowError: a table without the text column.
        OSError: an input cannot be read.
    """
    to = _target(output)
    folder = os.path.join(output, ".cleaner-parts") if to is None else f"{output}.parts"
    check_paths(inputs, output)
    found = Found(inputs, folder=to is None)
    old = _unfinished(folder, resume)
    made = _make_folder(folder)
    try:
        return _write(folder, found, settings, output, to, resumed=old)
    except BaseException:
        if not old:
            for path in made:
                shutil.rmtree(path, ignore_errors=True)
        raise


def _write(folder: str, found: Found, settings: Settings, output: str, to: Format | None, *, resumed: bool) -> Plan:
    plan, listing = os.path.join(folder, _PLAN), os.path.join(folder, _LISTING)
    with open(f"{plan}.new", "w", encoding="ascii") as file, open(f"{listing}.new", "w", encoding="ascii") as texts:
        file.write(settings.fingerprint() + "\n")
        writer = _Writer(file, texts, listing, output, to, settings)
        for item in found:
            writer.add(item)
        count, size = writer.finish()
    if not count:
        raise UsageError(f"no file of a known format in {', '.join(found.inputs)}")
    if resumed and not all(filecmp.cmp(path, f"{path}.new", shallow=False) for path in (plan, listing)):
        raise UsageError(f"{folder} is of a run with other inputs or options; delete it to start over")
    for path in (listing, plan):
        # The plan comes last: with it, the folder is of use.
        os.replace(f"{path}.new", path)
    return Plan(plan, folder, count, size, found.other, resumed)


def _make_folder(path: str) -> list[str]:
    """Make a folder and those above it; returns the uppermost one that was not there, or nothing."""
    made, above = [], os.path.abspath(path)
    while not os.path.isdir(above):
        made, above = [above], os.path.dirname(above)
    os.makedirs(path, exist_ok=True)
    return made


def _target(output: str) -> Format | None:
    """The format of an output file; None for a folder."""
    if output.endswith(("/", os.sep)) or os.path.isdir(output):
        return None
    format_ = format_of(output)
    if format_ is None and os.path.splitext(output)[1]:
        raise UsageError(f"{output}: no known format; end a folder's name with a slash")
    if format_ is not None:
        require(format_, output)
        if format_.kind == "text":
            raise UsageError(f"{output}: text files go to a folder; end its name with a slash")
    return format_


def _unfinished(folder: str, resume: bool) -> bool:
    """Whether there is a run to resume; a folder that a kill left without a plan is emptied."""
    if not os.path.isdir(folder):
        return False
    names = os.listdir(folder)
    if _PLAN in names:
        if not resume:
            raise UsageError(f"{folder} holds an unfinished run: add --resume to go on, or delete it to start over")
        return True
    if set(names) - {f"{_PLAN}.new", f"{_LISTING}.new", _LISTING}:
        raise UsageError(f"{folder} is in the way: it is not of this command's making")
    shutil.rmtree(folder)
    return False


class _Writer:
    """Writes parts to the plan; each waits for the next, so that the last one of an output can be told."""

    def __init__(self, plan: TextIO, texts: TextIO, listing: str, output: str, to: Format | None, settings: Settings) -> None:
        self._plan, self._texts, self._listing = plan, texts, listing
        self._output, self._to, self._settings = output, to, settings
        self._waiting: Part | None = None
        self._number = self._size = 0
        self._pending = [0, 0, 0]  # text files, their bytes, where their list starts
        self._table: tuple[str, Any] | None = None

    def add(self, item: Input) -> None:
        """Add an input file."""
        require(item.format, item.path)
        status = os.stat(item.path)
        if item.format.kind == "text":
            self._text(item, status.st_size, status.st_mtime_ns)
            return
        self._plan.write(json.dumps({"input": item.path, "size": status.st_size, "time": status.st_mtime_ns}) + "\n")
        if self._to is not None and self._to.kind != item.format.kind:
            raise UsageError(f"{item.path}: its rows cannot go to {self._output}; formats are not converted")
        self._check_table(item)
        target = self._output if self._to is not None else os.path.join(self._output, item.relative)
        for n, (start, end, size) in enumerate(_pieces(item, status.st_size)):
            self._put(item.format.kind, item.path, (start, end, size), target, head=n == 0)

    def finish(self) -> tuple[int, int]:
        """Write what waits; returns how many parts there are, and the bytes of their inputs."""
        self._texts_part()
        if self._waiting is not None:
            self._write(self._waiting, last=True)
        return self._number, self._size

    def _put(self, kind: str, source: str, piece: tuple[int, int, int], target: str, *, head: bool) -> None:
        before = self._waiting
        first = before is None or before.target != target or kind == "text"
        if before is not None:
            self._write(before, last=first)
        group = self._number if first or before is None else before.group
        self._waiting = Part(self._number, group, kind, source, *piece, target, first, False, head)
        self._number += 1
        self._size += piece[2]

    def _write(self, part: Part, *, last: bool) -> None:
        self._plan.write(json.dumps(part._replace(last=last)) + "\n")

    def _text(self, item: Input, size: int, time: int) -> None:
        if self._to is not None:
            raise UsageError(f"{item.path}: text files go to a folder; end its name with a slash")
        if self._settings.added:
            raise UsageError(f"{item.path}: text files have no columns to keep {' and '.join(self._settings.added)} in")
        self._texts.write(json.dumps([item.path, item.relative, size, time]) + "\n")
        self._pending[0] += 1
        self._pending[1] += size
        if self._pending[0] >= _FILES or self._pending[1] >= _LARGEST:
            self._texts_part()

    def _texts_part(self) -> None:
        count, size, start = self._pending
        if count:
            end = self._texts.tell()
            self._put("text", self._listing, (start, end, size), self._output, head=True)
            self._pending = [0, 0, end]

    def _check_table(self, item: Input) -> None:
        """Tables need the text column; those that go to one file need the same columns."""
        if item.format.kind == "csv":
            from cleaner.corpus import csvfile

            header = csvfile.check(item.path, self._settings)
            shape: Any = (header.names, header.delimiter)
        elif item.format.kind == "parquet":
            from cleaner.corpus import parquet

            shape = parquet.check(item.path, self._settings).remove_metadata()
        else:
            return
        if self._to is not None:
            if self._table is not None and self._table[1] != shape:
                raise UsageError(f"{item.path}: its columns are not those of {self._table[0]}; they cannot go to one file")
            self._table = self._table or (item.path, shape)


def _pieces(item: Input, size: int) -> Iterable[tuple[int, int, int]]:
    """The parts of one file: start, end, and bytes of work."""
    target = min(max(size // 64, _SMALLEST), _LARGEST)
    if item.format.kind == "parquet":
        from cleaner.corpus import parquet

        return parquet.groups(item.path, target)
    if item.format == Format("jsonl") and size:
        from cleaner.corpus import jsonl

        return ((start, end, end - start) for start, end in jsonl.ranges(item.path, target))
    return [(0, size, size)]
