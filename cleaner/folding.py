"""Folding: the form in which cues and lines are compared. It is for matching only, never for output."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

#: Typographic variants that must not defeat a cue: quotes, apostrophes, hyphens, spaces, invisible marks.
VARIANTS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´ʼ＇׳", "'"),
        **dict.fromkeys("“”„‟″«»״", '"'),
        **dict.fromkeys("‐‑‒–—―−־", "-"),
        **dict.fromkeys("\u00a0\u1680\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\t", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f", ""),
        # Marks of direction; what Arabic, Persian and Hebrew write for looks or leave out; letters with two code points.
        **dict.fromkeys("\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u0640", ""),
        **dict.fromkeys(map(chr, (*range(0x0591, 0x05BE), *range(0x05C1, 0x05C8), *range(0x064B, 0x0653), 0x0670)), ""),
        **dict.fromkeys("أإآٱ", "ا"),
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ة": "ه",
        "٫": ".",
        "٬": ",",
        "İ": "i",
        "ı": "i",
    }
)
_ACCENTS = re.compile("[\u0300-\u036f]")
#: For patterns: letters and vowel signs of India's scripts. Signs belong to the letter before them, though they are no
#: letters themselves (see `is_sign`).
SIGNS = "\u0900-\u0963\u0971-\u0dff"
_NUMBERS = re.compile(r"\d+(?:[.,:]\d+)*")
# Not punctuation: numbers, and what is a part of names.
_CORE_SIGNS = frozenset("#_")
_SPACES = re.compile(r" {2,}")


class _Folds(dict[int, str]):
    """What each character folds to, found out when it is first met; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        text = unicodedata.normalize("NFKD", chr(code).translate(VARIANTS))
        folded = unicodedata.normalize("NFC", _ACCENTS.sub("", text)).casefold()
        self[code] = folded
        return folded


_FOLDS = _Folds()
#: The encoding of most of the texts written in Latin letters: in it a table of 256 bytes folds a text at once.
_WEST = "cp1252"


@lru_cache(maxsize=1)
def _west() -> tuple[bytes, bytes, dict[str, str]]:
    """For `bytes.translate`: the table, the bytes that vanish, and what no single byte stands for (`ß`, `…`)."""
    table, gone, rest = bytearray(range(256)), bytearray(), {}
    for byte in range(256):
        char = bytes((byte,)).decode(_WEST, "ignore")
        folded = _FOLDS[ord(char)] if char else ""
        if char and not folded:
            gone.append(byte)
        elif len(folded) == 1 and (folded < "\x80" or "\xa0" <= folded <= "\xff"):
            table[byte] = ord(folded)
        elif char:
            rest[chr(byte)] = folded
    return bytes(table), bytes(gone), rest


def _plain(text: str) -> str:
    """Case, accents, variants and full-width forms away."""
    if text.isascii():
        return text.replace("\t", " ").lower()
    try:
        data = text.encode(_WEST)
    except UnicodeEncodeError:
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
        return text.translate(_FOLDS)
    table, gone, rest = _west()
    folded = data.translate(table, gone).decode("latin-1")
    if not folded.isascii():
        for char, put in rest.items():
            if char in folded:
                folded = folded.replace(char, put)
    return folded


def fold(text: str, *, numbers: bool = True) -> str:
    """Case, accents, quote and hyphen kinds, full-width forms and odd spaces away; numbers become `#` (unless told not to).

    >>> fold("S’ABONNER à partir de 1,99\\u00a0€")
    "s'abonner a partir de # €"
    """
    folded = _plain(text)
    return _SPACES.sub(" ", _NUMBERS.sub("#", folded) if numbers else folded).strip()


def fold_lines(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """`fold` for the lines of a document, with their numbers and without: a hundred at once cost little more than one."""
    if not lines:
        return [], []
    numbered = _plain("\n".join(lines))
    if "  " in numbered:
        numbered = _SPACES.sub(" ", numbered)
    folded = _NUMBERS.sub("#", numbered)
    return list(map(str.strip, numbered.split("\n"))), list(map(str.strip, folded.split("\n")))


def core(folded: str) -> str:
    """A folded line without the bullets, arrows and punctuation around it.

    >>> core("» read more ...")
    'read more'
    """
    start, end = 0, len(folded)
    # A pattern would look at every sign within the line.
    while start < end and not (folded[start].isalnum() or folded[start] in _CORE_SIGNS):
        start += 1
    while start < end and not (folded[end - 1].isalnum() or folded[end - 1] in _CORE_SIGNS or is_sign(folded[end - 1])):
        end -= 1
    return folded[start:end]


def comparable(folded: str) -> str:
    """A folded line as it is compared with others: outlets quote a word in their headline with one kind of mark and in their
    cards with another.

    >>> comparable("'no more' rain, says forecaster.")
    'no more rain, says forecaster'
    """
    return core(folded.replace('"', "").replace("'", ""))


def is_sign(char: str) -> bool:
    """Whether a character is a vowel sign, which belongs to the letter before it."""
    return char > "\u08ff" and unicodedata.category(char) in ("Mn", "Mc")


def starts_word(text: str, at: int) -> bool:
    """Whether a word may begin at `at`: unspaced scripts have no such boundary, so any place will do."""
    return at == 0 or at >= len(text) or not (_joins(text[at - 1]) and _joins(text[at]))


def ends_word(text: str, at: int) -> bool:
    """Whether a word may end before `at`."""
    return at == 0 or at >= len(text) or not (_joins(text[at - 1]) and _joins(text[at]))


def _joins(char: str) -> bool:
    # Letters of scripts written with spaces; from U+0E00 on (Thai, kana, ideographs, hangul) words are not set apart,
    # but Latin Extended Additional and Greek Extended (U+1E00-1FFF) are.
    return (char.isalnum() or is_sign(char)) and (char < "\u0e00" or "\u1e00" <= char < "\u2000")
