"""Measure the cleaner on labelled lines: `cleaner eval LABELLED.jsonl`.

A record a line: `{"lines": [[code, text], ...]}`, with `site` and `lang` if they are known. Codes: K and H must stay; D F N U S
P A R B T X must go; M and C (metadata, captions) count for neither side, and so do other codes. A line counts as dropped when at
least half of its characters (white space apart) lie in removed spans. Lines without a letter or digit are not counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from cleaner.errors import SourceError
from cleaner.pipeline import Pipeline

STAY, OPTIONAL, GO = "KH", "MC", "DFNUSPARBTX"


class Record(NamedTuple):
    """A labelled document: (code, text) for each line."""

    site: str
    lang: str
    lines: list[tuple[str, str]]

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each line."""
        return tuple(text for _, text in self.lines)


class Mistake(NamedTuple):
    """A line that was dropped and should stay, or the other way round."""

    code: str
    lang: str
    site: str
    text: str


class Score(NamedTuple):
    """What was measured: `counts` is code -> [lines, dropped]; the shares are from 0 to 1."""

    counts: dict[str, list[int]]
    recall: float
    precision: float
    content_loss_lines: float
    content_loss_chars: float
    docs_hurt: float
    mistakes: list[Mistake]

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def figures(self) -> dict[str, float]:
        """The shares by name."""
        names = ("recall", "precision", "content_loss_lines", "content_loss_chars", "docs_hurt", "f1")
        return {name: getattr(self, name) for name in names}


def read(path: str) -> Iterator[Record]:
    """Read labelled documents.

    Raises:
        SourceError: a record is malformed; with file, line and field.
        OSError: the file cannot be read.
    """
    with open(path, encoding="utf-8") as file:
        for number, raw in enumerate(file, 1):
            if not raw.strip():
                continue
            try:
                row = json.loads(raw)
            except ValueError as error:
                raise SourceError(path, number, f"not JSON: {error}") from error
            if not isinstance(row, dict) or not isinstance(row.get("lines"), list):
                raise SourceError(path, number, "field 'lines': a list of [code, text] pairs is wanted")
            for n, pair in enumerate(row["lines"]):
                if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
                    raise SourceError(path, number, f"field 'lines', entry {n}: a [code, text] pair is wanted")
            yield Record(str(row.get("site") or ""), str(row.get("lang") or "unknown"), [(c, t) for c, t in row["lines"]])


def fold_of(site: str) -> str:
    """The half of the sites, A or B, that a site belongs to; stable."""
    return "AB"[hashlib.sha1(site.encode()).digest()[7] % 2]  # noqa: S324 (no cryptography: a stable split)


def dropped(lines: Sequence[str], pipeline: Pipeline) -> list[bool]:
    """For each line of a document whether the pipeline drops it."""
    text = "\n".join(lines)
    gone = bytearray(len(text))
    for span in pipeline.explain(text).removed:
        gone[span.start : span.end] = b"\x01" * (span.end - span.start)
    drops, at = [], 0
    for line in lines:
        inked = [n for n, char in enumerate(line, at) if not char.isspace()]
        drops.append(bool(inked) and 2 * sum(gone[n] for n in inked) >= len(inked))
        at += len(line) + 1
    return drops


def score(records: Iterable[Record], pipeline: Pipeline) -> Score:
    """Clean every document and compare."""
    counts: dict[str, list[int]] = {}
    mistakes: list[Mistake] = []
    documents = hurt = chars = lost_chars = 0
    for record in records:
        documents += 1
        before = lost_chars
        drops = dropped([text for _, text in record.lines], pipeline)
        for (code, text), drop in zip(record.lines, drops, strict=True):
            if not any(map(str.isalnum, text)):
                continue
            count = counts.setdefault(code, [0, 0])
            count[0] += 1
            count[1] += drop
            if code in STAY:
                chars += len(text)
                lost_chars += len(text) * drop
            if (code in STAY and drop) or (code in GO and not drop):
                mistakes.append(Mistake(code, record.lang, record.site, text))
        hurt += lost_chars > before
    must, gone = (sum(counts.get(code, [0, 0])[n] for code in GO) for n in (0, 1))
    keep, lost = (sum(counts.get(code, [0, 0])[n] for code in STAY) for n in (0, 1))
    return Score(
        counts,
        recall=gone / must if must else 1.0,
        precision=gone / (gone + lost) if gone + lost else 1.0,
        content_loss_lines=lost / keep if keep else 0.0,
        content_loss_chars=lost_chars / chars if chars else 0.0,
        docs_hurt=hurt / documents if documents else 0.0,
        mistakes=mistakes,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """The `cleaner eval` command; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="cleaner eval",
        description="Measure the cleaner on labelled lines. Codes: K H stay; D F N U S P A R B T X go; M C count for neither.",
    )
    parser.add_argument("labelled", help='JSONL, a document a line: {"site", "lang", "lines": [[code, text], ...]}')
    parser.add_argument("--lang", help="only documents in these languages, comma-separated")
    parser.add_argument("--fold", choices="AB", help="only the sites of this half")
    parser.add_argument("--errors", default="", metavar="CODES", help="print the mistakes on lines of these codes: KH, DFN")
    parser.add_argument("--most", type=int, default=60, help="how many mistakes to print (default 60)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    args = parser.parse_args(argv)
    langs = args.lang.split(",") if args.lang else None
    try:
        records = [
            record
            for record in read(args.labelled)
            if (langs is None or record.lang in langs) and args.fold in (None, fold_of(record.site))
        ]
    except (OSError, UnicodeDecodeError) as error:
        print(f"cleaner eval: {args.labelled}: {error}", file=sys.stderr)
        return 1
    found = score(records, Pipeline())
    if args.json:
        print(json.dumps({"codes": found.counts, **found.figures()}))
        return 0
    for line in _table(found):
        print(line)
    for code, lang, site, text in [m for m in found.mistakes if m.code in args.errors.replace(",", "")][: args.most]:
        print(f"{'lost' if code in STAY else 'left'} {code} {lang} {site}: {text[:200]}")
    return 0


def _table(found: Score) -> Iterator[str]:
    known: list[Any] = [code for code in STAY + OPTIONAL + GO if code in found.counts]
    for code in [*known, *sorted(set(found.counts).difference(known))]:
        lines, drops = found.counts[code]
        yield f"{code}  {lines:6d} lines  {drops:6d} dropped  {drops / lines:7.2%}"
    yield "  ".join(f"{name} {value:.4f}" for name, value in found.figures().items())
