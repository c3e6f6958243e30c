"""Hugging Face `datasets`: `map(batched=True)` with the types of the added columns."""

from __future__ import annotations

from typing import Any

from cleaner.corpus.batch import Batch, check_columns


def clean_dataset(dataset: Any, field: str = "text", batch: Batch | None = None, **options: Any) -> Any:
    """A new `datasets.Dataset` or `IterableDataset`, cleaned.

    Args:
        dataset: what `datasets` loaded.
        field: the text column.
        batch: pipeline and guard; None for the default ones.
        options: what `map` takes: `num_proc`, `batch_size`.

    Raises:
        ValueError: the column is missing, or one of those that are added is there already.
    """
    batch = batch or Batch()
    features = None
    if dataset.features is not None:
        check_columns(dataset.features, field, batch.added)
        features = _features(dataset.features, batch)
    return dataset.map(_Map(field, batch), batched=True, features=features, **options)


class _Map:
    """The function that is mapped; a class, because its pickled form names the work for the cache of `datasets`."""

    def __init__(self, field: str, batch: Batch) -> None:
        self.field, self.batch = field, batch

    def __call__(self, columns: Any) -> dict[str, list[Any]]:
        return self.batch.table(dict(columns), self.field)


def _features(before: Any, batch: Batch) -> Any:
    from datasets import Features
    from datasets.features.features import generate_from_arrow_type

    from cleaner.engines.arrow import added

    # A first batch in which the guard never speaks would otherwise make a column that can hold nothing.
    more = {field.name: generate_from_arrow_type(field.type) for field in added(batch.categories, batch.removals)}
    return Features({**before, **more})
