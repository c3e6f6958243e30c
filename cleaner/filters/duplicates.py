"""Duplicated headlines, standfirsts, captions and lines, exactly or nearly (rapidfuzz)."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.repeats import SHORTEST, TOP, Repeat
from cleaner.result import Mark
from cleaner.view import View

#: Evidence (log-odds) by the length of an exact repeat: over 40 characters 119 of 124 repeats in labelled pages are
#: boilerplate, between 20 and 40 characters 82 of 84.
LONG, MEDIUM, NEAR = 8.0, 5.5, 9.0
#: A whole paragraph; one line of several that are printed again in the same order, or right below its model;
#: the headline or standfirst outside of the text.
PARAGRAPH, BLOCK, HEAD = 13.0, 13.0, 11.5
#: A headline or standfirst is no shorter; how many lines a long standfirst makes the text seem to begin too soon.
HEADLINE, SLIP = 25, 3
#: A near repeat further below its model than this, or a short one alone among paragraphs.
CLOSE, UNSURE = 3, 3.5
#: A repeat of a word or two is a label as often as a button: 308 of 327 are boilerplate, but most are other boilerplate too.
SHORT = 1.5
#: A unit in a table is no longer than this.
UNIT = 3
#: A refrain, in the midst of the text.
REFRAIN = 1.0
#: So many lines without prose and without a suspect may be verse.
STANZA = 6
#: Lines of verse are shorter than this.
VERSE = 70


class Duplicates:
    """Marks the second printing of a headline, standfirst, caption or line; the first one stays."""

    name = "duplicated headlines and standfirsts"
    categories = frozenset({"duplicate"})

    def __repr__(self) -> str:
        return f"<filter {self.name}>"

    def mark(self, view: View) -> Iterable[Mark]:
        """Mark every repeat that is not a refrain."""
        for line, repeat in view.repeats.items():
            how = "Repeats" if repeat.exact else "Repeats, in nearly the same words,"
            yield view.mark(line, "duplicate", f"{how} line {view.spans[repeat.of].number}", self._weight(view, line, repeat))

    def _weight(self, view: View, line: int, repeat: Repeat) -> float:
        if self._is_head(view, line, repeat.of):
            return HEAD
        resumes = line + 1 < len(view) and view.shapes[line + 1] in "sp"
        if not repeat.exact:
            # Far from its model and with prose below, a headline like another one may well be a subhead.
            return UNSURE if resumes and line - repeat.of > CLOSE else NEAR
        if self._announces(view, line) or self._heads_section(view, line, repeat.of) or self._is_known(view, repeat.of):
            # What goes for a reason of its own is no first printing.
            return 0.0
        if self._is_refrain(view, line):
            return REFRAIN
        size = len(view.lines[line])
        if view.shapes[line] == "p":
            return PARAGRAPH
        if size >= SHORTEST and (repeat.of == line - 1 or self._in_block(view, line, repeat.of)):
            return BLOCK
        if line in view.body and not view.has_company(line):
            return self._alone(view, line)
        return LONG if size > 40 else MEDIUM if size >= SHORTEST else SHORT

    def _alone(self, view: View, line: int) -> float:
        """Of a repeat amid the text with no suspect near."""
        size = len(view.lines[line])
        if size < SHORTEST:
            return 0.0 if self._is_cell(view, line) else SHORT
        if size <= 40:
            return UNSURE
        return MEDIUM if view.shapes[line] in "hs" else LONG

    def _is_cell(self, view: View, line: int) -> bool:
        """A number, a unit, a row of label and value: tables print them again and again."""
        return len(view.lines[line]) <= UNIT or "#" in view.folds[line] or line in view.records

    def _announces(self, view: View, line: int) -> bool:
        """A label in the text that says what comes below ("Ingredients:"): on labelled pages 21 of 21 are the article's."""
        return view.lines[line][-1] in ":：" and line in view.body and line not in view.strong

    def _heads_section(self, view: View, line: int, of: int) -> bool:
        """A heading with prose under it, announced above in a table of contents: both are the article's."""
        if of < TOP or view.shapes[line] == "p" or line + 1 >= len(view):
            return False
        return view.shapes[line + 1] in "sp" and view.shapes[of + 1] not in "sp"

    def _is_head(self, view: View, line: int, of: int) -> bool:
        """Whether the line says the headline or the standfirst again, above the text or below it."""
        if line in view.body and line > view.body.start + SLIP:
            return False
        named = of in view.titles or (of < TOP and of < view.body.start and view.shapes[of] in "hs")
        return named and len(view.lines[of]) >= HEADLINE

    def _is_known(self, view: View, of: int) -> bool:
        """Whether a line is a button, a label, a heading of boilerplate as a whole."""
        return any(cue.whole_line and cue.category not in ("article", "correction") for cue in view.cues.get(of, ()))

    def _in_block(self, view: View, line: int, of: int) -> bool:
        """Whether the line above or below repeats the one that stood there the first time."""
        beside = ((line + step, of + step) for step in (-1, 1))
        return any(near in view.repeats and view.repeats[near].of == model for near, model in beside)

    def _is_refrain(self, view: View, line: int) -> bool:
        """Short lines that repeat beside other repeats, or that end as verse does, with no suspect near."""
        if len(view.lines[line]) >= VERSE or view.has_company(line):
            return False
        if view.lines[line][-1] in ",;.!":
            return True
        if line in view.body:
            return any(near in view.repeats for near in range(line - 2, line + 3) if near != line)
        run = view.run(line)
        return run is not None and run.stop - run.start >= STANZA and not run.suspects
