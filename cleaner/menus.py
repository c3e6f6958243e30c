"""Menus that an extractor printed as one line: entries that the packs know, one behind the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.folding import core, fold

if TYPE_CHECKING:
    from cleaner.view import View

#: A line outside of the text of so many words, of which this share are known entries (so many), each with a capital where its
#: script has them, is a menu: on labelled pages and own cases 325 go and 4 stay.
WORDS, ENTRIES, SHARE = 4, 3, 0.6
#: An entry has so many words and letters.
LONGEST, LETTERS = 4, 3
#: A line with more words than this is read no further.
MOST = 60
#: A line outside of the text of so many parts with bars or arrows between, none of more words than this, is a menu or a
#: breadcrumb: on labelled pages and own cases 184 go and 1 stays; with numbers, and among rows of as many parts, it is a table's.
PARTS, PART = 3, 3
_ENDS = frozenset(".?!:;。？！")
_BARS = re.compile(r"\s*[|•·/»>›]\s+|\s+[|•·/»>›]\s*")
_BETWEEN = re.compile(r"[\s|•·/»>›+,]+")


def is_menu(view: View, line: int) -> bool:
    """Whether a line is a row of menu entries; asked of lines outside of the text."""
    return _is_row(view, line) or _is_known(view, line)


def _is_row(view: View, line: int) -> bool:
    parts = _parts(view.lines[line])
    if len(parts) < PARTS or "#" in view.folds[line] or any(len(part.split()) > PART for part in parts):
        return False
    beside = (near for near in (line - 1, line + 1) if 0 <= near < len(view))
    return not any(len(_parts(view.lines[near])) == len(parts) for near in beside)


def _parts(text: str) -> list[str]:
    return [part for part in _BARS.split(text) if part]


def _is_known(view: View, line: int) -> bool:
    text = view.lines[line]
    if text[-1] in _ENDS or text[0] == "(" or text.count(" ") < WORDS - 1:
        return False
    raw = [word for word in _BETWEEN.split(text)[:MOST] if word]
    if not raw or raw[0][0].islower() or 2 * sum(word[0].islower() for word in raw) > len(raw):
        # Cheaper than to look the words up: most headlines end here.
        return False
    words = [(word, bare) for word in raw if (bare := core(fold(word)))]
    at = entries = known = 0
    while at < len(words):
        if words[at][0][0].islower():
            return False
        size = _entry(view, [bare for _, bare in words[at : at + LONGEST]])
        entries += size > 0
        known += size
        at += size or 1
    return len(words) >= WORDS and entries >= ENTRIES and known >= SHARE * len(words)


def _entry(view: View, words: list[str]) -> int:
    """How many of the words make an entry; 0 where none do."""
    for size in range(len(words), 0, -1):
        entry = " ".join(words[:size])
        if len(entry) >= LETTERS and view.lexicon.entry(entry):
            return size
    return 0
