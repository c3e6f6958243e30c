"""Spark: `mapInArrow` over a data frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleaner.corpus.batch import Batch, check_columns
from cleaner.engines.arrow import ArrowCleaner, added


def clean_spark(frame: Any, field: str = "text", batch: Batch | None = None) -> Any:
    """A new `pyspark.sql.DataFrame`, cleaned where its partitions are; the cleaner must be installed on the workers.

    `frame.select(sum("removed_lines.donation"))` adds a category up over the cluster.

    Raises:
        ValueError: the column is missing, or one of those that are added is there already.
    """
    from pyspark.sql.pandas.types import from_arrow_type
    from pyspark.sql.types import StructField, StructType

    batch = batch or Batch()
    check_columns(frame.columns, field, batch.added)
    more = [StructField(new.name, from_arrow_type(new.type)) for new in added(batch.categories, batch.removals)]
    return frame.mapInArrow(_Map(ArrowCleaner(field, batch)), StructType([*frame.schema.fields, *more]))


class _Map:
    def __init__(self, clean: ArrowCleaner) -> None:
        self._clean = clean

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        return map(self._clean, batches)
