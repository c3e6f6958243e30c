"""Whether a line speaks of what the article speaks of: the share of its words that the prose of the document uses too.

Subheads, lists and tables take up the article's words; menus and the headlines of other stories rarely do. No language needs
to be known for that: words are compared by their first letters, unspaced scripts by pairs of signs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

#: Words of fewer letters say nothing; of longer ones the first letters are compared, so that endings do not matter.
SHORTEST, STEM = 4, 7
#: From this length on (characters) a sentence counts as prose.
PROSE = 60

WORD = re.compile(r"[^\W\d_]+")
#: Signs of scripts that are written without spaces.
DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")


def stems(folded: str) -> set[str]:
    """What is compared of a folded line.

    >>> sorted(stems("the mayors of kelmouth, 東京都"))
    ['kelmout', 'mayors', '京都', '東京']
    """
    found: set[str] = set()
    for word in WORD.findall(folded):
        if DENSE.match(word):
            found.update(word[at : at + 2] for at in range(max(len(word) - 1, 1)))
        elif len(word) >= SHORTEST:
            found.add(word[:STEM])
    return found


def overlaps(folded: Sequence[str], shapes: str) -> tuple[list[float], list[int]]:
    """For each line the share of its stems that other lines of prose have (-1.0 for lines without a stem), and their number."""
    own = [stems(text) for text in folded]
    prose = [shape == "p" or (shape == "s" and len(text) >= PROSE) for shape, text in zip(shapes, folded, strict=True)]
    printed = Counter(stem for words, is_prose in zip(own, prose, strict=True) if is_prose for stem in words)
    shares = [
        sum(printed[stem] > is_prose for stem in words) / len(words) if words else -1.0
        for words, is_prose in zip(own, prose, strict=True)
    ]
    return shares, [len(words) for words in own]
