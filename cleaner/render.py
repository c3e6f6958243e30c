"""The one place that cuts: which line breaks go with the removed lines, and the text that is left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.blocks import runs
from cleaner.document import Document
from cleaner.result import Removal, Repair

_BREAK = re.compile(r"\r\n|\r|\n")


def cut_spans(document: Document, gone: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The span that takes out each line of `gone` (ascending indices) with the line break that belongs to it.

    Between two lines that stay, one of the original breaks remains: the largest, so that no paragraph break is lost and
    no double blank line is left. Before the first line and after the last one the original edges of the text remain.
    A removed line above the remaining break takes the break before it along, one below it the break after it.
    Where nothing stays, everything goes.
    """
    spans, text = document.spans, document.text
    cuts: dict[int, tuple[int, int]] = {}
    if len(gone) == len(spans):
        starts = [int(text.startswith("\ufeff")), *(spans[i].start for i in gone[1:]), len(text)]
        return {i: (starts[n], starts[n + 1]) for n, i in enumerate(gone)}
    for first, last in runs(gone):
        edges = [(spans[i - 1].end if i else 0, spans[i].start if i < len(spans) else len(text)) for i in range(first, last + 2)]
        if first == 0:
            kept = 0
        elif last == len(spans) - 1:
            kept = len(edges) - 1
        else:
            sizes = [len(_BREAK.findall(text, *edge)) for edge in edges]
            kept = sizes.index(max(sizes))
        for number, line in enumerate(range(first, last + 1)):
            above = number < kept
            cuts[line] = (edges[number][0], spans[line].end) if above else (spans[line].start, edges[number + 1][1])
    return cuts


def render(text: str, removed: Sequence[Removal], repaired: Sequence[Repair] = ()) -> str:
    """The text without the removed spans, with the repairs made; the same object where there are none."""
    if not removed and not repaired:
        return text
    edits = sorted([(r.start, r.end, "") for r in removed] + [(r.start, r.end, r.after) for r in repaired])
    pieces: list[str] = []
    at = 0
    for start, end, put in edits:
        pieces += (text[at:start], put)
        at = end
    pieces.append(text[at:])
    return "".join(pieces)
