"""The cards that end a page: headlines with teasers under "Read also", whose short paragraphs are not the article's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cleaner.evidence import View

#: So many short paragraphs are all the prose that follows a heading: teasers, where the rest of the prose uses no more than
#: this share of their words. On labelled pages 54 of 54.
TEASERS, TEASED, FOREIGN = 2, 320, 0.5
#: Above a teaser stand so many lines at least, its headline and its kicker or date: a subhead stands alone.
ABOVE = 2
#: The text above has so many paragraphs, and no fewer than there are teasers.
PARAGRAPHS = 3
_HEADINGS = frozenset({"owns", "line"})


class Cards(NamedTuple):
    """The first heading above the cards (the document's length where there are none), and their teasers."""

    heading: int
    teasers: frozenset[int]


def find_cards(view: View) -> Cards:
    """The cards below the last paragraph of the text."""
    none = Cards(len(view), frozenset())
    headings = [line for line in view.cues if _is_heading(view, line)]
    if not headings:
        return none
    found = []
    last = -1
    for line in range(len(view) - 1, headings[0], -1):
        if view.shapes[line] != "p" or view.is_suspect(line) or line in view.printed_again:
            continue
        if len(view.lines[line]) > TEASED or "p" in view.shapes[max(line - ABOVE, 0) : line] or view.speaks_for_article(line):
            last = line
            break
        found.append(line)
    if len(found) < TEASERS:
        return none
    heading = min((line for line in headings if line > last), default=len(view))
    teasers = frozenset(line for line in found if line > heading)
    if len(teasers) < TEASERS or sum(map(view.overlap, teasers)) > FOREIGN * len(teasers):
        return none
    text = sum(view.shapes[line] == "p" and not view.is_suspect(line) for line in range(heading))
    return Cards(heading, teasers) if text >= max(PARAGRAPHS, len(teasers)) else none


def _is_heading(view: View, line: int) -> bool:
    return any(cue.category == "related" and cue.mode in _HEADINGS for cue in view.cues[line])
