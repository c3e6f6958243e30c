"""Formats by extension, and files that are read and written through their compression."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from typing import Any, BinaryIO, NamedTuple

from cleaner.corpus.job import UsageError

_KINDS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet", ".txt": "text"}
_PACKED = {".gz": "gzip", ".zst": "zstd"}
_CHUNK = 1 << 16


class Format(NamedTuple):
    """`kind`: jsonl, csv, parquet or text. `packed`: gzip, zstd or nothing."""

    kind: str
    packed: str = ""


def format_of(path: str) -> Format | None:
    """The format that a file name's extension says; None for one that is not known.

    >>> format_of("a/news.jsonl.gz"), format_of("news.doc")
    (Format(kind='jsonl', packed='gzip'), None)
    """
    stem, last = os.path.splitext(path.lower())
    packed = _PACKED.get(last, "")
    kind = _KINDS.get(os.path.splitext(stem)[1] if packed else last)
    if kind is None or (packed and kind not in ("jsonl", "csv")):
        return None
    return Format(kind, packed)


def require(format_: Format, path: str) -> None:
    """Whether the packages for a format are there.

    Raises:
        UsageError: one is not, with the way to install it.
    """
    for wanted, package, extra in (("parquet", "pyarrow", "parquet"), ("zstd", "zstandard", "zstd")):
        if wanted in format_ and find_spec(package) is None:
            raise UsageError(f"{path}: {wanted} needs the package {package}: pip install 'article-cleaner[{extra}]'")


class Source(NamedTuple):
    """A file open for reading: `lines` are its bytes unpacked; `at()` is how many bytes of the file itself are read."""

    lines: BinaryIO
    raw: BinaryIO

    def at(self) -> int:
        """Bytes of the file that are read."""
        return self.raw.tell()


@contextmanager
def reading(path: str, packed: str) -> Iterator[Source]:
    """A file, unpacked while it is read. A packed file that is cut short raises `EOFError` when its end is reached."""
    with ExitStack() as stack:
        raw = stack.enter_context(open(path, "rb"))
        if packed == "gzip":
            yield Source(stack.enter_context(gzip.GzipFile(fileobj=raw, mode="rb")), raw)  # type: ignore[arg-type]
        elif packed == "zstd":
            yield Source(io.BufferedReader(_Zstd(raw), _CHUNK), raw)
        else:
            yield Source(raw, raw)


@contextmanager
def writing(path: str, packed: str) -> Iterator[Any]:
    """A file, packed while it is written; the same bytes for the same content (no name, no time in it)."""
    with ExitStack() as stack:
        raw = stack.enter_context(open(path, "wb"))
        if packed == "gzip":
            yield stack.enter_context(gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=6, mtime=0))
        elif packed == "zstd":
            import zstandard

            yield stack.enter_context(zstandard.ZstdCompressor(level=3).stream_writer(raw, closefd=False))
        else:
            yield raw


class _Zstd(io.RawIOBase):
    """Zstandard frames, one after the other. The package's own reader takes a file cut short for a whole one."""

    def __init__(self, raw: BinaryIO) -> None:
        import zstandard

        self._raw, self._left, self._out = raw, b"", b""
        self._factory = zstandard.ZstdDecompressor(max_window_size=1 << 31)
        self._frame: Any = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._out:
            chunk = self._left or self._raw.read(_CHUNK)
            self._left = b""
            if not chunk:
                if self._frame is not None:
                    raise EOFError("the file ends in the middle of a zstandard frame")
                return 0
            if self._frame is None:
                self._frame = self._factory.decompressobj()
            self._out = self._frame.decompress(chunk)
            if self._frame.eof:
                self._left, self._frame = self._frame.unused_data, None
        size = min(len(buffer), len(self._out))
        buffer[:size], self._out = self._out[:size], self._out[size:]
        return size
