"""Data frames: pandas and Polars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleaner.corpus.batch import Batch, check_columns

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


def clean_pandas(frame: pd.DataFrame, field: str = "text", batch: Batch | None = None) -> pd.DataFrame:
    """A new frame, cleaned; its index stays with its rows.

    The counts are dictionaries: `pandas.DataFrame(list(clean.removed_lines)).sum()` adds them up.

    Raises:
        ValueError: the column is missing, or one of those that are added is there already.
        TypeError: a value of the column is neither a string nor missing.
    """
    import pandas as pd

    batch = batch or Batch()
    check_columns(map(str, frame.columns), field, batch.added)
    texts = frame[field].astype(object).where(frame[field].notna(), None).tolist()
    out, stays = batch.columns(texts)
    clean = frame[stays].copy()
    clean[field] = pd.Series(out.pop("text"), index=clean.index, dtype=frame[field].dtype)
    for name, values in out.items():
        clean[name] = pd.Series(values, index=clean.index, dtype="bool" if name == "changed" else "object")
    return clean


def clean_polars(frame: pl.DataFrame, field: str = "text", batch: Batch | None = None) -> pl.DataFrame:
    """A new frame, cleaned. For a lazy frame: `lazy.map_batches(clean_polars, streamable=True, schema=polars_schema(...))`.

    The counts are structs: `clean["removed_lines"].struct.unnest().sum()` adds them up.

    Raises:
        ValueError: the column is missing, or one of those that are added is there already.
        TypeError: a value of the column is neither a string nor missing.
    """
    import polars as pl

    batch = batch or Batch()
    schema = polars_schema(frame.schema, field, batch)
    out, stays = batch.columns(frame[field].to_list())
    clean = frame.filter(pl.Series(stays, dtype=pl.Boolean))
    out[field] = out.pop("text")
    return clean.with_columns([pl.Series(name, values, dtype=schema[name]) for name, values in out.items()]).select(
        schema.names()
    )


def polars_schema(before: pl.Schema, field: str = "text", batch: Batch | None = None) -> pl.Schema:
    """The schema that `clean_polars` gives for a frame with the schema `before`.

    Raises:
        ValueError: the column is missing, or one of those that are added is there already.
    """
    import polars as pl

    batch = batch or Batch()
    check_columns(before, field, batch.added)
    counts = pl.Struct(dict.fromkeys(batch.categories, pl.Int64))
    texts = dict.fromkeys(("category", "filter", "reason", "text"), pl.String)
    removal = pl.Struct({"start": pl.Int64, "end": pl.Int64, "confidence": pl.Float64, "line": pl.Int64, **texts})
    types: dict[str, Any] = {"changed": pl.Boolean, "guard": pl.String, "removals": pl.List(removal)}
    types |= {"removed_lines": counts, "removed_characters": counts}
    return pl.Schema({**before, **{name: types[name] for name in batch.added}})
