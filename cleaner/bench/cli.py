"""The command: arguments, what is measured in which order, the table."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import cleaner
from cleaner.bench.fresh import Memory, Start, memory, start
from cleaner.bench.growth import FACTOR, SHAPES, Point, curve, ratios, sizes
from cleaner.bench.plot import svg
from cleaner.bench.speed import CLEAN, EXPLAIN, Runner, Speed, first_reading, race, ratio, unchanged, yardsticks
from cleaner.bench.texts import MB, read, repeated
from cleaner.errors import CleanerError

_FIRST, _UNCHANGED = "clean, first reading", "clean, nothing to remove"


class Report(NamedTuple):
    """All that one run measured.

    Attributes:
        speeds: by the name of what read the texts, `clean` first.
        curves: by shape, the documents from small to large.
        memory: None where the system does not tell.
    """

    texts: int
    speeds: dict[str, Speed]
    memory: Memory | None
    curves: dict[str, list[Point]]
    start: Start

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        clean = self.speeds[CLEAN]
        return {
            "python": platform.python_version(),
            "cleaner": cleaner.__version__,
            "texts": self.texts,
            "speed": {
                name: {
                    **speed._asdict(),
                    "megabytes_a_second": speed.megabytes,
                    "microseconds_a_document": speed.microseconds,
                    "clean_is_times_as_fast": clean.megabytes / speed.megabytes,
                }
                for name, speed in self.speeds.items()
            },
            "peak_megabytes": self.memory and self.memory._asdict(),
            "growth": {
                name: {"points": [point._asdict() for point in points], "ratios": ratios(points)}
                for name, points in self.curves.items()
            },
            "start_seconds": self.start._asdict(),
        }


def main(argv: Sequence[str] | None = None) -> int:
    """The `python -m cleaner.bench` command; returns the exit status."""
    args = _parser().parse_args(argv)
    try:
        texts = read(args.files)
    except (OSError, UnicodeDecodeError, CleanerError) as error:
        print(f"cleaner.bench: {error}", file=sys.stderr)
        return 1
    if args.short:
        found = {"ratio": round(ratio(texts, args.rounds), 4), "python": platform.python_version(), "rounds": args.rounds}
        print(json.dumps(found))
        return 0
    report = measure(texts, args.megabytes, args.rounds, args.share)
    if args.plot:
        try:
            Path(args.plot).write_text(svg(report.curves), encoding="utf-8")
        except OSError as error:
            print(f"cleaner.bench: {error}", file=sys.stderr)
            return 1
    print(json.dumps(report.as_dict()) if args.json else "\n".join(_table(report)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cleaner.bench", description="Measure how fast the cleaner is.")
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="text files, folders, JSON lines with `text` or labelled `lines`; none: the samples of the repository",
    )
    parser.add_argument("--megabytes", type=_positive, default=1.0, help="repeat the texts up to this size (default 1)")
    parser.add_argument("--rounds", type=_whole, default=3, help="the best of so many counts (default 3)")
    parser.add_argument(
        "--share", type=_positive, default=1 / FACTOR, help="growth up to this share of full size (default 0.125)"
    )
    parser.add_argument(
        "--full",
        action="store_const",
        const=1.0,
        dest="share",
        help="growth up to full size: one line of 20 MB, a million empty lines, a hundred thousand equal ones",
    )
    parser.add_argument("--plot", metavar="OUT.svg", help="draw the growth curves")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    parser.add_argument("--short", action="store_true", help="only the ratio to plain Python that CI looks at, as JSON")
    return parser


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise ValueError
    return value


def _whole(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError
    return value


def measure(texts: Sequence[str], megabytes: float, rounds: int, share: float) -> Report:
    """Measure everything.

    Args:
        texts: the documents.
        megabytes: they are repeated up to this size.
        rounds: of so many the best counts.
        share: growth is measured up to this share of the largest documents.
    """
    first = first_reading(texts)
    # Before the yardsticks are imported: what they bring along would make every collection of garbage dearer.
    curves = {name: curve(shape.make, sizes(shape, share), rounds) for name, shape in SHAPES.items()}
    drawn = repeated(texts, megabytes)
    ours = {CLEAN: Runner(cleaner.clean), EXPLAIN: Runner(cleaner.explain)}
    raced = race({**ours, **yardsticks()}, drawn, rounds)
    speeds = {CLEAN: raced.pop(CLEAN), _FIRST: first}
    if left := unchanged(drawn):
        speeds[_UNCHANGED] = race({_UNCHANGED: ours[CLEAN]}, repeated(left, megabytes / 2), rounds)[_UNCHANGED]
    used = memory(drawn, min(1.0, megabytes))
    return Report(len(set(drawn)), {**speeds, **raced}, used, curves, start(max(texts, key=len), 2 * rounds))


def _table(report: Report) -> Iterator[str]:
    clean = report.speeds[CLEAN]
    yield (
        f"{report.texts} texts, repeated to {clean.documents} documents and {clean.size / MB:.1f} MB, "
        f"{clean.size / clean.documents / 1000:.1f} KB each (Python {platform.python_version()})"
    )
    yield f"\n{'speed':28}{'MB/s':>10}{'µs/document':>14}{'clean is':>12}"
    for name, speed in report.speeds.items():
        times = "" if name.startswith(CLEAN) else f"{clean.megabytes / speed.megabytes:10.3f} x"
        yield f"{name:28}{speed.megabytes:10.2f}{speed.microseconds:14.0f}{times:>12}"
    yield f"{'explain takes':28}{report.speeds[EXPLAIN].seconds / clean.seconds:10.2f} times the time of clean"
    yield f"\n{f'growth, by {FACTOR} times the text':28}{'largest document':>26}{'seconds':>10}{'times the time':>18}"
    for name, points in report.curves.items():
        largest, shape = points[-1], SHAPES[name]
        times = "  ".join(f"{value:.1f}" for value in ratios(points))
        yield f"{name:28}{f'{largest.units} {shape.unit}':>26}{largest.seconds:10.3f}{times:>18}"
    if report.memory:
        used = report.memory
        yield "\npeak memory, MB"
        large = f"one document of {min(1.0, clean.size / MB):.1f} MB"
        for name, value in zip(("imported", "first document", "all documents", large), used, strict=True):
            yield f"{name:28}{value:10.0f}"
    begun = report.start
    yield "\nfresh process, ms on the clock"
    for name, value in (
        ("import regex", begun.regex),
        ("import cleaner, beyond that", begun.cleaner),
        ("first document", begun.cached),
        ("first document, no index yet", begun.uncached),
    ):
        yield f"{name:28}{value * 1000:10.0f}"
