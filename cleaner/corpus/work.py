"""A worker: does one part after the other, and ends when its parent does."""

from __future__ import annotations

import errno
import os
import zlib
from collections.abc import Callable, MutableSequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from cleaner.corpus.desk import Desk
from cleaner.corpus.job import Job, Part, UnreadableError
from cleaner.corpus.parts import Folder, renamed

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_job: Job | None = None
_board: MutableSequence[int] | None = None


def start(job: Job, board: MutableSequence[int]) -> None:
    """Make this process a worker."""
    import multiprocessing
    import signal
    import threading

    global _job, _board
    _job, _board = job, board
    # The parent is told to stop by the same key, and lets its workers end in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        # A parent that is killed tells nobody; without this its workers would wait for work for ever.
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def do(part: Part, slot: int) -> None:
    """Do a part in a worker process."""
    if _job is None or _board is None:
        raise RuntimeError("not a worker")
    do_part(_job, part, _board, slot, lambda: None)


def do_part(job: Job, part: Part, board: MutableSequence[int], slot: int, tell: Callable[[], None]) -> None:
    """Do a part: its output, its rejects, and last its counts.

    Raises:
        BadRowError: a row cannot be cleaned, and bad rows are to stop the run.
        UnreadableError: the input cannot be read to its end, or the output not written.
        Stopped: the run is over.
    """
    folder = Folder(job.folder)
    try:
        with ExitStack() as stack:
            rejects_path = stack.enter_context(renamed(folder.of(part.number, "rejects")))
            rejects = stack.enter_context(open(rejects_path, "w", encoding="ascii"))
            desk = Desk(job, part, rejects, board, slot, tell)
            if part.kind == "text":
                from cleaner.corpus import texts

                texts.work(part, desk)
            else:
                _work(part, desk, stack.enter_context(renamed(folder.of(part.number, "part"))))
        if not desk.summary.rejected:
            with suppress(FileNotFoundError):
                os.unlink(folder.of(part.number, "rejects"))
        folder.finish(part, desk.summary, desk.lines)
    except _errors(part) as error:
        problem = getattr(error, "strerror", None) or str(error)
        # Only what fails to be written, for want of space, has no name of its own.
        full = getattr(error, "errno", None) == errno.ENOSPC
        raise UnreadableError(
            f"{getattr(error, 'filename', None) or (part.target if full else part.source)}: {problem}"
        ) from error


def _work(part: Part, desk: Desk, out_path: str) -> None:
    if part.kind == "jsonl":
        from cleaner.corpus.jsonl import work
    elif part.kind == "csv":
        from cleaner.corpus.csvfile import work
    else:
        from cleaner.corpus.parquet import work
    work(part, desk, out_path)


def _errors(part: Part) -> tuple[type[Exception], ...]:
    """What is raised for a file that cannot be read or written, or is damaged."""
    known: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error)
    if part.kind == "parquet":
        import pyarrow as pa

        return (*known, pa.ArrowException)
    if part.source.lower().endswith(".zst"):
        import zstandard

        return (*known, zstandard.ZstdError)
    return known
