"""Metadata: bylines, author notes, date stamps, reading time, agency credits, section labels, topic tags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from cleaner.filters.cued import CuedLines
from cleaner.result import Mark
from cleaner.stamps import TIME, names
from cleaner.view import View

#: Evidence (log-odds) of each kind of stamp, and of a bare name beside one.
KINDS = {"date": 6.0, "named": 6.0, "byline": 6.0, "email": 5.0, "label": 5.0}
#: In the midst of the text a bare date may be a timetable's, a byline a cast list's; a name with a date and time is an
#: entry's stamp wherever it stands.
IN_BODY = {"date": 2.5, "named": 6.0, "byline": 2.5, "email": 2.5, "label": 2.5}
#: A name with a date and a clock time stands above an entry, and nowhere else.
TO_THE_MINUTE = 13.0
BARE_NAME, TOPIC, BIO = 5.5, 5.5, 9.0
KICKER = 4.5
# Labels, headline, standfirst; the stamps between them are not letters.
_KICKERS = re.compile(r"([w-]{1,3})h-*[hs]")
#: How many bylines are looked at for an author's name.
AUTHORS = 20
#: Among the first so many lines a topic is a section label.
KICKERS = 3
#: A line of so many words that the prose uses may be a headline.
TOLD = 3
#: How far from a stamp a bare name may stand, and how many topics a heading may own.
NEAR, TOPICS = 2, 15
#: So many dates without a year head entries.
ENTRIES = 3
# What stands between a number and the clock time that ends a line.
_FIXTURE = re.compile(r"\d\.?\s+([^\d,|]+)\s\d{1,2}[:.h]\d{2}$")
# A number with a colon behind it, and words: a day or an hour of a programme ("Sunday 1, 3 pm: Olmeto v Savena").
_HEADED = re.compile(r"\d[^\W\d]{0,3}(?:\s[^\W\d]{1,4}\.?)?:\s+[^\W\d]")
_RANK = re.compile(r"(\d{1,3})[.)]\s+(?=[^\W\d])")
_YEAR = re.compile(r"\d{4}")
#: How far into the text a byline may slip, where a standfirst or a summary looks like the first paragraph.
SLIP = 5
REASONS = {
    "date": "Is a date stamp",
    "named": "Is a name with a date stamp",
    "byline": "Is a byline",
    "email": "Is an author's address",
    "label": "Is a label of a stamp",
}


class MetadataLines(CuedLines):
    """Marks stamps and bylines by their shape and the packs' words, names beside them, and topic lists."""

    def __init__(self) -> None:
        super().__init__("metadata", "metadata", "Is metadata")

    def extend(self, view: View) -> Iterable[Mark]:
        """Mark what has the shape of a stamp, and what stands beside it."""
        stamped = {}
        heads = self._entry_heads(view)
        for line, shape in enumerate(view.shapes):
            if shape != "p" and (kind := view.stamp(line)):
                if line in heads or line in view.records or (kind == "named" and self._is_listing(view, line)):
                    continue
                if kind == "label" and any(cue.category != self.category for cue in view.cues.get(line, ())):
                    # Another language's label: what the line's own says of it counts.
                    continue
                stamped[line] = kind
                weights = IN_BODY if self._amid_text(view, line) else KINDS
                weight = TO_THE_MINUTE if kind == "named" and TIME.search(view.lines[line]) else weights[kind]
                yield view.mark(line, self.category, REASONS[kind], weight)
        yield from self._bare_names(view, stamped)
        yield from self._topics(view)
        yield from self._bios(view)
        yield from self._kickers(view, stamped)

    def _entry_heads(self, view: View) -> frozenset[int]:
        """Dates and times that head the entries of a live blog, a chronicle, minutes: prose above each, its entry below;
        and the days of a programme, the first clock time below each.
        """
        days = [line for line in range(view.body.stop) if view.stamp(line) == "date" and not _YEAR.search(view.lines[line])]
        heads = [line for line in days if line + 1 < len(view) and not view.stamp(line + 1)]
        timed = frozenset(line for line in heads if line in view.body and TIME.match(view.lines[line + 1]))
        bare = {line for line in days if view.shapes[line] in "wh"}
        if sum(view.shapes[line - 1 : line] in ("", "s", "p") for line in heads if line in bare) < ENTRIES:
            return timed
        # Where entries have such heads, so have the first, above what looks like the text.
        return timed.union(bare)

    def _is_listing(self, view: View, line: int) -> bool:
        """Three lines with a date and more in a row are a programme, so is one with names between date and time or after a colon.

        Ranks in a row head results ("1.02.03" is a time there); and a dash before a line signs a quotation.
        """
        text = view.lines[line]
        near = range(max(line - 2, 0), min(line + 3, len(view)))
        dated = view.lexicon.stamps.is_dated
        if (fixture := _FIXTURE.search(text)) and " " in fixture[1].strip() and names(fixture[1]):
            return True
        if _HEADED.search(text) and not _YEAR.search(text):
            return True
        if rank := _RANK.match(text):
            others = [int(other[1]) for row in near if row != line and (other := _RANK.match(view.lines[row]))]
            if int(rank[1]) - 1 in others or int(rank[1]) + 1 in others or (others and dated(text[rank.end() :])):
                return True
        rows = {row for row in near if view.stamp(row) != "date" and dated(view.lines[row])}
        in_row = any(rows.issuperset(range(first, first + 3)) for first in range(line - 2, line + 1))
        return in_row or text[0] in "—–"

    def _amid_text(self, view: View, line: int) -> bool:
        if line not in view.body or view.has_company(line):
            return False
        return line >= view.body.start + SLIP or line > view.told

    def _bare_names(self, view: View, stamped: dict[int, str]) -> Iterable[Mark]:
        """Names above the text, beside a stamp; never the very first line, which may be a headline of one name."""
        for line in range(1, min(view.body.start + SLIP, len(view) - 1)):
            if line in stamped or line in view.records or view.shapes[line] not in "wh" or len(view.lines[line]) > 80:
                continue
            beside = any(stamped.get(near) in ("date", "email", "byline") for near in range(line - NEAR, line + NEAR + 1))
            if beside and not self._is_told(view, line) and len(view.lines[line].split()) > 1 and names(view.lines[line]):
                yield view.mark(line, self.category, "Is a name beside a stamp", BARE_NAME)

    def _is_told(self, view: View, line: int) -> bool:
        """Whether the prose uses all words of a longer line: a headline or a subhead in capitals; 4 stay and 4 go."""
        return len(view.wording.stems(line)) >= TOLD and view.overlap(line) == 1.0

    def _kickers(self, view: View, stamped: dict[int, str]) -> Iterable[Mark]:
        """Section labels: a word or two above headline and standfirst. With one such line below, it may be the title."""
        seen = [line in stamped or view.is_suspect(line) for line in range(min(KICKERS + 3, len(view)))]
        top = "".join("-" if known else shape for known, shape in zip(seen, view.shapes, strict=False))
        # Where nothing else of a news page's head is there, the words may be a title like any other.
        if any(seen) and (match := _KICKERS.match(top)):
            for line in range(match.end(1)):
                if line not in stamped and view.shapes[line] == "w" and view.lines[line][-1].isalpha():
                    yield view.mark(line, self.category, "Is a section label above the headline", KICKER)

    def _bios(self, view: View) -> Iterable[Mark]:
        """A paragraph on the author: it opens with a name that a byline gives, or stands last, and a cue says what it is."""
        stamped = (text for line, text in enumerate(view.lines) if view.stamp(line) in ("byline", "named"))
        bylines = " ".join(islice(stamped, AUTHORS))
        for line, text in enumerate(view.lines):
            if view.shapes[line] == "w" and line and text in bylines and text.count(" ") and names(text) and text != bylines:
                yield view.mark(line, self.category, "Is the author's name again", BARE_NAME)
        for line in view.evidence.get(self.category, {}):
            if view.shapes[line] not in "sp":
                continue
            name = " ".join(view.lines[line].split()[:2])
            if names(name) and (name in bylines or line >= view.body.stop - 1):
                yield view.mark(line, self.category, f"Says who {name} is", BIO)

    def _topics(self, view: View) -> Iterable[Mark]:
        for line, cues in view.cues.items():
            if line < view.body.stop - 1 or not any(c.category == self.category and c.mode == "owns" for c in cues):
                continue
            for topic in range(line + 1, min(len(view), line + 1 + TOPICS)):
                if view.shapes[topic] != "w":
                    break
                yield view.mark(topic, self.category, f"Is a topic under “{view.lines[line][:60]}”", TOPIC)
                for kicker in range(min(KICKERS, topic)):
                    if view.shapes[kicker] == "w" and view.core(kicker) == view.core(topic):
                        yield view.mark(kicker, self.category, "Is a section label: one of the topics below", TOPIC)
