"""CSV: one file, one part. A row that does not change keeps its bytes; in one that changes, other cells keep their values."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TextIO

from cleaner.corpus.batch import check_columns
from cleaner.corpus.desk import Desk
from cleaner.corpus.formats import format_of, reading, writing
from cleaner.corpus.job import BadRowError, Part, Settings
from cleaner.corpus.rows import RowError

# What one cell may hold: a quote that is never closed must not swallow the rest of a large file.
_CELL = 1 << 26
_DELIMITERS = (",", ";", "\t", "|")


class Header(NamedTuple):
    """`names`: the columns. `delimiter`: what stands between them. `raw`: the line as it is. `bom`: before it, or nothing."""

    names: list[str]
    delimiter: str
    raw: str
    bom: str


class _Rows:
    """Lines of a file, remembered until the row that they make is done."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.number = 0
        self.taken: list[str] = []
        self._lines = lines

    def __iter__(self) -> _Rows:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.taken.append(line)
        return line


def check(path: str, settings: Settings) -> Header:
    """The header of a file.

    Raises:
        BadRowError: there is none, the text column is missing, or a column to be added is there already.
    """
    with _open(path) as (file, _):
        return _header(file, path, settings)


def work(part: Part, desk: Desk, out_path: str) -> None:
    """Clean the rows of a file into `out_path`."""
    limit = csv.field_size_limit(_CELL)
    packed = f.packed if (f := format_of(part.target)) else ""
    try:
        with (
            _open(part.source) as (file, source),
            writing(out_path, packed) as raw_out,
            # Bytes that are not UTF-8 are let through here and found row by row.
            io.TextIOWrapper(raw_out, "utf-8", "surrogateescape", newline="") as out,
        ):
            header = _header(file, part.source, desk.job.settings)
            if part.first:
                names = [*header.names, *desk.job.settings.added]
                out.write(header.bom + (_line(names, header, header.raw) if desk.job.settings.added else header.raw))
            last = header.raw
            for raw, cells, line in _rows(file, header, desk):
                desk.advance(source.tell())
                clean = _clean(raw, cells, line, header, desk) if cells else raw
                if clean:
                    out.write(clean)
                    last = clean
            if not last.endswith(("\n", "\r")) and not part.last:
                out.write("\n")
    finally:
        csv.field_size_limit(limit)


class _open:  # noqa: N801 (used as a function)
    """A CSV file as text, with the raw file beside it for its position."""

    def __init__(self, path: str) -> None:
        format_ = format_of(path)
        self._source = reading(path, format_.packed if format_ else "")

    def __enter__(self) -> tuple[TextIO, io.BufferedIOBase]:
        source = self._source.__enter__()
        return io.TextIOWrapper(source.lines, "utf-8", "surrogateescape", newline=""), source.raw  # type: ignore[return-value]

    def __exit__(self, *error: object) -> None:
        self._source.__exit__(*error)  # type: ignore[arg-type]


def _header(file: TextIO, path: str, settings: Settings) -> Header:
    raw = file.readline()
    bom = "\ufeff" if raw.startswith("\ufeff") else ""
    raw = raw.removeprefix(bom)
    if not raw.strip():
        raise BadRowError(path, 1, None, "there is no header")
    default = "\t" if ".tsv" in path.lower() else ","
    for delimiter in (default, *_DELIMITERS):
        names = next(csv.reader([raw], delimiter=delimiter))
        if settings.field in names:
            break
    else:
        delimiter, names = default, next(csv.reader([raw], delimiter=default))
    try:
        check_columns(names, settings.field, settings.added)
    except ValueError as error:
        raise BadRowError(path, 1, settings.field, str(error)) from None
    return Header(names, delimiter, raw, bom)


def _rows(file: TextIO, header: Header, desk: Desk) -> Iterator[tuple[str, list[str], int]]:
    """Each row as it stands, its cells (none for a blank line), and the line where it starts."""
    lines = _Rows(file)
    reader = csv.reader(lines, delimiter=header.delimiter, strict=True)
    while True:
        lines.taken.clear()
        line = lines.number + 2
        try:
            cells = next(reader)
            raw = "".join(lines.taken)
            _check_row(cells, raw, header)
        except StopIteration:
            return
        except csv.Error as error:
            _reject(RowError(f"malformed CSV: {error}"), "".join(lines.taken), line, desk)
        except RowError as error:
            _reject(error, raw, line, desk)
        else:
            yield raw, cells, line


def _check_row(cells: Sequence[str], raw: str, header: Header) -> None:
    if cells and len(cells) != len(header.names):
        raise RowError(f"{len(cells)} cells where the header has {len(header.names)}")
    try:
        raw.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RowError(f"not UTF-8 (0x{ord(raw[error.start]) - 0xDC00:02x})") from None


def _reject(error: RowError, raw: str, line: int, desk: Desk) -> None:
    shown = raw.rstrip("\r\n").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    desk.reject(error, shown, desk.part.source, line)


def _clean(raw: str, cells: list[str], line: int, header: Header, desk: Desk) -> str | None:
    at = header.names.index(desk.job.settings.field)
    row = desk.clean(cells[at], desk.part.source, line)
    if row.action == "drop":
        return None
    added = desk.added(row)
    if not row.changed and not added:
        return raw
    cells[at] = row.text
    more = ["" if value is None else value if isinstance(value, str) else json.dumps(value) for value in added.values()]
    return _line([*cells, *more], header, raw)


def _line(cells: Sequence[str], header: Header, like: str) -> str:
    end = like[len(like.rstrip("\r\n")) :] if like.endswith(("\n", "\r")) else ""
    out = io.StringIO()
    csv.writer(out, delimiter=header.delimiter, lineterminator=end).writerow(cells)
    return out.getvalue()
