"""Readers' comments: a thread has a rhythm of name, date, text, reply and votes."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.evidence import View
from cleaner.filters.cued import CuedLines
from cleaner.result import Mark

#: A thread needs this many lines of furniture ("Reply", "Report", "level 1"), no further apart than `APART` lines.
BEATS, APART = 3, 12
#: Evidence (log-odds) of standing in a thread: enough for a paragraph.
IN_THREAD = 6.0


class ReaderComments(CuedLines):
    """Marks the furniture of comments, and the texts that the furniture's rhythm sets apart below the article."""

    def __init__(self) -> None:
        super().__init__("reader comments", "reader_comment", "Belongs to a reader's comment")

    def cued(self, view: View) -> Iterable[Mark]:
        """Nothing: one "Reply" or "somebody wrote:" is no thread."""
        return ()

    def extend(self, view: View) -> Iterable[Mark]:
        """Mark every line from the first beat of a thread to its last."""
        beats = sorted(view.evidence.get(self.category, {}))
        thread: list[int] = []
        for beat in [*beats, None]:
            if thread and (beat is None or beat - thread[-1] > APART):
                if len(thread) >= BEATS:
                    for line in range(thread[0], thread[-1] + 1):
                        yield view.mark(line, self.category, "Stands in a thread of readers' comments", IN_THREAD)
                thread = []
            if beat is not None:
                thread.append(beat)
