"""Corrections and editor's notes: part of the article, so by default what this filter marks is protected."""

from __future__ import annotations

from cleaner.filters.cued import CuedLines


class Corrections(CuedLines):
    """Marks corrections. While the category is kept, no rule removes a line that it marks."""

    def __init__(self) -> None:
        super().__init__("corrections", "correction", "Is a correction or an editor's note")
