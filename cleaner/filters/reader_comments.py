"""Readers' comments: a thread has a rhythm of name, date, text, reply and votes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from cleaner.evidence import View
from cleaner.filters.cued import CuedLines
from cleaner.result import Mark

#: A thread needs this many beats ("Reply", "Report", "level 1"), no further apart than `APART` lines; under a heading of
#: comments one less, and stamps count as beats.
BEATS, APART = 3, 12
#: How far under its heading a thread begins, and how many paragraphs of article stand above the heading.
BEGINS, ARTICLE = 6, 3
#: No piece of a thread's furniture is longer.
FURNITURE = 45
#: Evidence (log-odds) of standing in a thread: enough for a paragraph.
IN_THREAD = 7.5


class ReaderComments(CuedLines):
    """Marks the threads that the rhythm of their furniture, or a heading with stamps under it, sets apart."""

    def __init__(self) -> None:
        super().__init__("reader comments", "reader_comment", "Belongs to a reader's comment")

    def cued(self, view: View) -> Iterable[Mark]:
        """Nothing: one "Reply" or "somebody wrote:" is no thread."""
        return ()

    def extend(self, view: View) -> Iterable[Mark]:
        """Mark every line from a thread's beginning to its end."""
        # Headlines end in "museum says" too: furniture is short.
        beats = sorted(line for line in view.evidence.get(self.category, {}) if len(view.lines[line]) <= FURNITURE)
        for thread in self._threads(beats):
            if len(thread) >= BEATS:
                first = self._beginning(view, thread[0], thread)
                yield from self._mark(view, range(first, thread[-1] + 1))
        heading = self._heading(view)
        if heading is not None:
            stamped = [line for line in range(heading + 1, len(view)) if view.stamp(line) in ("date", "named")]
            for thread in self._threads(sorted({*beats, *stamped})):
                if thread[0] > heading and thread[0] - heading <= BEGINS and len(thread) >= BEATS - 1:
                    yield from self._mark(view, range(heading + 1, self._end(view, thread[-1])))
                    break

    def _threads(self, beats: Iterable[int]) -> Iterator[list[int]]:
        thread: list[int] = []
        for beat in beats:
            if thread and beat - thread[-1] > APART:
                yield thread
                thread = []
            thread.append(beat)
        if thread:
            yield thread

    def _beginning(self, view: View, beat: int, thread: list[int]) -> int:
        """Where the comment of the first beat begins: as far above it as beats are apart, below any heading."""
        if len(thread) < 2:
            return beat
        apart = min(after - before for before, after in pairwise(thread))
        first = beat
        while first > 0 and beat - first < min(apart, 4) and first - 1 not in view.strong and view.shapes[first - 1] in "wh":
            first -= 1
        return first

    def _heading(self, view: View) -> int | None:
        """The heading of the comments: below the article, in few words."""
        article = [line for line, shape in enumerate(view.shapes) if shape == "p"][:ARTICLE]
        if len(article) < ARTICLE:
            return None
        for line, cues in view.cues.items():
            if line > article[-1] and any(c.category == "comment_prompt" and c.mode in ("line", "owns") for c in cues):
                return line
        return None

    def _end(self, view: View, last: int) -> int:
        """The end of a thread's last comment: the next line that is no reader's, or the end of the document."""
        end = last + 1
        while end < len(view) and end not in view.strong and end - last <= APART // 2:
            end += 1
        return end

    def _mark(self, view: View, lines: range) -> Iterator[Mark]:
        for line in lines:
            yield view.mark(line, self.category, "Stands in a thread of readers' comments", IN_THREAD)
