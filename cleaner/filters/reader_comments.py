"""Readers' comments: a thread has a rhythm of name, date, text, reply and votes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

from cleaner.filters.cued import CuedLines
from cleaner.result import Mark
from cleaner.view import View

#: A thread needs this many beats ("Reply", "Report", "level 1"), no further apart than `APART` lines; under a heading of
#: comments one less, and stamps count as beats.
BEATS, APART = 3, 12
#: How far under its heading a thread begins, and how many paragraphs of article stand above the heading.
BEGINS, ARTICLE = 6, 3
#: No piece of a thread's furniture is longer.
FURNITURE = 45
#: A date with a nickname is no more words than this.
NICKNAME = 12
_HEADS = frozenset({"line", "owns", "starts"})
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
        short = (line for line in view.evidence.get(self.category, {}) if len(view.lines[line]) <= FURNITURE)
        # The marks of several products beat too.
        beats = sorted(line for line in short if line not in view.recurring)
        for thread in self._threads(beats):
            if len(thread) >= BEATS and not self._counts(view, thread):
                first = self._beginning(view, thread[0], thread)
                yield from self._mark(view, range(first, thread[-1] + 1))
        headings = self._headings(view)
        if not headings:
            return
        stamped = [line for line in range(headings[0] + 1, len(view)) if self._is_stamped(view, line)]
        for thread in self._threads(sorted({*beats, *stamped})):
            heading = headings[max(bisect_left(headings, thread[0]) - 1, 0)]
            if 0 < thread[0] - heading <= BEGINS and len(thread) >= BEATS - 1:
                yield from self._mark(view, range(heading + 1, self._end(view, thread[-1])))

    def _counts(self, view: View, thread: list[int]) -> bool:
        """Whether all beats count the same: "2,114 votes", "486 kcal" are results and nutrients."""
        forms = {view.core(line) for line in thread}
        if len(forms) > 1 or not forms.pop().startswith("# "):
            return False
        return not any(view.stamp(line) for line in range(thread[0], thread[-1] + 1))

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

    def _is_stamped(self, view: View, line: int) -> bool:
        """Whether a line is a date, with a name or a nickname: "bridgefan77 | 4 May 2021 13:03"."""
        if view.stamp(line) in ("date", "named"):
            return True
        few = len(view.lines[line]) <= FURNITURE and view.shapes[line] in "wh" and len(view.words[line]) <= NICKNAME
        return few and "#" in view.folded(line) and view.lexicon.stamps.is_dated(view.lines[line])

    def _headings(self, view: View) -> list[int]:
        """What may head the comments: prompts below the article, in few words."""
        article = [line for line, shape in enumerate(view.shapes) if shape in "ps" and line not in view.strong][:ARTICLE]
        if len(article) < ARTICLE:
            return []
        return [
            line
            for line, cues in view.cues.items()
            if line > article[-1] and any(c.category == "comment_prompt" and c.mode in _HEADS for c in cues)
        ]

    def _end(self, view: View, last: int) -> int:
        """The end of a thread's last comment: the next line that is no reader's, or the end of the document."""
        end = last + 1
        while end < len(view) and end not in view.strong and end - last <= APART // 2:
            end += 1
        return end

    def _mark(self, view: View, lines: range) -> Iterator[Mark]:
        for line in lines:
            yield view.mark(line, self.category, "Stands in a thread of readers' comments", IN_THREAD)
