"""JSONL: a byte range of a plain file, or a packed file whole. Rows keep every byte but those of their text."""

from __future__ import annotations

import os
from collections.abc import Iterator

from cleaner.corpus.desk import Desk
from cleaner.corpus.formats import format_of, reading, writing
from cleaner.corpus.job import Part
from cleaner.corpus.rows import RowError, locate, replace

_BOM = b"\xef\xbb\xbf"


def ranges(path: str, target_size: int) -> Iterator[tuple[int, int]]:
    """Byte ranges of a plain file that end at line ends, each at least `target_size` bytes but the last."""
    size = os.path.getsize(path)
    start = 0
    with open(path, "rb") as file:
        while start < size:
            file.seek(min(start + target_size, size) - 1)
            file.readline()
            yield start, file.tell()
            start = file.tell()


def work(part: Part, desk: Desk, out_path: str) -> None:
    """Clean the rows of a part into `out_path`."""
    desk.base = lambda: _lines_before(part)
    packed_in, packed_out = (f.packed if (f := format_of(path)) else "" for path in (part.source, part.target))
    ended = True
    with reading(part.source, packed_in) as source, writing(out_path, packed_out) as out:
        if part.start:
            source.lines.seek(part.start)
        at = part.start
        while packed_in or at < part.end:
            raw = source.lines.readline()
            if not raw:
                break
            at += len(raw)
            desk.lines += 1
            desk.advance(source.at() if packed_in else at - part.start)
            if desk.lines == 1 and part.head and raw.startswith(_BOM):
                raw = raw.removeprefix(_BOM)
                out.write(_BOM if part.first else b"")
            if clean := _row(raw, desk):
                out.write(clean)
                ended = clean.endswith(b"\n")
        if not ended and not part.last:
            out.write(b"\n")


def _row(raw: bytes, desk: Desk) -> bytes | None:
    """The clean row; None for one that is dropped or rejected. A blank line holds no row and stays."""
    if not raw.strip():
        return raw
    settings, source = desk.job.settings, desk.part.source
    try:
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RowError(f"not UTF-8 at byte {error.start + 1} (0x{raw[error.start]:02x})") from None
        place = locate(line, settings.field, settings.added)
    except RowError as error:
        desk.reject(error, raw.rstrip(b"\r\n").decode("utf-8", "backslashreplace"), source, desk.lines)
        return None
    row = desk.clean(place.text, source, desk.lines)
    if row.action == "drop":
        return None
    added = desk.added(row)
    if not row.changed and not added:
        return raw
    return replace(line, place, row.text, added).encode("utf-8")


def _lines_before(part: Part) -> int:
    count, left = 0, part.start
    with open(part.source, "rb") as file:
        while left and (chunk := file.read(min(left, 1 << 20))):
            count += chunk.count(b"\n")
            left -= len(chunk)
    return count
