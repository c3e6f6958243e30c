"""Cards of other stories, whose short paragraphs are not the article's: below "Read also", and in rows that look alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.document import extent

if TYPE_CHECKING:
    from cleaner.view import View

#: So many short paragraphs are all the prose that follows a heading: teasers, where the rest of the prose uses no more than
#: this share of their words. On labelled pages 54 of 54.
TEASERS, TEASED, FOREIGN = 2, 320, 0.5
#: Above a teaser stand so many lines at least, its headline and its kicker or date: a subhead stands alone.
ABOVE = 2
#: The text above has so many paragraphs, and no fewer than there are teasers.
PARAGRAPHS = 3
#: A kicker or a date (or both), a headline and a teaser, three times in a row or more: where no teaser is longer than this
#: (in letters, see `extent`) and there is a text besides, 73 such paragraphs on labelled pages go (20 documents) and 3 stay (1);
#: the words that they share with the text do not tell these from those.
ROWS, IN_ROW = re.compile(r"(?:[w-]{1,2}h[ps]){3,}"), 350
#: So many lines that break off, each below a headline, a kicker or a date and above another or the end, are teasers whatever
#: their length, where there is a text besides.
#: On labelled pages 105 that no cue knows go, and 6 stay (2 documents).
CUT, LAST, GOES_ON = 3, frozenset('.…])"”»'), ("…", "...")
BREAKS_OFF = re.compile(r"(?:\.\s?\.\s?\.|…)[])\"”»]?$")
_HEADINGS = frozenset({"owns", "line"})


class Cards(NamedTuple):
    """The first heading above the cards that end a page (the document's length where there are none), and all cards' teasers."""

    heading: int
    teasers: frozenset[int]


def find_cards(view: View) -> Cards:
    """The cards below the last paragraph of the text, those in rows, and those whose teasers break off."""
    cards, rows = _below(view), _rows(view) | _cut(view)
    return Cards(cards.heading, cards.teasers | rows) if rows else cards


def _rows(view: View) -> set[int]:
    """The teasers of cards in rows."""
    found: set[int] = set()
    for match in ROWS.finditer(view.shapes):
        teasers = [line for line in range(*match.span()) if view.shapes[line] == "p"]
        if all(extent(view.lines[line]) <= IN_ROW for line in teasers) and not _counts(view, range(*match.span())):
            found.update(teasers)
    return found if view.shapes.count("p") >= len(found) + max(PARAGRAPHS, len(found)) else set()


def _counts(view: View, lines: range) -> bool:
    """Whether the kickers of a row number its entries ("1.", "Chapter 2"): a list of the article's own."""
    numbered = [line for line in lines if view.shapes[line] == "w" and "#" in view.folds[line] and not view.stamp(line)]
    return len(numbered) > 1 and len({view.folds[line] for line in numbered}) == 1


def _cut(view: View) -> set[int]:
    """Teasers that break off."""
    cut = [line for line in range(1, len(view)) if view.lines[line][-1] in LAST and BREAKS_OFF.search(view.lines[line])]
    around = f"{view.shapes}w"
    found = {line for line in cut if around[line] in "sp" and around[line - 1] in "wh" and around[line + 1] in "wh"}
    if len(found) < CUT or any(text.startswith(GOES_ON) for text in view.lines):
        # An author may take up the sentence in the next line.
        return set()
    besides = sum(shape == "p" and line not in found for line, shape in enumerate(view.shapes))
    return found if besides >= PARAGRAPHS else set()


def _below(view: View) -> Cards:
    none = Cards(len(view), frozenset())
    headings = [line for line in view.cues if _is_heading(view, line)]
    if not headings:
        return none
    found = []
    last = -1
    for line in range(len(view) - 1, headings[0], -1):
        if view.shapes[line] == "s" and view.speaks_for_article(line):
            # A correction ends the article: what stands above it is no list of other stories.
            last = line
            break
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
