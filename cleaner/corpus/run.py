"""A run: the plan's parts are handed to workers, taken back in order, and joined."""

from __future__ import annotations

import json
import os
from collections.abc import Generator, MutableSequence, Sequence
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

from cleaner.corpus import plan as plans
from cleaner.corpus.desk import TOLD
from cleaner.corpus.job import BadRowError, Job, Part, Settings, UnreadableError
from cleaner.corpus.parts import Folder, Outputs
from cleaner.corpus.progress import Progress
from cleaner.corpus.summary import Summary
from cleaner.corpus.work import do as do_in_worker
from cleaner.corpus.work import do_part, start

if TYPE_CHECKING:
    from concurrent.futures import Future

#: Seconds between two looks at what the workers tell.
_LOOK = 0.2


def run(
    inputs: Sequence[str],
    output: str,
    settings: Settings,
    *,
    workers: int = 1,
    resume: bool = False,
    rejects: str | None = None,
    progress: bool | None = None,
) -> Summary:
    """Clean files and folders into a file or folder.

    With more than one worker, call it under `if __name__ == "__main__":`, as all of Python's worker processes need.

    Args:
        inputs: files and folders.
        output: a file with a known extension, or a folder.
        settings: how each document is treated.
        workers: how many processes work; 1 works in this one.
        resume: whether to go on with a run that was stopped or killed. Where there is none, the run starts.
        rejects: the file that bad rows go to; None for: the first bad row stops the run.
        progress: whether to show a progress bar; None for: on a terminal.

    Raises:
        UsageError: inputs, output and settings do not go together.
        BadRowError: a row cannot be cleaned; only without `rejects`.
        UnreadableError: an input cannot be read to its end, or the output not written.
        OSError: a file cannot be opened.
    """
    plan = plans.make(inputs, output, settings, resume=resume)
    job = Job(settings, plan.folder, rejects is not None)
    folder, total = Folder(plan.folder), Summary(other=plan.other)
    with ExitStack() as stack:
        bar = Progress(plan.size, progress)
        stack.callback(bar.close)
        outputs = Outputs(folder)
        stack.callback(outputs.close)
        bad = None
        if rejects is not None:
            os.makedirs(os.path.dirname(os.path.abspath(rejects)), exist_ok=True)
            bad = stack.enter_context(open(f"{rejects}.part", "w", encoding="ascii"))
        offset = 0
        done = stack.enter_context(closing(_done(plan, job, min(workers, plan.parts), bar)))
        for part in done:
            summary, lines = folder.counts(part)
            offset = 0 if part.head else offset
            total.merge(summary, offset)
            for reject in folder.rejects(part):
                reject["line"] += offset if reject["line"] else 0
                if bad is None:
                    # Set aside by an earlier run, but this one is to stop.
                    raise BadRowError(reject["file"], reject["line"], reject["field"], reject["reason"])
                bad.write(json.dumps(reject, ensure_ascii=True) + "\n")
            offset += lines
            outputs.add(part)
    if rejects is not None:
        os.replace(f"{rejects}.part", rejects)
    plan.remove()
    return total


def _done(plan: plans.Plan, job: Job, workers: int, bar: Progress) -> Generator[Part, None, None]:
    """Each part in order, once it is done."""
    if workers > 1:
        return _in_workers(plan, job, workers, bar)
    return _here(plan, job, bar)


def _here(plan: plans.Plan, job: Job, bar: Progress) -> Generator[Part, None, None]:
    folder, board = Folder(job.folder), _Board(bar, 1)
    for part in plan.each():
        if folder.is_done(part):
            bar.resumed(part.size)
            board.skip(part)
        else:
            do_part(job, part, board.numbers, 0, board.tell)
            board.finish(part, folder.counts(part)[0], 0)
        yield part


def _in_workers(plan: plans.Plan, job: Job, workers: int, bar: Progress) -> Generator[Part, None, None]:
    import multiprocessing
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool

    # Started afresh, not forked: a fork copies locks of threads that do not live on in it.
    context = multiprocessing.get_context("spawn")
    folder, slots = Folder(job.folder), list(range(2 * workers))
    board = _Board(bar, len(slots), context.RawArray("q", 1 + TOLD * len(slots)))
    pool = ProcessPoolExecutor(workers, context, initializer=start, initargs=(job, board.numbers))
    running: dict[Future[None], tuple[Part, int]] = {}
    ready: dict[int, Part] = {}
    parts, following = plan.each(), 0
    try:
        while True:
            # A few parts wait for the next free worker, and no more: a plan may be long.
            while slots and (part := next(parts, None)) is not None:
                if folder.is_done(part):
                    bar.resumed(part.size)
                    board.skip(part)
                    ready[part.number] = part
                    if len(ready) > 1000:
                        break
                else:
                    slot = slots.pop()
                    running[pool.submit(do_in_worker, part, slot)] = part, slot
            while following in ready:
                yield ready.pop(following)
                following += 1
            if not running:
                if not ready and part is None:
                    return
                continue
            for future in wait(running, _LOOK, FIRST_COMPLETED).done:
                part_done, slot = running.pop(future)
                future.result()
                board.finish(part_done, folder.counts(part_done)[0], slot)
                ready[part_done.number] = part_done
                slots.append(slot)
            board.tell()
    except BrokenProcessPool:
        raise UnreadableError("a worker process died, perhaps for want of memory; --resume goes on where it was") from None
    finally:
        board.stop()
        pool.shutdown(cancel_futures=True)


class _Board:
    """What the parts in work tell, added to what is done."""

    def __init__(self, bar: Progress, slots: int, numbers: Any = None) -> None:
        self.numbers: MutableSequence[int] = [0] * (1 + TOLD * slots) if numbers is None else numbers
        self._bar = bar
        self._done = [0] * TOLD

    def stop(self) -> None:
        """Ask every worker to leave its part."""
        self.numbers[0] = 1

    def skip(self, part: Part) -> None:
        """Count a part that an earlier run did."""
        self._done[0] += part.size

    def finish(self, part: Part, summary: Summary, slot: int) -> None:
        """Count a part that is done, and free its slot."""
        for n, number in enumerate((part.size, summary.documents, summary.read, summary.removed)):
            self._done[n] += number
            self.numbers[1 + TOLD * slot + n] = 0
        self.tell()

    def tell(self) -> None:
        """Tell the progress bar."""
        told = [done + sum(self.numbers[1 + n :: TOLD]) for n, done in enumerate(self._done)]
        self._bar.tell(*told)
