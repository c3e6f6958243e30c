"""The guard: what happens to a document that would lose too much."""

from __future__ import annotations

import re
from typing import NamedTuple

#: What can be done with a document that would lose too much.
ACTIONS = ("keep", "drop", "flag")

# In scripts without spaces each character counts as a word.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
# A stop ends a sentence before a space, not inside "3.5"; the full-width stops need no space.
_SENTENCE = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？｡]+[」』”’]*")


def words(text: str) -> int:
    """How many words a text has; in Chinese and Japanese, how many characters.

    >>> words("Rain fell, all night."), words("雨が降った。")
    (4, 5)
    """
    return sum(1 for _ in _WORD.finditer(text))


def sentences(text: str) -> int:
    """How many sentences end in a text, counted by their stops.

    >>> sentences("It rose by 3.5 metres. “Nobody was hurt.” Why?"), sentences("Read more")
    (3, 0)
    """
    return sum(1 for _ in _SENTENCE.finditer(text))


class Guard(NamedTuple):
    """When a document loses too much, and what happens to it then. Without limits it never speaks.

    Only documents that lose something are judged: a short article that the cleaner leaves alone is no business of the guard.

    Attributes:
        max_lost: the largest share of its words (0 to 1) that a document may lose; None for no limit.
        min_sentences: the fewest sentences that must be left; 0 for no limit.
        action: `keep` (the document stays as it was), `drop` (it is left out) or `flag` (it is cleaned and marked).
    """

    max_lost: float | None = None
    min_sentences: int = 0
    action: str = "keep"

    def check(self) -> Guard:
        """The guard itself.

        Raises:
            ValueError: a limit out of range or an unknown action.
        """
        if self.max_lost is not None and not 0 <= self.max_lost <= 1:
            raise ValueError(f"the share of words lost is between 0 and 1, not {self.max_lost}")
        if self.min_sentences < 0:
            raise ValueError(f"the number of sentences left is 0 or more, not {self.min_sentences}")
        if self.action not in ACTIONS:
            raise ValueError(f"unknown action {self.action!r}; the actions are {', '.join(ACTIONS)}")
        return self

    def judge(self, before: str, after: str) -> str | None:
        """Why the document lost too much, in words; None when it did not.

        >>> Guard(max_lost=0.5).judge("Rain fell. Read more now, please do", "Rain fell.")
        'lost 0.71 of its words'
        >>> Guard(min_sentences=2).judge("Rain fell. Read more", "Rain fell.")
        '1 sentence left'
        """
        if self.max_lost is not None:
            total = words(before)
            lost = 1 - words(after) / total if total else 0.0
            if lost > self.max_lost:
                return f"lost {lost:.2f} of its words"
        if self.min_sentences:
            left = sentences(after)
            if left < self.min_sentences:
                return f"{left} sentence{'' if left == 1 else 's'} left"
        return None
