"""Folding: the form in which cues and lines are compared. It is for matching only, never for output."""

from __future__ import annotations

import re
import unicodedata

#: Typographic variants that must not defeat a cue: quotes, apostrophes, hyphens, spaces, invisible marks.
VARIANTS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ＇", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u1680\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\t", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f", ""),
        "İ": "i",
        "ı": "i",
    }
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_NUMBERS = re.compile(r"\d+(?:[.,:]\d+)*")
_EDGES = re.compile(r"^[^\w#]+|[^\w#]+$")
_SPACES = re.compile(r" {2,}")


def fold(text: str, *, numbers: bool = True) -> str:
    """Case, accents, quote and hyphen kinds, full-width forms and odd spaces away; numbers become `#` (unless told not to).

    >>> fold("S’ABONNER à partir de 1,99\\u00a0€")
    "s'abonner a partir de # €"
    """
    text = text.translate(VARIANTS) if not text.isascii() else text.replace("\t", " ")
    if not text.isascii():
        text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    text = text.casefold()
    return _SPACES.sub(" ", _NUMBERS.sub("#", text) if numbers else text).strip()


def core(folded: str) -> str:
    """A folded line without the bullets, arrows and punctuation around it.

    >>> core("» read more ...")
    'read more'
    """
    return _EDGES.sub("", folded)


def starts_word(text: str, at: int) -> bool:
    """Whether a word may begin at `at`: unspaced scripts have no such boundary, so any place will do."""
    return at == 0 or at >= len(text) or not (_joins(text[at - 1]) and _joins(text[at]))


def ends_word(text: str, at: int) -> bool:
    """Whether a word may end before `at`."""
    return at == 0 or at >= len(text) or not (_joins(text[at - 1]) and _joins(text[at]))


def _joins(char: str) -> bool:
    # Letters of scripts written with spaces; from U+0E00 on (Thai, kana, ideographs, hangul) words are not set apart,
    # but Latin Extended Additional and Greek Extended (U+1E00-1FFF) are.
    return char.isalnum() and (char < "\u0e00" or "\u1e00" <= char < "\u2000")
