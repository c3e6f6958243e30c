"""Subscription prompts: newsletter sign-up, offers, paywall, trial, registration, log-in."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.blocks import between, holding_lines
from cleaner.filters.cued import CuedLines
from cleaner.result import Mark
from cleaner.view import View

#: Evidence (log-odds) of standing between two lines of an offer: enough for short lines, not for a paragraph.
INSIDE = 6.0


class SubscriptionPrompts(CuedLines):
    """Marks prompts to subscribe, register or log in, and the short lines of an offer between them."""

    def __init__(self) -> None:
        super().__init__("subscription prompts", "subscription", "Asks to subscribe, register or log in")

    def extend(self, view: View) -> Iterable[Mark]:
        """Mark the lines that a paywall or sign-up block holds between its own."""
        for line in between(holding_lines(view, self.category), 2):
            if view.shapes[line] == "p" or view.speaks_for_article(line):
                continue
            if view.shapes[line] != "s" or view.voices(line):
                yield view.mark(line, self.category, "Stands inside a subscription prompt", INSIDE)
