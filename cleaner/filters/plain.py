"""The filters that need no mechanism beyond the packs' cues: legal lines and advertising."""

from __future__ import annotations

from cleaner.filters.cued import CuedLines


class LegalLines(CuedLines):
    """Marks cookie, consent, privacy, copyright and terms lines, and warnings about JavaScript or ad blockers."""

    def __init__(self) -> None:
        super().__init__("legal lines", "legal", "Is a legal or consent line")


class Advertising(CuedLines):
    """Marks ad labels, sponsored and affiliate notes, shop and event promotion."""

    def __init__(self) -> None:
        super().__init__("advertising", "advertising", "Advertises")
