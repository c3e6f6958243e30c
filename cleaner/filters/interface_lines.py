"""Interface lines: share, print and save buttons, player controls, menus, breadcrumbs, tables of contents, search."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner.filters.cued import CuedLines
from cleaner.menus import is_menu
from cleaner.result import Mark
from cleaner.view import View

_MENU = ("interface", "legal")
#: A menu: so many lines of a word or two in a row, of which at least this share are known menu words.
_RUN = re.compile(r"[w-]{4,}")
KNOWN_SHARE = 0.4
#: In the midst of the text, where tables and lists of code are made of short lines too, a larger share.
IN_BODY_SHARE = 0.7
#: Evidence (log-odds) of standing in a menu, and in a row like a menu of which nothing is known: outside of the text 453 of
#: 472 such lines are boilerplate in labelled pages. The learned scorer has the last word there.
IN_MENU, IN_ROW = 4.0, 3.0
#: Evidence of being a menu in one line (see `is_menu`).
MENU_LINE = 7.0
#: Evidence of announcing a heading below: on labelled pages 73 of 82 such lines are no part of the text.
CONTENTS = 8.0
#: So many unknown lines of so many words that begin with a small letter, and this share of all, are verse.
VERSE, VERSE_WORDS, VERSE_SHARE = 2, 3, 0.25
#: Of shorter ones it takes so many more.
VERSE_SHORT = 2
#: A row in which more of the lines hold a number is a table.
TABLE_SHARE = 0.25


class InterfaceLines(CuedLines):
    """Marks buttons and controls by their words, and menus by their run."""

    def __init__(self) -> None:
        super().__init__("interface lines", "interface", "Is a button or menu entry")

    def extend(self, view: View) -> Iterable[Mark]:
        """Mark the unknown entries of menus that are mostly known."""
        known = {
            line
            for line, cues in view.cues.items()
            if any(
                cue.category in _MENU
                and (cue.mode in ("line", "near") or (cue.mode == "words" and view.is_half_menu(line, cue.category)))
                for cue in cues
            )
        }
        introduced = min(view.contents, default=0) - 1
        said = introduced >= 0 and view.shapes[introduced] in "sp" and view.lines[introduced][-1] in ":："
        for entry, heading in view.contents.items():
            # What a sentence of the text introduces is the text's own list; and a headline on top may be printed again in a list
            # of stories.
            if not said and entry not in view.titles and entry != view.headline:
                reason = f"Is an entry of a table of contents: line {view.spans[heading].number} heads its text"
                yield view.mark(entry, self.category, reason, CONTENTS)
        for line in (*range(self._last_above(view)), *range(view.body.stop, len(view))):
            may_head = line in view.titles or line == view.stamped
            if view.shapes[line] in "wh" and line not in view.strong and not may_head and is_menu(view, line):
                yield view.mark(line, self.category, "Is a row of menu entries", MENU_LINE)
        for run in _RUN.finditer(view.shapes):
            lines = range(*run.span())
            own = known.intersection(lines)
            entries = {core for line in own if "#" not in (core := view.core(line))}
            amid = run.start() in view.body
            if len(entries) >= (IN_BODY_SHARE if amid else KNOWN_SHARE) * len(lines):
                # What stands at its edges may be the headline, or the text's last words.
                inner = range(min(own), max(own) + 1)
                for line in inner:
                    if line != view.stamped and line not in view.records:
                        yield view.mark(line, self.category, "Stands in a menu", IN_MENU)
            elif view.body and not amid and self._has_suspect(view, lines) and not self._is_text(view, lines):
                # The last words above the text may be its headline.
                above_text = run.end() < len(view) and view.shapes[run.end()] in "sp" and run.start() < view.body.stop
                for line in lines[:-1] if above_text else lines:
                    if line != view.stamped and line not in view.records:
                        yield view.mark(line, self.category, "Stands in a row of words outside of the text", IN_ROW)

    def _last_above(self, view: View) -> int:
        """The lowest line above the text that may be its headline."""
        above = range(view.body.start - 1, -1, -1)
        return next((line for line in above if view.shapes[line] in "wh" and line not in view.strong and not view.stamp(line)), 0)

    def _has_suspect(self, view: View, lines: range) -> bool:
        """Whether some cue marks a line of the row or beside it by itself: lists that end an article have none."""
        return any(line in view.strong for line in range(lines.start - 1, lines.stop + 1))

    def _is_text(self, view: View, lines: range) -> bool:
        return self._is_table(view, lines) or self._is_verse(view, lines)

    def _is_table(self, view: View, lines: range) -> bool:
        """Whether numbers stand among the lines as they do in tables, recipes and results."""
        return sum("#" in view.folded(line) for line in lines) > TABLE_SHARE * len(lines)

    def _is_verse(self, view: View, lines: range) -> bool:
        """Whether lines go on in small letters, as verse does; menus print theirs with capitals."""
        small = [line for line in lines if view.lines[line][0].islower() and line not in view.cues]
        long = sum(len(view.words[line]) >= VERSE_WORDS for line in small)
        return max(long, len(small) - VERSE_SHORT) >= max(VERSE, VERSE_SHARE * len(lines))
