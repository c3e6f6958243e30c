"""The same cleaner over files of many documents: `cleaner corpus`, and the batch function that the engines share.

Nothing here is imported by `import cleaner`, and nothing heavy by this package: pyarrow, zstandard and the worker
processes are loaded where they are used.
"""

from __future__ import annotations

from cleaner.corpus.batch import Batch, Row
from cleaner.corpus.guard import Guard
from cleaner.corpus.job import Job, Settings
from cleaner.corpus.run import run
from cleaner.corpus.summary import Summary

__all__ = ["Batch", "Guard", "Job", "Row", "Settings", "Summary", "run"]
