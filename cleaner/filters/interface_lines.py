"""Interface lines: share, print and save buttons, player controls, menus, breadcrumbs, search."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner.evidence import View
from cleaner.filters.cued import CuedLines
from cleaner.result import Mark

#: A menu: so many lines of a word or two in a row, of which at least this share are known menu words.
_RUN = re.compile(r"[w-]{4,}")
KNOWN_SHARE = 0.4
#: In the midst of the text, where tables and lists of code are made of short lines too, a larger share.
IN_BODY_SHARE = 0.7
#: Evidence (log-odds) of standing in a menu.
IN_MENU = 4.0


class InterfaceLines(CuedLines):
    """Marks buttons and controls by their words, and menus by their run."""

    def __init__(self) -> None:
        super().__init__("interface lines", "interface", "Is a button or menu entry")

    def extend(self, view: View) -> Iterable[Mark]:
        """Mark the unknown entries of menus that are mostly known."""
        known = {
            line
            for line, cues in view.cues.items()
            if any(cue.category in ("interface", "legal") and cue.mode in ("line", "near", "words") for cue in cues)
        }
        for run in _RUN.finditer(view.shapes):
            lines = range(*run.span())
            share = IN_BODY_SHARE if run.start() in view.body else KNOWN_SHARE
            entries = {view.core(line) for line in lines if line in known and "#" not in view.core(line)}
            if len(entries) >= share * len(lines):
                for line in lines:
                    yield view.mark(line, self.category, "Stands in a menu", IN_MENU)
