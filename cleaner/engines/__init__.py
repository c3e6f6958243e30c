"""The cleaner on engines that people already run. Each module imports its engine only where it is used.

Under all of them is one batch function, `cleaner.corpus.Batch`, and all return the same: the table as it was, with the
text column replaced and these columns added (`cleaner.corpus.Batch.columns`; as Arrow types `cleaner.engines.arrow.schema`):

=======================  ===========================  ============================================================
column                   type                         what
=======================  ===========================  ============================================================
``changed``              bool                         whether the text differs from what came in
``guard``                string or null               why the guard spoke: "lost 0.71 of its words"
``removed_lines``        struct: category -> int64    removed lines; every category is there, so that sums are easy
``removed_characters``   struct: category -> int64    removed characters
``removals``             list of structs              only with `Batch(removals=True)`: each removal and its reason
=======================  ===========================  ============================================================

A missing text stays missing. Rows that the guard drops are missing from the result.
"""

from __future__ import annotations

from cleaner.corpus.batch import Batch
from cleaner.corpus.guard import Guard

__all__ = ["Batch", "Guard"]
