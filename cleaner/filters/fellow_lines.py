"""Fellow lines: what no cue knows and its place gives away: company of boilerplate, menus far above, kickers, calendars."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import accumulate

from cleaner.document import extent
from cleaner.result import Mark
from cleaner.seams import last_seam
from cleaner.view import View
from cleaner.wording import DENSE

#: Evidence (log-odds) of company alone: next to nothing. It lets the learned scorer look at a line, which has the last word.
COMPANY = 0.5
#: So many lines without prose in a row, a suspect among them, are a menu above the headline.
MENU = 12
#: Far above the densest prose, in lines, what is no paragraph and uses no more than this share of its words from there is a
#: menu or a list of other stories: on labelled pages 224 that no cue knows go and 1 stays.
FAR, APART = 12, 0.5
#: A line among so many on each side of which this share is marked, and no paragraph that is not: on labelled pages 215 that
#: nothing else marks go and 22 stay. In a document of fewer paragraphs such a line may be the article.
AROUND, MARKED, ARTICLE = 6, 0.7, 5
#: In the last part of a document a lower share is enough for what uses few of the prose's words, and one paragraph may stand
#: there: 77 go and 5 stay; a sentence below the text may use them: 126 go and 9 stay.
LATE, MARKED_LATE = 0.6, 0.5
#: A phrase in so many first lines of which the prose uses this share of its words may be the headline; of a line as long as
#: one a lower share is enough: such go and stay as often.
FIRST, OWN, OWN_LONG = 2, 0.6, 0.4
#: Evidence of being a kicker: of single words right above the headline 70 go on labelled pages, and 2 stay. A document's first
#: line may be the headline itself, above its standfirst.
KICKER = 3.0
#: A run in which a larger share of the lines have a number is a list with dates or amounts.
NUMBERS = 0.4
#: So many lines in a row that count up are a calendar, an index or a pager.
COUNTING = 7
#: Evidence of standing among them.
COUNTED = 9.0
#: A headline of so many letters (see `extent`) may be a standfirst, or a paragraph without a full stop.
LONG = 120
#: A sentence below the text of which the prose uses more than this share of its words is left alone, and one that neither
#: asks nor exclaims.
UNLIKE, ASKS = 0.34, frozenset("?!…？！")
#: What a line most likely is, by its shape.
LIKELY = {"h": "related", "s": "related", "w": "interface", "-": "interface"}

_NUMBER = re.compile(r"\(?(\d{1,4})[.)]?")


class FellowLines:
    """Marks, weakly, what stands in a run of lines without prose in which some cue speaks for boilerplate."""

    name = "fellow lines"
    categories = frozenset(LIKELY.values())

    def __repr__(self) -> str:
        return f"<filter {self.name}>"

    def mark(self, view: View) -> Iterator[Mark]:
        """Mark unknown lines beside known ones and far above the prose, the kicker, and lines that count."""
        # What stands right below the text, above the first suspect, may be the article's: a list, a last entry.
        below = view.foot
        apart = view.is_one
        for line, shape in enumerate(view.shapes):
            if shape == "p" or line in view.strong or line == view.stamped:
                continue
            # Above the text a line like a headline may be one, and only near a suspect is a word or two suspicious.
            beside = line < view.body.start and (self._is_beside(view, line, shape) or self._is_far_above(view, line))
            away = apart and self._is_away(view, line)
            if not (line > below or beside or away):
                continue
            if line in view.records or (view.is_short and view.is_tabular(line)):
                continue
            # A plain sentence, or one that takes up the article's words, may be its last.
            if shape != "s" or away or beside or (view.lines[line][-1] in ASKS and view.overlap(line) <= UNLIKE):
                yield view.mark(line, LIKELY[shape], "Stands among lines that are not the article's", COMPANY)
        kicker = view.heading - 1
        if kicker > 0 and view.shapes[kicker] == "w" and self._is_word(view, kicker):
            yield view.mark(kicker, "interface", "Is one word right above the headline", KICKER)
        yield from self._counting(view)

    def _is_word(self, view: View, line: int) -> bool:
        """Whether a line is one word and no stamp; in scripts without spaces a headline would be one."""
        return len(view.words[line]) == 1 and not DENSE.search(view.lines[line]) and not view.stamp(line)

    def _is_away(self, view: View, line: int) -> bool:
        """Whether a line amid the text stands apart from the dense prose and among no numbers."""
        if line not in view.body or line in view.dense or self._is_listing(view, line):
            return False
        # Two sentences are a caption with its credit.
        return last_seam(view.lines[line]) is None

    def _is_listing(self, view: View, line: int) -> bool:
        """Whether a line stands among numbers: results, prices, programmes, nutrients."""
        run = view.run(line)
        return view.is_tabular(line) or (run is not None and run.numbers > NUMBERS)

    def _is_beside(self, view: View, line: int, shape: str) -> bool:
        """Whether a line above the text stands in suspicious company, or above the headline, alone or in a long menu."""
        if line in view.titles or (line == view.body.start - 1 and view.overlap(line) == 1.0):
            # The prose right below takes up its words: on labelled pages 55 stay and 18 go.
            return False
        if line < FIRST and len(view.words[line]) > 1 and view.overlap(line) >= (OWN_LONG if shape == "h" else OWN):
            # A page's name or a breadcrumb, or a short headline: 10 go and 8 headlines stay.
            return False
        above = line < view.heading
        if shape in "w-":
            return above or view.has_company(line)
        run = view.run(line) if above and shape == "h" else None
        return run is not None and run.stop - run.start >= MENU and run.suspects > 0

    def _is_far_above(self, view: View, line: int) -> bool:
        """Whether a line stands far above the densest prose and shares few words with it."""
        is_far = view.dense.start - line >= FAR and not view.is_short
        return is_far and line not in view.titles and view.overlap(line) <= APART

    def mark_among(self, view: View, marked: Collection[int]) -> Iterator[Mark]:
        """Mark what stands among marked lines."""
        if len(marked) < 2 or view.shapes.count("p") < ARTICLE:
            return
        size, known = len(view), frozenset(marked)
        around = list(accumulate((line in known for line in range(size)), initial=0))
        prose = list(accumulate((shape == "p" and line not in known for line, shape in enumerate(view.shapes)), initial=0))
        for line, shape in enumerate(view.shapes):
            if shape == "p" or line in known or line < view.dense.start or line == view.stamped:
                continue
            if line in view.records or line in view.titles or (shape == "h" and extent(view.lines[line]) >= LONG):
                continue
            start, stop = max(line - AROUND, 0), min(line + AROUND + 1, size)
            share = (around[stop] - around[start]) / (stop - start - 1)
            # Below the last paragraph that nothing marks, two marked neighbours are enough: 69 go and 11 stay.
            between = prose[line] == prose[-1] and {line - 1, line + 1} <= known
            if between or (share >= MARKED_LATE and self._is_among(view, line, share, prose[stop] - prose[start])):
                yield view.mark(line, LIKELY[shape], "Stands among lines that are not the article's", COMPANY)

    def _is_among(self, view: View, line: int, share: float, paragraphs: int) -> bool:
        """Whether a line stands among marked lines.

        Args:
            view: the document.
            line: its index.
            share: of the lines around it that are marked.
            paragraphs: how many there are not marked.
        """
        if share >= MARKED and not paragraphs:
            return True
        if paragraphs > 1:
            return False
        if view.shapes[line] == "s" and line >= view.dense.stop:
            return True
        return line > LATE * len(view) and view.overlap(line) <= APART

    def _counting(self, view: View) -> Iterator[Mark]:
        """Lines of one number each, one more from line to line."""
        first, last = 0, -1
        for line in range(len(view) + 1):
            match = _NUMBER.fullmatch(view.lines[line]) if line < len(view) and view.shapes[line] in "w-" else None
            number = int(match[1]) if match else -1
            if match and number == last + 1:
                last = number
                continue
            if line - first >= COUNTING:
                for counted in range(first, line):
                    yield view.mark(counted, "interface", "Counts on from the line above, as a calendar does", COUNTED)
            first, last = line, number if match else -1
