"""Labelled lines in other forms than `cleaner.evaluate.read` takes: codes without their text, and case files.

Codes stand in a file of their own, so that labels can be kept without the text they are for. A line a document: its number in
the JSONL file (from 0), its site, and the codes of its lines, each with how often it stands in a row:
`12 TAB example.org TAB B3 H1 K14 R20`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from cleaner.errors import SourceError
from cleaner.evaluate import Record, read

#: The code of each category of the case files; others make no claim.
CODES = {
    "keep": "K", "donation": "D", "comment_prompt": "F", "notification": "N", "duplicate": "U", "subscription": "S", "legal": "P",
    "advertising": "A", "related": "R", "interface": "B", "reader_comment": "T", "metadata": "M", "other": "X",
}  # fmt: skip

_RUN = re.compile(r"([A-Z])(\d+)")


def packed(codes: list[str]) -> str:
    """Codes as they stand in the file.

    >>> packed(["B", "B", "K"])
    'B2 K1'
    """
    return " ".join(f"{code}{len(list(run))}" for code, run in groupby(codes))


def relabel(documents: str, codes: str) -> Iterator[Record]:
    """The documents of a JSONL file for which there are codes, with these codes.

    Raises:
        SourceError: a line of codes is malformed or does not fit its document; with file and line.
        OSError: a file cannot be read.
    """
    records = dict(enumerate(read(documents)))
    with open(codes, encoding="utf-8") as file:
        for number, row in enumerate(file, 1):
            if row.strip() and not row.startswith("#"):
                yield _relabelled(records, row.rstrip("\n"), codes, number)


def _relabelled(records: dict[int, Record], row: str, path: str, number: int) -> Record:
    try:
        key, site, runs = row.split("\t")
        record = records[int(key)]
    except (ValueError, KeyError) as error:
        raise SourceError(path, number, "wanted: number of a document, its site, its codes, set apart by tabs") from error
    matches = [_RUN.fullmatch(run) for run in runs.split(" ")]
    labels = [match[1] for match in matches if match for _ in range(int(match[2]))]
    if not all(matches) or record.site != site or len(labels) != len(record.lines):
        raise SourceError(path, number, f"the codes do not fit document {key} ({record.site}, {len(record.lines)} lines)")
    return record._replace(lines=[(code, text) for code, (_, text) in zip(labels, record.lines, strict=True)])


def cases(folder: str) -> Iterator[Record]:
    """The case files below a folder (`category TAB line`), each as a site of its own.

    Raises:
        SourceError: a line has no tab; with file and line.
    """
    for path in sorted(Path(folder).rglob("*.case")):
        lines = []
        for number, row in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            category, tab, text = row.partition("\t")
            if row and not row.startswith("# ") and not tab:
                raise SourceError(str(path), number, "no tab between code and text")
            if tab:
                lines.append((CODES.get(category, "?"), text))
        yield Record(f"case-{path.stem}", "unknown", lines)
