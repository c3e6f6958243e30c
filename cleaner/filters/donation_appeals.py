"""Appeals for donations: a heading, several paragraphs that read like prose, an ask, a closing line, buttons."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.blocks import between, holding_lines, speaks_for_article
from cleaner.evidence import View
from cleaner.filters.cued import CuedLines
from cleaner.result import Mark

#: How many lines of prose without a cue an appeal may hold between two lines that have one.
PROSE = 2
#: Evidence (log-odds) of standing inside an appeal: enough for a long paragraph.
INSIDE = 6.0


class DonationAppeals(CuedLines):
    """Marks the lines that ask, and the prose of the block they stand in."""

    def __init__(self) -> None:
        super().__init__("donation appeals", "donation", "Asks readers for support")

    def extend(self, view: View) -> Iterable[Mark]:
        """Mark the paragraphs that an appeal holds between its heading and its last ask."""
        seen = view.evidence.get(self.category, {})
        held = set(holding_lines(view, self.category))
        for line in sorted(held):
            # Beside a line that asks, one weak family of cues is enough to say that the appeal goes on.
            for step in (-1, 1):
                beside = line + step
                while 0 <= beside < len(view) and beside not in held and self._speaks(view, beside):
                    held.add(beside)
                    beside += step
        for line in sorted({*between(sorted(held), PROSE), *held}):
            if not speaks_for_article(view, line) and (line not in seen or seen[line].weight < INSIDE):
                yield view.mark(line, self.category, "Stands inside an appeal to readers for support", INSIDE)

    def _speaks(self, view: View, line: int) -> bool:
        return any(cue.category == self.category and cue.mode != "not" for cue in view.cues.get(line, ()))
