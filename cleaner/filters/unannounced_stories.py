"""Other stories known by their shape in any language, announced or not: rows of cards, stray and last headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.result import Mark
from cleaner.seams import last_seam
from cleaner.view import View

#: The same two to four shapes three times in a row, a headline and a word or two among them, are cards of other stories: of
#: such lines 19 in 20 are boilerplate on labelled pages.
CARDS = re.compile(r"([a-z-]{2,4}?)\1{2,}")
#: Evidence of standing among them.
IN_CARDS = 3.0
#: So many headlines or more that end a document, of which the prose uses no more than this share of the words on average: on
#: labelled pages those of 27 documents go, those of 1 stay. Right below a sentence they may be its list, and the prose
#: must use next to none.
LAST, OWN, OWN_BELOW = 3, 0.75, 0.1
#: Evidence of that.
AT_THE_END = 5.0
#: A headline among paragraphs, of so many characters, is another story's where the prose uses no more than this share of its
#: words: on labelled pages 8 of 12, so the scorer must agree. The prose must be so many paragraphs to tell.
STRAY, FOREIGN, PROSE = (45, 120), 0.2, 5
#: Evidence of that.
STRAYED = 5.0

#: What somebody said, a line each: proverbs, voices, verse.
_QUOTED = re.compile(r"[„“”\"«»「『‘'].*[“”\"«»」』’'][.,;]?")
_STRAY = re.compile(r"(?<=[ps])h(?=[ps])")


class UnannouncedStories:
    """Marks headlines and teasers of other stories that need no heading to be known."""

    name = "unannounced stories"
    categories = frozenset({"related"})

    def __repr__(self) -> str:
        return f"<filter {self.name}>"

    def mark(self, view: View) -> Iterator[Mark]:
        """Mark cards in rows, the headlines that end the page, and those that stray among the paragraphs."""
        yield from self._cards(view)
        yield from self._ending(view)
        yield from self._strays(view)

    def _cards(self, view: View) -> Iterator[Mark]:
        """Rows of headline, label and perhaps a teaser, whatever the language."""
        for match in CARDS.finditer(view.shapes):
            if {"h", "w"} <= set(match[1]):
                for line in range(*match.span()):
                    # A paragraph between cards may be the article's, with a box above and one below.
                    if view.shapes[line] != "p":
                        yield view.mark(line, "related", "Stands in a row of cards", IN_CARDS)
        for line in view.cards.teasers:
            yield view.mark(line, "related", "Is the teaser of a card", IN_CARDS)
            if line and view.shapes[line - 1] == "h":
                yield view.mark(line - 1, "related", "Is the headline of a card", IN_CARDS)

    def _ending(self, view: View) -> Iterator[Mark]:
        """The headlines that end a document, below its last paragraph: other stories, though no heading says so."""
        start = len(view.shapes.rstrip("h"))
        last = range(start, len(view))
        if not view.body or len(last) < LAST or start < view.body.stop:
            return
        # References, programmes and what people said are lists of the article's own.
        if any(line in view.records or _QUOTED.fullmatch(view.lines[line]) for line in last):
            return
        if all(view.lines[line][0].isdigit() for line in last):
            return
        is_below = view.shapes[start - 1] in "sp" and not view.is_suspect(start - 1)
        most = OWN_BELOW if is_below else OWN
        if sum(view.overlap(line) for line in last) <= most * len(last):
            for line in last:
                yield view.mark(line, "related", "Is one of the headlines that end the page", AT_THE_END)

    def _strays(self, view: View) -> Iterator[Mark]:
        """Headlines among the paragraphs that share next to no word with them: other stories, set in without a heading."""
        if view.shapes.count("p") < PROSE:
            return
        for match in _STRAY.finditer(view.shapes):
            line = match.start()
            if line not in view.body or not STRAY[0] <= len(view.lines[line]) <= STRAY[1]:
                continue
            # Two sentences are a caption with its credit.
            if 0 <= view.overlap(line) <= FOREIGN and last_seam(view.lines[line]) is None:
                yield view.mark(line, "related", "Is a headline that shares no word with the article", STRAYED)
