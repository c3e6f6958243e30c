"""Whether a line speaks of what the article speaks of: the share of its words that the prose of the document uses too.

Subheads, lists and tables take up the article's words; menus and the headlines of other stories rarely do. No language needs
to be known for that: words are compared by their first letters, unspaced scripts by pairs of signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from cleaner.folding import SIGNS

#: Words of fewer letters say nothing; of longer ones the first letters are compared, so that endings do not matter.
SHORTEST, STEM = 4, 7
#: From this length on (characters) a sentence counts as prose.
PROSE = 60
#: With fewer such lines than this, shorter sentences count too.
LITTLE, SENTENCE = 5, 30

_TOKEN = re.compile(rf"#|[^\W\d_]+(?:[{SIGNS}]+[^\W\d_]*)*")
#: Signs of scripts that are written without spaces.
DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
# Of ASCII text, letters stay and numbers stand apart: splitting at spaces is then as good as looking for words.
_LETTERS = {code: chr(code) if chr(code).isalpha() or code == 10 else " " for code in range(128)} | {ord("#"): " # "}


def tokens(folded: Sequence[str]) -> list[list[str]]:
    """The words of folded lines, numbers as `#`.

    >>> tokens(["don't miss # stories!"])
    [['don', 't', 'miss', '#', 'stories']]
    """
    text = "\n".join(folded)
    if text.isascii():
        return [line.split() for line in text.translate(_LETTERS).split("\n")] if folded else []
    return [line.translate(_LETTERS).split() if line.isascii() else _TOKEN.findall(line) for line in folded]


def stems(words: Sequence[str]) -> set[str]:
    """What is compared of a line's words.

    >>> sorted(stems(["the", "mayors", "of", "kelmouth", "東京都"]))
    ['kelmout', 'mayors', '京都', '東京']
    """
    found: set[str] = set()
    if "".join(words).isascii():
        return {word[:STEM] for word in words if len(word) >= SHORTEST}
    for word in words:
        if word > "\u303f" and DENSE.match(word):
            found.update(word[at : at + 2] for at in range(max(len(word) - 1, 1)))
        elif len(word) >= SHORTEST:
            found.add(word[:STEM])
    return found


class Wording:
    """What the prose of a document says, and what share of a line's words it says too.

    Args:
        words: of each line (see `tokens`).
        shapes: of each line (see `Document.shapes`).
        lengths: of each line (see `cleaner.document.extent`).
        known: the stems of some lines; those that are asked for are added.
    """

    def __init__(
        self, words: Sequence[Sequence[str]], shapes: str, lengths: Sequence[int], known: dict[int, set[str]] | None = None
    ) -> None:
        self._words = words
        self._stems = {} if known is None else known
        self._prose = {line for line, shape in enumerate(shapes) if shape == "p" or (shape == "s" and lengths[line] >= PROSE)}
        if len(self._prose) < LITTLE:
            self._prose |= {line for line, shape in enumerate(shapes) if shape == "s" and lengths[line] >= SENTENCE}

    def stems(self, line: int) -> set[str]:
        """The stems of a line."""
        known = self._stems.get(line)
        if known is None:
            known = self._stems[line] = stems(self._words[line])
        return known

    @cached_property
    def _used(self) -> set[str]:
        """What prose says."""
        return set().union(*map(self.stems, self._prose))

    @cached_property
    def _shared(self) -> set[str]:
        """What more than one line of prose says: of a line of prose itself only that is said elsewhere."""
        used: set[str] = set()
        shared: set[str] = set()
        for line in self._prose:
            own = self.stems(line)
            shared |= used & own
            used |= own
        return shared

    def share(self, line: int) -> float:
        """The share of a line's stems that other lines of prose have; -1.0 for a line without a stem."""
        own = self.stems(line)
        if not own:
            return -1.0
        return len(own & (self._shared if line in self._prose else self._used)) / len(own)
