"""Whether a line speaks of what the article speaks of: the share of its words that the prose of the document uses too.

Subheads, lists and tables take up the article's words; menus and the headlines of other stories rarely do. No language needs
to be known for that: words are compared by their first letters, unspaced scripts by pairs of signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Words of fewer letters say nothing; of longer ones the first letters are compared, so that endings do not matter.
SHORTEST, STEM = 4, 7
#: From this length on (characters) a sentence counts as prose.
PROSE = 60

WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"#|[^\W\d_]+")
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
    for word in words:
        if word > "\u303f" and DENSE.match(word):
            found.update(word[at : at + 2] for at in range(max(len(word) - 1, 1)))
        elif len(word) >= SHORTEST:
            found.add(word[:STEM])
    return found


def overlaps(words: Sequence[Sequence[str]], shapes: str, folded: Sequence[str]) -> tuple[list[float], list[int]]:
    """For each line the share of its stems that other lines of prose have (-1.0 for lines without a stem), and their number."""
    own = list(map(stems, words))
    prose = [shape == "p" or (shape == "s" and len(text) >= PROSE) for shape, text in zip(shapes, folded, strict=True)]
    # What prose uses, and what more than one line of it does: of a line of prose itself only the latter is said elsewhere.
    used: set[str] = set()
    shared: set[str] = set()
    for said, is_prose in zip(own, prose, strict=True):
        if is_prose:
            shared |= used & said
            used |= said
    shares = [
        len(said & (shared if is_prose else used)) / len(said) if said else -1.0
        for said, is_prose in zip(own, prose, strict=True)
    ]
    return shares, list(map(len, own))
