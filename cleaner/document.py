"""A document: the untouched text, its lines, and what can be said of each line without knowing any language."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from cleaner.folding import comparable, core, fold_lines

_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LINE = re.compile(r"[^\r\n]+")
_BOM = "\ufeff"
#: What a sentence ends in, closing quotes and brackets included.
END_MARKS = frozenset(".!?…。！？．｡।؟۔:;\"”»’'）)」』")
# Closing quotes of some languages that open quotations in others: they close a sentence behind its full stop.
_CLOSING = frozenset("“«‘")


class Line(NamedTuple):
    """A line that holds something: `start` and `end` are offsets into the document's text, without the line break."""

    number: int
    start: int
    end: int


class Document:
    """A text split into lines. Blank lines are left out of `lines`; they are white space between two lines.

    Attributes:
        text: the input, untouched; all offsets point into it.
        lines: the lines' text without the white space around it, encoding repaired where that was asked for.
        spans: for each line its `Line` (number from 1 as an editor counts, start, end).
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = []
        self.spans: list[Line] = []
        at = len(_BOM) if text.startswith(_BOM) else 0
        if "\r" in text:
            self._split_any(at)
        else:
            for number, raw in enumerate(text[at:].split("\n") if at else text.split("\n"), 1):
                if stripped := raw.strip():
                    self.lines.append(stripped)
                    self.spans.append(Line(number, at, at + len(raw)))
                at += len(raw) + 1

    def mend(self, repairs: Mapping[int, str]) -> None:
        """Replace lines by their repaired selves, by index; before anything else is asked of the document."""
        for index, repaired in repairs.items():
            self.lines[index] = repaired.strip()

    def _split_any(self, at: int) -> None:
        """Split where lines end in `\\r\\n` or `\\r` too; the slow path."""
        numbers = re.compile(r"\r\n|\r|\n")
        number, seen = 1, 0
        for match in _LINE.finditer(self.text, at):
            if stripped := match.group().strip():
                number += sum(1 for _ in numbers.finditer(self.text, seen, match.start()))
                seen = match.start()
                self.lines.append(stripped)
                self.spans.append(Line(number, match.start(), match.end()))

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.spans]

    def touched(self, start: int, end: int) -> range:
        """The lines, by index, that a stretch of the text (offsets) may touch; the first of them may end above it."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        return range(first, max(bisect_left(self._starts, end), first))

    @cached_property
    def _folded(self) -> tuple[list[str], list[str]]:
        return fold_lines(self.lines)

    @property
    def folds(self) -> list[str]:
        """The lines as cues see them (see `cleaner.folding.fold`)."""
        return self._folded[1]

    @cached_property
    def keys(self) -> list[str]:
        """The lines in the form in which they are compared with each other, with their numbers."""
        return list(map(comparable, self._folded[0]))

    def folded(self, index: int) -> str:
        """Line `index` as cues see it."""
        return self.folds[index]

    def numbered(self, index: int) -> str:
        """Line `index` folded, its numbers as they are."""
        return self._folded[0][index]

    def core(self, index: int) -> str:
        """Line `index`, folded, without the punctuation around it."""
        return core(self.folded(index))

    @cached_property
    def shapes(self) -> str:
        """One letter a line: `w` a few words, `h` like a headline, `s` a sentence, `p` a paragraph, `-` no letter or digit.

        The whole document's layout is one short string, so that zones and runs are found by cheap string searches.
        """
        return "".join(map(shape, self.lines))


def _ends_sentence(line: str) -> bool:
    return line[-1] in END_MARKS or (line[-1] in _CLOSING and line[-2] in END_MARKS)


def extent(line: str) -> int:
    """How long a line is, in letters: an ideograph or a syllable sign says as much as two or three."""
    return len(line) if line.isascii() else len(line) + len(_DENSE.findall(line))


def shape(line: str) -> str:
    """The letter that `Document.shapes` holds for this line."""
    size = extent(line)
    if size >= 100:
        return "p" if size >= 200 or _ends_sentence(line) else "h"
    if size >= 20 and _ends_sentence(line):
        return "s"
    if size < 30:
        return "w" if any(map(str.isalnum, line)) else "-"
    return "h"
