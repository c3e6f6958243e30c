"""What the page is told of each document: its lines in pieces, kept and removed, with the evidence. Plain JSON types."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, TypedDict

from cleaner.phrases import is_plain
from cleaner.pipeline import Pipeline
from cleaner.report.collect import BREAK, Source
from cleaner.result import Removal
from cleaner.why import Study, Why

#: What sorts behind every removal: a document that loses nothing.
CERTAIN = 2.0
_CONTENT = re.compile(r"\S")


class Document(TypedDict):
    """A document of the page.

    `lines` holds a string for a line that stays and is like any other, else an object: `t` its pieces, each a string that
    stays or [number of the removal, string that goes]; `doubt` what nearly made it go; `code` its label; `rule` the line as
    rules see it, where that is another than the line itself (its encoding is repaired); `exact` where a phrase of a rules
    file cannot say the line (it has no letter, or signs that phrases give a meaning) and a pattern must.
    """

    name: str
    site: str
    lang: str
    read: int
    lines: list[Any]
    removals: list[dict[str, Any]]
    characters: int
    removed: int
    least: float


def describe(source: Source, pipeline: Pipeline, read: int = 0) -> Document:
    """Clean a document and say all that the page shows of it; `read` is its number in the order read."""
    study = Study(pipeline, source.text)
    removed = study.result.removed
    doubts = {
        doubt.line: {"category": doubt.category, "reason": doubt.reason, **_evidence(doubt.why)} for doubt in study.doubts()
    }
    seen = {span.number: index for index, span in enumerate(study.view.spans)}
    lines: list[Any] = []
    for number, (start, end) in enumerate(_lines(source.text), 1):
        pieces = list(_pieces(source.text, start, end, removed))
        line: dict[str, Any] = {"t": pieces}
        if number in doubts:
            line["doubt"] = doubts[number]
        if source.codes:
            line["code"] = source.codes[number - 1]
        if number in seen:
            rule, core = study.view.lines[seen[number]], study.view.core(seen[number])
            if rule != source.text[start:end].strip():
                line["rule"] = rule
            if not any(map(str.isalnum, core)) or not is_plain(core) or not is_plain(rule):
                line["exact"] = 1
        kept = [piece for piece in pieces if isinstance(piece, str)]
        lines.append("".join(kept) if len(line) == 1 and len(kept) == len(pieces) else line)
    return {
        "name": source.name,
        "site": source.site,
        "lang": source.lang,
        "read": read,
        "lines": lines,
        "removals": [_removal(removal, study.why(removal)) for removal in removed],
        "characters": len(source.text),
        "removed": sum(len(removal.text) for removal in removed),
        "least": min((removal.confidence for removal in removed), default=CERTAIN),
    }


def _removal(removal: Removal, why: Why) -> dict[str, Any]:
    return {
        "category": removal.category,
        "reason": removal.reason,
        "filter": removal.filter,
        "confidence": round(removal.confidence, 4),
        "size": len(removal.text),
        **_evidence(why),
    }


def _evidence(why: Why) -> dict[str, Any]:
    """The evidence without what is empty: most of it is, and thousands of lines add up."""
    first, last = why.block
    held = {"cues": why.cues, "also": why.also, "near": why.near, "against": why.against}
    return {name: value for name, value in held.items() if value} | ({"block": why.block} if first < last else {})


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line, blank ones too, without its line break."""
    at = 1 if text.startswith("\ufeff") else 0
    for match in BREAK.finditer(text, at):
        yield at, match.start()
        at = match.end()
    yield at, len(text)


def _pieces(text: str, start: int, end: int, removed: tuple[Removal, ...]) -> Iterator[str | list[Any]]:
    """A line cut where removals begin and end; a removal of nothing but white space is part of the line break."""
    at = start
    first = bisect_left(removed, start + 1, key=lambda removal: removal.end)
    for number in range(first, len(removed)):
        removal = removed[number]
        a, b = max(removal.start, at), min(removal.end, end)
        if removal.start >= end:
            break
        if not _CONTENT.search(text, a, b):
            continue
        if a > at:
            yield text[at:a]
        yield [number, text[a:b]]
        at = b
    if at < end:
        yield text[at:end]
