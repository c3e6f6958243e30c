"""Ray Data: `map_batches` in Arrow's form."""

from __future__ import annotations

from typing import Any

from cleaner.corpus.batch import Batch
from cleaner.engines.arrow import ArrowCleaner


def clean_ray(dataset: Any, field: str = "text", batch: Batch | None = None, **options: Any) -> Any:
    """A new `ray.data.Dataset`, cleaned where its blocks are; the cleaner must be installed on the workers.

    Args:
        dataset: what `ray.data` read.
        field: the text column.
        batch: pipeline and guard; None for the default ones.
        options: what `map_batches` takes: `batch_size`, `num_cpus`.
    """
    return dataset.map_batches(ArrowCleaner(field, batch).table, batch_format="pyarrow", **options)
