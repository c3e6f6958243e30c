"""Careful encoding repair with ftfy: mojibake, stray control characters, left-over HTML entities, and nothing else.

ftfy reads about a megabyte a second, so a cheap test decides which lines it needs to see: a superset of what ftfy changes
under this configuration, but for text read as an old Mac or DOS encoding, where a guess does more harm than good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleaner.document import Document

# What UTF-8 bytes look like when read as a one-byte encoding: a letter or sign that a lead byte turns into (Latin,
# Cyrillic, Greek and Central European tables), then one that a continuation byte turns into.
_MOJIBAKE = (
    r"[\u00a1-\u00ff\u0102-\u017e\u0390-\u03ce\u0400-\u045f\u2500-\u259f\u05d0-\u05ea]"
    r"[\u0080-\u00bf\u0100-\u017f\u0192\u02c6-\u02dd\u0384-\u03af\u0400-\u040f\u0450-\u0491\u2010-\u2122\u2200-\u22ff"
    r"\u2500-\u25ff\u00d7\u00f7]"
    r"|[ÃÂ] |\ufffd|â€|Ã|[×÷][\u00c0-\u00ff]"
)
_CONTROL = r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u206a-\u206f\ufeff\ufff9-\ufffc]"
_SEEN_IN_PASSING = re.compile(rf"&#?[0-9A-Za-z]{{1,24}};|{_CONTROL}")
_DAMAGE = re.compile(rf"{_SEEN_IN_PASSING.pattern}|{_MOJIBAKE}")


def _classes() -> bytes:
    """For `bytes.translate` on UTF-8: `x` control characters and the lead byte of some, `&` ampersands, `l` lead bytes (`L`
    that of U+0080 to U+00BF), `c` the bytes that follow them (`d` the lower half), `n` line breaks, a space for all else.
    """
    table = bytearray(b" " * 256)
    table[ord("&")] = ord("&")
    for sign, first, last in ((b"d", 0x80, 0x9F), (b"c", 0xA0, 0xBF), (b"l", 0xC0, 0xFF), (b"x", 0, 31)):
        table[first : last + 1] = sign * (last + 1 - first)
    table[0xC2] = ord("L")
    for byte in b"\t\f\r":
        table[byte] = ord(" ")
    table[ord("\n")] = ord("n")
    table[0x7F] = table[0xEF] = ord("x")
    return bytes(table)


_CLASSES = _classes()
# Lone signs, and two characters outside of ASCII in a row; one a line is enough.
_SUSPECT = re.compile(rb"(?:[x&]|[cd][lL]|Ld)[^n]*")
_SUSPECT_BYTES = ("Ã".encode(), "Â".encode(), b"\xe2\x81")


def suspect_lines(document: Document) -> list[int]:
    """The lines that could need repair, by index: a test that looks at bytes, for most texts the only one."""
    data = document.text.encode("utf-8", "surrogatepass")
    # Of plain stretches, which are nearly all, one space is left.
    classes = b" ".join(data.translate(_CLASSES).split())
    numbers = _numbers((match.start() for match in _SUSPECT.finditer(classes)), classes, b"n")
    for sign in _SUSPECT_BYTES:
        if sign in data:
            numbers |= _numbers((match.start() for match in re.finditer(sign, data)), data, b"\n")
    if not numbers:
        return []
    if "\r" in document.text:
        return list(range(len(document)))
    return [line for line, span in enumerate(document.spans) if span.number in numbers]


def _numbers(places: Iterable[int], data: bytes, ends: bytes) -> set[int]:
    """The numbers (from 1) of the lines with these places, which are in order; `ends` ends a line."""
    found = set()
    number, counted = 1, 0
    for place in places:
        number += data.count(ends, counted, place)
        counted = place
        found.add(number)
    return found


def needs_repair(line: str) -> bool:
    """Whether ftfy must look at a line.

    >>> needs_repair("The cafÃ© reopened"), needs_repair("The café is open")
    (True, False)
    """
    return bool(_DAMAGE.search(line))


def repair(line: str) -> str:
    """The line with its encoding repaired; curly quotes, ligatures, full-width forms and normal form stay as they are."""
    import ftfy
    from ftfy.badness import is_bad

    if not is_bad(line) and not _SEEN_IN_PASSING.search(line):
        return line
    config = ftfy.TextFixerConfig(
        unescape_html=True,
        uncurl_quotes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=True,
        normalization=None,
        explain=False,
    )
    return ftfy.fix_text(line, config).replace("\n", " ").replace("\r", " ")


def find_repairs(document: Document) -> dict[int, str]:
    """Line index -> the repaired line, for the lines of a document that repair changes."""
    found: dict[int, str] = {}
    for index in suspect_lines(document):
        line = document.lines[index]
        if needs_repair(line) and (fixed := repair(line)) != line and fixed.strip():
            found[index] = fixed
    return found
