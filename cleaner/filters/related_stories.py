"""Other stories: "read more" lines, the headlines that "Most popular" owns, and cards with their lead-ins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cleaner.filters.cued import CuedLines
from cleaner.headlines import is_pointed
from cleaner.result import Mark
from cleaner.stamps import names
from cleaner.view import View
from cleaner.wording import DENSE

#: Evidence (log-odds) for a headline under an owner, for a card and its lead-in, and for a headline that may be a subhead
#: of the prose below it.
OWNED, LED, DOUBTFUL = 6.0, 11.0, 1.5
#: Evidence of a label in capitals before a headline.
CAPITALS = 6.0
#: Evidence for a teaser: enough for a paragraph.
TEASER = 8.5
#: How many headlines an owner may have in the midst of the text, and below it.
IN_BODY, BELOW = 24, 60
#: An entry's text stands no further above its card than this, in lines.
ENTRY = 60
#: A card's standfirst is no longer than this.
STANDFIRST = 300

# A telephone number or an address is nobody's headline.
_CONTACT = re.compile(r"\w@\w|(?:\d[ /-]?){8}")
# A quotation that ends with its sentence is prose: a headline quotes without the full stop.
_QUOTED_SENTENCE = re.compile(r"(?<!\.)[.。][\"”»«“’']$")


class RelatedStories(CuedLines):
    """Marks pointers to other stories, the headline runs under their headings, and story cards."""

    def __init__(self) -> None:
        super().__init__("related stories", "related", "Points to other stories")

    def extend(self, view: View) -> Iterable[Mark]:
        """Mark what owners own, and the cards that repeat a headline or follow a lead-in."""
        for line, cues in view.cues.items():
            modes = {cue.mode for cue in cues if cue.category == self.category}
            if line in view.titles and line == view.headline:
                # A column may be named "News from the parish".
                continue
            if "owns" in modes or ("line" in modes and line >= view.cards.heading):
                yield from self._owned(view, line)
            elif "line" in modes and line in view.body:
                yield from self._pointed(view, line)
            elif "leads" in modes:
                yield from self._led(view, line)
        for line in view.repeats:
            yield from self._card(view, line)
        for line in range(1, len(view)):
            if is_pointed(view, line):
                yield view.mark(line, self.category, "Points to another story, in capitals", CAPITALS)

    def _owned(self, view: View, owner: int) -> Iterator[Mark]:
        """The headline run under a heading, until prose resumes."""
        heading = view.lines[owner][:60]
        below = owner >= min(view.body.stop - 1, view.cards.heading)
        run = []
        for line in range(owner + 1, min(len(view), owner + 1 + (BELOW if below else IN_BODY))):
            if line in view.cards.teasers or (view.shapes[line] in "sp" and self._is_teaser(view, line)):
                run.append(line)
                continue
            if (
                line == view.stamped
                or self._begins_table(view, line)
                or _CONTACT.search(view.lines[line])
                or not is_headline(view, line)
                or (view.shapes[line] in "sp" and view.speaks_for_article(line))
            ):
                break
            # Where paragraphs are few, what seems to stand below the text may be its table.
            amid = not below or view.is_short
            if (
                amid
                and view.shapes[line] == "w"
                and (not self._is_furniture(view, line) or (run and view.shapes[run[0]] != "w" and self._is_own(view, line)))
            ):
                break
            run.append(line)
        after = run[-1] + 1 if run else len(view)
        resumes = after < len(view) and view.shapes[after] in "ps" and not view.is_suspect(after)
        for line in run:
            # The last headline above a paragraph may be the paragraph's own; above the text, headline and standfirst are.
            own = 2 if owner < view.body.start else 1
            doubtful = line == view.headline or (resumes and line in run[-own:] and len(run) > 1)
            weight = TEASER if view.shapes[line] == "p" else DOUBTFUL if doubtful else OWNED
            yield view.mark(line, self.category, f"Stands under “{heading}”", weight)

    def _pointed(self, view: View, pointer: int) -> Iterator[Mark]:
        """The headlines right below a pointer amid the text ("See also"): on labelled pages 35 go and 1 stays."""
        for line in range(pointer + 1, min(len(view), pointer + 1 + IN_BODY)):
            if view.shapes[line] != "h" or line in (view.headline, view.stamped) or view.is_suspect(line):
                break
            if self._begins_table(view, line) or _CONTACT.search(view.lines[line]) or view.speaks_for_article(line):
                break
            # The last one may be the subhead of the prose below.
            is_last = view.shapes[line + 1 : line + 2] in ("s", "p")
            weight = DOUBTFUL if is_last else OWNED
            yield view.mark(line, self.category, f"Stands under “{view.lines[pointer][:60]}”", weight)

    def _begins_table(self, view: View, line: int) -> bool:
        """Whether rows of label and value with numbers begin here: line-ups and results, not headlines with kickers."""
        rows = range(line, min(line + 3, len(view)))
        return line in view.records and sum(row in view.records and "#" in view.folds[row] for row in rows) >= 2

    def _is_teaser(self, view: View, line: int) -> bool:
        """A paragraph of a list: its own headline and date stand right above it, and the next one's below."""
        dated = "date" in (view.stamp(line - 1), view.stamp(line + 1) if line + 1 < len(view) else "")
        below = range(line + 1, min(line + 4, len(view)))
        return dated and view.shapes[line - 1] in "hw" and (not below or any(view.stamp(near) == "date" for near in below))

    def _is_furniture(self, view: View, line: int) -> bool:
        """A rank, a date, a kicker in capitals, a name, a short headline: what stands in a list of stories."""
        text = view.lines[line]
        if text.count(" ") >= 3:
            return True
        return not any(map(str.islower, text)) or bool(view.stamp(line)) or line in view.strong or names(text)

    def _is_own(self, view: View, line: int) -> bool:
        """Whether a few words that no cue knows head prose, or more such lines: the article's subhead, its list."""
        below = line + 1
        if below == len(view) or not self._is_unknown(view, line) or DENSE.search(view.lines[line]):
            return False
        if below in view.records or view.shapes[below] == "w":
            return self._is_unknown(view, below)
        return view.shapes[below] in "sp" and not view.is_suspect(below)

    def _is_unknown(self, view: View, line: int) -> bool:
        text = view.lines[line]
        # Capitals tell nothing of names.
        return line not in view.strong and not view.stamp(line) and (text.isupper() or not names(text))

    def _led(self, view: View, lead: int) -> Iterator[Mark]:
        """A lead-in ("X has more details here:") with the card under it; alone, it introduces the article's own text."""
        card = []
        for line in range(lead + 1, min(len(view), lead + 3)):
            if not is_headline(view, line) or len(view.lines[line]) > STANDFIRST or view.stamp(line):
                break
            card.append(line)
        if card and len(view.lines[lead]) < 120:
            yield view.mark(lead, self.category, "Leads in to the story card below it", LED)
            for line in card:
                yield view.mark(line, self.category, f"Is a story card after “{view.lines[lead][:60]}”", LED)

    def _card(self, view: View, title: int) -> Iterator[Mark]:
        """The standfirst of a card that repeats the headline above: only where the entry has a text of its own."""
        of, standfirst = view.repeats[title].of, title + 1
        if view.printings[of] > 1:
            return
        has_text = any(shape in "sp" for shape in view.shapes[max(of + 1, title - ENTRY) : title])
        if (
            has_text
            and standfirst < len(view)
            and view.shapes[title] in "hp"
            and is_headline(view, standfirst)
            and 50 <= len(view.lines[standfirst]) <= STANDFIRST
            and title in view.body
        ):
            yield view.mark(title, self.category, "Is a card that repeats the headline above", LED)
            yield view.mark(standfirst, self.category, "Is the standfirst of a card that repeats the headline above", LED)


def is_headline(view: View, line: int) -> bool:
    """Whether a line reads like a headline, a rank or a label: no full stop, not a paragraph."""
    text = view.lines[line]
    if view.shapes[line] in "hw-":
        return True
    if _QUOTED_SENTENCE.search(text):
        return False
    return (len(text) < 160 and text[-1] in "?!\"”»’'") or (len(text) <= STANDFIRST and text[-1] not in '.!?…:;。"”»')
