"""Throughput, beside yardsticks that read the same texts in the same run."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import cleaner
from cleaner.bench.texts import MB, batches, size

#: What the rows of the table are called.
CLEAN, EXPLAIN, PLAIN, C4, FTFY = "clean", "explain", "plain Python", "C4QualityFilter", "ftfy.fix_text"
# Makes the cleaner import what it imports only where it is needed, so that no timed text pays for that.
_WARM = """The bridge reopened on Monday after two years of repairs to the harbour wall
The bridge reopened on Monday after two years of repairs to the harbor wall
The cafÃ© beside it is open too, said the council.
Sign up to our newsletter"""
_SIGNS = re.compile(r"[^\w\s]+")
_CAPITALISED = re.compile(r"\b[A-Z]\w+(?: [A-Z]\w+)*")


class Runner(NamedTuple):
    """One that reads texts; `prepare` makes of a text what `run` takes, and is not timed."""

    run: Callable[[Any], object]
    prepare: Callable[[str], Any] = str


class Speed(NamedTuple):
    """What was measured of one reader: bytes and documents read, and processor time in seconds."""

    size: int
    documents: int
    seconds: float

    @property
    def megabytes(self) -> float:
        """MB a second."""
        return self.size / MB / self.seconds

    @property
    def microseconds(self) -> float:
        """Microseconds a document."""
        return self.seconds / self.documents * 1e6


def plain(text: str) -> int:
    """The fixed yardstick: what a script would do to the lines of a text, patterns and a dictionary of words.

    Never change it: the speed that CI expects is counted in it.

    >>> plain("The bridge is open. Is the bridge open?")
    5
    """
    words: dict[str, int] = {}
    names = 0
    for line in text.split("\n"):
        names += len(_CAPITALISED.findall(line))
        for word in _SIGNS.sub(" ", line.lower()).split():
            words[word] = words.get(word, 0) + 1
    return len(words) + (names > 1)


def yardsticks() -> dict[str, Runner]:
    """The yardsticks that are installed."""
    found = {PLAIN: Runner(plain)}
    try:
        from datatrove.data import Document
        from datatrove.pipeline.filters import C4QualityFilter
    except ImportError:
        pass
    else:
        found[C4] = Runner(C4QualityFilter(min_num_sentences=-1).filter, lambda text: Document(text=text, id=""))
    import ftfy

    return {**found, FTFY: Runner(ftfy.fix_text)}


@contextmanager
def apart() -> Iterator[None]:
    """Keep all that this process holds already, the yardsticks' imports above all, out of the collections that are timed."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@apart()
def race(runners: Mapping[str, Runner], texts: Sequence[str], rounds: int) -> dict[str, Speed]:
    """Let all read the same batches in turn, `rounds` times; of each batch the best round counts."""
    best: dict[str, list[float]] = {name: [] for name in runners}
    for batch in batches(texts):
        for name, runner in runners.items():
            runner.run(runner.prepare(batch[0]))
            best[name].append(float("inf"))
        for _ in range(rounds):
            for name, runner in runners.items():
                best[name][-1] = min(best[name][-1], seconds(runner.run, map(runner.prepare, batch)))
    return {name: Speed(size(texts), len(texts), sum(times)) for name, times in best.items()}


def seconds(run: Callable[[Any], object], items: Iterable[Any]) -> float:
    """The processor time that `run` takes for all items, the collection of garbage that they cause included."""
    items = list(items)
    gc.collect()
    begun = time.process_time()
    for item in items:
        run(item)
    # A clock of coarse steps may show no time at all.
    return max(time.process_time() - begun, 1e-9)


def first_reading(texts: Sequence[str]) -> Speed:
    """The speed with texts that this process has not cleaned before: only right when it is the first thing done."""
    cleaner.clean(_WARM)
    unlike = list(dict.fromkeys(texts))
    return Speed(size(unlike), len(unlike), seconds(cleaner.clean, unlike))


def unchanged(texts: Sequence[str]) -> list[str]:
    """What is left of texts, where there is nothing to remove from it: there `clean` gives the same object back."""
    left = dict.fromkeys(map(cleaner.clean, dict.fromkeys(texts)))
    return [text for text in left if text and cleaner.clean(text) is text]


def ratio(texts: Sequence[str], rounds: int) -> float:
    """How many times as fast as the fixed yardstick `clean` is: the short form of the benchmark, for CI."""
    cleaner.clean(_WARM)
    speeds = race({CLEAN: Runner(cleaner.clean), PLAIN: Runner(plain)}, texts, rounds)
    return speeds[PLAIN].seconds / speeds[CLEAN].seconds
