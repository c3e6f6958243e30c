"""The categories of text that is not the article, and what each one holds."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

#: category -> what it holds, in the order in which ties are settled and lists are printed.
CATEGORIES = MappingProxyType(
    {
        "donation": "appeals for donations, reader support, membership as support",
        "comment_prompt": "join the conversation, comment counts, log in to comment, comment forms",
        "notification": "push, alert, app and follow prompts",
        "subscription": "newsletter sign-up, subscription offers, paywall, registration, log-in",
        "legal": "cookie, consent, privacy, copyright, terms, imprint, JavaScript warnings",
        "advertising": "ad labels, sponsored and affiliate notes, shop and event promotion",
        "related": "other stories: read more, most popular and the headlines under them",
        "duplicate": "a headline, standfirst, caption or line printed again",
        "interface": "share, print, save, player and gallery controls, menus, search",
        "reader_comment": "text posted by readers, with its names, dates and votes",
        "metadata": "bylines, author notes, dates, reading time, agency credits, section labels",
        "other": "anything else that is not this article",
        "correction": "corrections and editor's notes (kept unless you ask)",
    }
)

#: What stays unless the user asks for it to go.
KEPT_BY_DEFAULT = frozenset({"correction"})


def check_categories(names: Iterable[str], known: Iterable[str] = CATEGORIES) -> frozenset[str]:
    """Return `names` as a set.

    Raises:
        ValueError: a name is not among `known`; the message lists the names that are.
    """
    chosen, valid = frozenset(names), frozenset(known)
    if unknown := sorted(chosen - valid):
        raise ValueError(f"unknown category {unknown[0]!r}; the categories are {', '.join(sorted(valid))}")
    return chosen
