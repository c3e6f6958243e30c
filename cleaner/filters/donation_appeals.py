"""Appeals for donations: a heading, several paragraphs that read like prose, an ask, a closing line, buttons."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner.blocks import between, holding_lines, runs
from cleaner.filters.cued import CuedLines
from cleaner.result import Mark
from cleaner.view import View

#: How many lines of prose without a cue an appeal may hold between two lines that have one.
PROSE = 2
#: Evidence (log-odds) of standing inside an appeal: enough for a long paragraph; and inside one that several lines hold.
INSIDE, DEEP = 7.5, 12.5
#: So many lines that hold an appeal, or one so strong (log-odds), leave no doubt of it.
SEVERAL, STRONG = 2, 9.0
#: An article in which more of the paragraphs than this speak as we to you is an essay, a column, a blog post: there the
#: newsroom's voice tells nothing.
PERSONAL = 0.25
#: An appeal's paragraphs share no more of their words with the article: on labelled pages .46 at most.
ITS_OWN = 0.5
#: How many lines of one or two words under an appeal may be its amounts and buttons.
BUTTONS = 8

_AMOUNT = re.compile(r"^(?:[$£€¥₹]|[a-z]{1,3}[$£]?)? ?#(?: ?(?:[$£€¥₹→]|[a-z]{2,3}))*(?: ?/ ?[a-z]+| [$£€]?#)?$")


class DonationAppeals(CuedLines):
    """Marks the lines that ask, the prose of the block they stand in, and the buttons under it."""

    def __init__(self) -> None:
        super().__init__("donation appeals", "donation", "Asks readers for support")

    def extend(self, view: View) -> Iterable[Mark]:
        """Mark the paragraphs that an appeal holds between its heading and its last ask, and what hangs on to them."""
        seen = view.evidence.get(self.category, {})
        holding = frozenset(holding_lines(view, self.category))
        if not holding:
            return
        held = set(holding)
        personal = is_personal(view)
        for line in sorted(held):
            for step in (-1, 1):
                beside = line + step
                while 0 <= beside < len(view) and beside not in held and self._goes_on(view, beside, step, personal):
                    held.add(beside)
                    beside += step
        for first, last in runs(sorted({*between(sorted(held), PROSE), *held})):
            block = range(first, last + 1)
            asks = [seen[line].weight for line in block if line in holding]
            inside = DEEP if len(asks) >= SEVERAL or max(asks, default=0.0) >= STRONG else INSIDE
            for line in block:
                if line not in held and view.speaks_for_article(line):
                    continue
                if line not in seen or seen[line].weight < inside:
                    yield view.mark(line, self.category, "Stands inside an appeal to readers for support", inside)
        for line in sorted(held):
            yield from self._buttons(view, line, held)

    def _goes_on(self, view: View, line: int, step: int, personal: bool) -> bool:
        """Whether an appeal goes on in a line below it (`step` 1) or above it: a weak cue is enough, or the newsroom's voice."""
        if view.speaks_for_article(line) or view.lines[line][0] in '“"„«' or view.overlap(line) >= ITS_OWN:
            return False
        voices = view.voices(line)
        if any(cue.category == self.category and cue.mode == "hint" for cue in view.cues.get(line, ())):
            return bool(voices) or view.shapes[line] in "hw"
        if step > 0 and view.shapes[line] == "p" and view.shapes[line - 1] in "hw":
            # Below the button the article may go on.
            return False
        return not personal and view.shapes[line] in "sp" and bool(voices)

    def _buttons(self, view: View, line: int, held: set[int]) -> Iterable[Mark]:
        run = []
        for button in range(line + 1, min(len(view), line + 1 + BUTTONS)):
            if view.shapes[button] not in "w-":
                break
            run.append(button)
        if not any(_AMOUNT.match(view.core(button)) for button in run):
            return
        for button in run:
            yield view.mark(button, self.category, "Is an amount or a button of an appeal", INSIDE)


def is_personal(view: View) -> bool:
    """Whether the document itself speaks as we to you, as essays and columns do."""
    paragraphs = [line for line, shape in enumerate(view.shapes) if shape == "p"]
    speaking = sum(len(view.voices(line)) > 0 for line in paragraphs)
    return speaking > PERSONAL * len(paragraphs) + 3
