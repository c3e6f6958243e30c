"""Careful encoding repair with ftfy: mojibake, stray control characters, left-over HTML entities, and nothing else.

ftfy reads about a megabyte a second, so a cheap test decides which lines it needs to see: a superset of what ftfy changes
under this configuration, but for text read as an old Mac or DOS encoding, where a guess does more harm than good.
"""

from __future__ import annotations

import re

from cleaner.document import Document

_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,24};")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u206a-\u206f\ufeff\ufff9-\ufffc]|\x1b\[")
# What UTF-8 bytes look like when read as a one-byte encoding: a letter or sign that a lead byte turns into (Latin,
# Cyrillic, Greek and Central European tables), then one that a continuation byte turns into.
_MOJIBAKE = re.compile(
    r"[\u00a1-\u00ff\u0102-\u017e\u0390-\u03ce\u0400-\u045f\u2500-\u259f\u05d0-\u05ea]"
    r"[\u0080-\u00bf\u0100-\u017f\u0192\u02c6-\u02dd\u0384-\u03af\u0400-\u0491\u2010-\u2122\u2200-\u22ff\u2500-\u25ff\u00d7\u00f7]"
    r"|[ÃÂ] |\ufffd|â€|Ã|[×÷][\u00c0-\u00ff]"
)


def needs_repair(line: str) -> bool:
    """Whether ftfy must look at a line.

    >>> needs_repair("The cafÃ© reopened"), needs_repair("The café is open")
    (True, False)
    """
    if "&" in line and _ENTITY.search(line):
        return True
    if line.isascii():
        return not line.isprintable() and bool(_CONTROL.search(line))
    return bool(_CONTROL.search(line) or _MOJIBAKE.search(line))


def repair(line: str) -> str:
    """The line with its encoding repaired; curly quotes, ligatures, full-width forms and normal form stay as they are."""
    import ftfy

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
    found = {}
    for index, line in enumerate(document.lines):
        if needs_repair(line) and (fixed := repair(line)) != line and fixed.strip():
            found[index] = fixed
    return found
