"""Parquet through pyarrow: a part is a few row groups; they are read, and written, in batches of bounded size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cleaner.corpus.arrow import REMOVALS_TYPE, is_text
from cleaner.corpus.batch import check_columns
from cleaner.corpus.desk import Desk
from cleaner.corpus.job import BadRowError, Part, Settings, UsageError
from cleaner.corpus.rows import RowError

#: Bytes, unpacked, of the largest row group that is written; also what is held in memory at a time.
GROUP = 1 << 24
_CODECS = frozenset({"snappy", "gzip", "brotli", "zstd", "lz4"})


def check(path: str, settings: Settings) -> Any:
    """The Arrow schema of a file.

    Raises:
        BadRowError: the text column is missing or holds no strings, or a column to be added is there already.
        UsageError: the file is no Parquet.
    """
    schema = _open(path).schema_arrow
    try:
        check_columns(schema.names, settings.field, settings.added)
    except ValueError as error:
        raise BadRowError(path, 0, settings.field, str(error)) from None
    if not is_text(schema.field(settings.field).type):
        raise BadRowError(path, 0, settings.field, f"not a string but {schema.field(settings.field).type}")
    return schema


def groups(path: str, target_size: int) -> Iterator[tuple[int, int, int]]:
    """Row groups in runs: the first, the one after the last, and the bytes of their data."""
    meta = _open(path).metadata
    start = size = 0
    for number in range(meta.num_row_groups):
        size += meta.row_group(number).total_byte_size
        if size >= target_size or number == meta.num_row_groups - 1:
            yield start, number + 1, size
            start, size = number + 1, 0
    if not meta.num_row_groups:
        yield 0, 0, 0


def work(part: Part, desk: Desk, out_path: str) -> None:
    """Clean the rows of a part into `out_path`."""
    file = _open(part.source)
    schema = _schema(file.schema_arrow, desk.job.settings)
    line = sum(file.metadata.row_group(n).num_rows for n in range(part.start))
    done = 0
    with _writer(out_path, schema, _codec(file)) as writer:
        for batch in _batches(file, range(part.start, part.end)):
            clean = _clean(batch, line, schema, desk, done)
            line += batch.num_rows
            done += batch.nbytes
            if clean.num_rows:
                writer.write_batch(clean)
    file.close()


class Joiner:
    """Parts of one file, one after the other into `path`; row groups stay as the parts have them."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._writer: Any = None

    def add(self, part_path: str) -> None:
        """Append a part."""
        with _open(part_path) as file:
            if self._writer is None:
                self._writer = _writer(self._path, file.schema_arrow, _codec(file))
            for number in range(file.metadata.num_row_groups):
                self._writer.write_table(file.read_row_group(number, use_threads=False))

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.close()


def _open(path: str) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # Column chunks are read piece by piece, not whole.
        return pq.ParquetFile(path, buffer_size=1 << 16, pre_buffer=False)
    except pa.ArrowInvalid as error:
        raise UsageError(f"{path}: {error}") from None


def _writer(path: str, schema: Any, codec: str) -> Any:
    import pyarrow.parquet as pq

    return pq.ParquetWriter(path, schema, compression=codec)


def _codec(file: Any) -> str:
    """The compression that the file has itself."""
    meta = file.metadata
    codec = meta.row_group(0).column(0).compression.lower() if meta.num_row_groups and meta.num_columns else "snappy"
    return codec if codec in _CODECS else "none"


def _schema(schema: Any, settings: Settings) -> Any:
    import pyarrow as pa

    if settings.removals is not None:
        schema = schema.append(pa.field(settings.removals, REMOVALS_TYPE()))
    if settings.flag is not None:
        schema = schema.append(pa.field(settings.flag, pa.string()))
    if settings.added and schema.metadata:
        # This note lists the columns that there were, and its readers take it at its word.
        schema = schema.with_metadata({key: value for key, value in schema.metadata.items() if key != b"huggingface"})
    return schema


def _batches(file: Any, numbers: range) -> Iterator[Any]:
    for number in numbers:
        group = file.metadata.row_group(number)
        size = max(1, group.total_byte_size // max(1, group.num_rows))
        yield from file.iter_batches(batch_size=max(1, GROUP // size), row_groups=[number], use_threads=False)


def _clean(batch: Any, line: int, schema: Any, desk: Desk, done: int) -> Any:
    import pyarrow as pa

    settings, source = desk.job.settings, desk.part.source
    at = batch.schema.get_field_index(settings.field)
    texts: list[str] = []
    stays: list[bool] = []
    added: dict[str, list[Any]] = {name: [] for name in settings.added}
    for number, scalar in enumerate(batch.column(at)):
        row = None
        try:
            text = scalar.as_py()
            if text is None:
                raise RowError("missing", settings.field)
            row = desk.clean(text, source, line + number + 1)
        except UnicodeDecodeError:
            _reject(RowError("not UTF-8", settings.field), batch, number, line, desk)
        except RowError as error:
            _reject(error, batch, number, line, desk)
        stays.append(row is not None and row.action != "drop")
        if row is not None and stays[-1]:
            texts.append(row.text)
            for name, value in desk.added(row).items():
                added[name].append(value)
        desk.advance(done + batch.nbytes * (number + 1) // batch.num_rows)
    rest = batch.filter(pa.array(stays, pa.bool_())) if not all(stays) else batch
    columns = rest.columns
    columns[at] = pa.array(texts, schema.field(at).type)
    columns += [pa.array(added[name], schema.field(name).type) for name in settings.added]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _reject(error: RowError, batch: Any, number: int, line: int, desk: Desk) -> None:
    others = batch.drop_columns([desk.job.settings.field]).slice(number, 1).to_pylist()[0]
    desk.reject(error, json.dumps(others, default=str), desk.part.source, line + number + 1)
