"""Where sentences, and the buttons of a row, are joined: glued by an extractor, or with a space between."""

from __future__ import annotations

import re

_CAPITAL = "A-ZÀ-ÞА-ЯЁІЇЄҐĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽĞİŞĂȘȚŐŰĐƠƯΑ-ΩΆΈΉΊΌΎΏ"
_SMALL = "a-zß-ÿа-яёіїєґąćęłńśźżčďěňřšťůžğışășțőűđơưα-ωάέήίόύώ"
# A sentence's end with the next one glued to it, or set off by a space.
_SEAM = re.compile(
    rf"(?<=[.!?…][\"”»’')])(?=[{_CAPITAL}])|(?<=[{_SMALL})][.!?…])(?=[{_CAPITAL}][{_SMALL}])"
    rf"|(?<=[.!?…])\s+(?=[{_CAPITAL}])|(?<=[。！？])(?=\w)"
)
# Where one button ends and the next begins.
GLUE = re.compile(rf"(?<=[{_SMALL}\d)])(?=[{_CAPITAL}])")


def last_seam(text: str, after: int = 0) -> re.Match[str] | None:
    """Where the last sentence of a text is joined to the one before it, glued or with a space; looked for from `after` on."""
    return max(_SEAM.finditer(text, after), key=re.Match.start, default=None)
