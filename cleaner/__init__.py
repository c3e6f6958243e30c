"""Take the text that an article extractor returned and give back the article alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cleaner.categories import CATEGORIES
from cleaner.errors import CleanerError, PackError, RulesError
from cleaner.filters import Filter, SecondLook
from cleaner.pipeline import FILTERS, Pipeline
from cleaner.result import Mark, Removal, Repair, Result
from cleaner.version import __version__
from cleaner.view import View

if TYPE_CHECKING:
    from cleaner.rules import Rules

__all__ = [
    "CATEGORIES",
    "FILTERS",
    "CleanerError",
    "Filter",
    "Mark",
    "PackError",
    "Pipeline",
    "Removal",
    "Repair",
    "Result",
    "Rules",
    "RulesError",
    "SecondLook",
    "View",
    "__version__",
    "clean",
    "explain",
]


def __getattr__(name: str) -> Any:
    # Rules are rarely used and bring their own imports along.
    if name == "Rules":
        from cleaner.rules import Rules

        return Rules
    raise AttributeError(f"module 'cleaner' has no attribute {name!r}")


@lru_cache(maxsize=1)
def _default() -> Pipeline:
    return Pipeline()


def clean(text: str) -> str:
    """The article alone: `text` without appeals, prompts, banners, repeats and the other lines that are not the article.

    Raises:
        TypeError: `text` is not a string.

    >>> clean("The bridge reopened on Monday.\\nSign up to our newsletter\\nTraffic was light.")
    'The bridge reopened on Monday.\\nTraffic was light.'
    """
    return _default().clean(text)


def explain(text: str) -> Result:
    """What `clean` does to `text`, and why: the removed spans with category, reason and confidence.

    Raises:
        TypeError: `text` is not a string.
    """
    return _default().explain(text)
