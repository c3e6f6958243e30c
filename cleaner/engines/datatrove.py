"""A datatrove block. This module needs datatrove; nothing else imports it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datatrove.pipeline.base import PipelineStep

from cleaner.corpus.batch import Batch, as_dicts, count


class ArticleCleaner(PipelineStep):  # type: ignore[misc]
    """Cleans the text of each document.

    A document's metadata get `changed`, `guard`, `removed_lines` and `removed_characters` (categories that lost something
    only), and `removals` with `Batch(removals=True)`. The statistics of the run hold the sums: `removed_lines/donation`.
    Documents that the guard drops do not go on.

    Args:
        batch: pipeline and guard; None for the default ones.
    """

    type = "FORMAT"
    name = "article-cleaner"

    def __init__(self, batch: Batch | None = None) -> None:
        super().__init__()
        self.batch = batch or Batch()

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        for document in data:
            self.stat_update("total")
            with self.track_time():
                row = self.batch.row(document.text)
                lines, characters = count(row.removed, ())
                document.text = row.text
                document.metadata |= {"changed": row.changed, "guard": row.guard}
                document.metadata |= {"removed_lines": lines, "removed_characters": characters}
                if self.batch.removals:
                    document.metadata["removals"] = as_dicts(row.removed)
            self.stat_update("changed", value=int(row.changed))
            for name in lines:
                self.stat_update(f"removed_lines/{name}", value=lines[name])
                self.stat_update(f"removed_characters/{name}", value=characters[name])
            if row.action:
                self.stat_update(f"guard/{row.action}")
            if row.action != "drop":
                yield document
