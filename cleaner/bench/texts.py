"""The texts of the benchmark: read from files, or the project's own samples, and repeated up to a size."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.errors import SourceError
from cleaner.report.collect import collect

#: They are in the repository, not in the installed package.
SAMPLES = Path(__file__).parent.parent.parent / "samples"
#: One MB, in bytes.
MB = 1_000_000


def read(paths: Sequence[str]) -> list[str]:
    """The documents of text files, folders, and JSON lines with `text` or labelled `lines`; of no paths the samples.

    Raises:
        SourceError: a JSON record is malformed, or there is no document; with file, line and field.
        OSError, UnicodeDecodeError: a file cannot be read.
    """
    given = paths or [str(path) for path in sorted(SAMPLES.glob("*.txt")) if not path.name.endswith(".clean.txt")]
    texts = [source.text for source in collect(given) if source.text]
    if not texts:
        raise SourceError(" ".join(given) or str(SAMPLES), 0, "no text in it; name files with texts")
    return texts


def size(texts: Sequence[str]) -> int:
    """The bytes of texts in UTF-8."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)


def repeated(texts: Sequence[str], megabytes: float, seed: int = 1) -> list[str]:
    """The texts in shuffled order, again and again until `megabytes` are full; of more texts than that, some."""
    draw, drawn, left = random.Random(seed), list[str](), megabytes * MB
    while True:
        for text in draw.sample(texts, len(texts)):
            drawn.append(text)
            left -= size([text])
            if left <= 0:
                return drawn


def batches(texts: Sequence[str], most: int = 100_000) -> Iterator[list[str]]:
    """The texts in order, in batches of about `most` bytes: enough for a clock, few enough to change over often."""
    batch: list[str] = []
    full = 0
    for text in texts:
        batch.append(text)
        full += size([text])
        if full >= most:
            yield batch
            batch, full = [], 0
    if batch:
        yield batch
