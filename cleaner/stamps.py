"""Stamps and bylines: lines of dates, times, names and the labels around them, in the words of the active packs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cleaner.folding import fold

#: No stamp or byline is longer than this.
LONGEST = 140
#: How many words a name may have.
NAME_WORDS = 4

_TIME = r"\d{1,2}(?::|\.|h|\s?uhr\s?)\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?\s?m\b\.?|uhr|h\b)?|\d{1,2}\s?(?:[ap]\.?m\b\.?|uhr\b)"
_ZONE = r"\b(?:gmt|utc|bst|cet|cest|mez|mesz|est|edt|et|cst|cdt|pst|pdt|pt|ist|msk)\b(?:\s?[+-]\s?\d{1,2}(?::?\d{2})?)?"
_NUMERIC = (
    r"\d{4}-\d{1,2}-\d{1,2}(?:t[\d:.]+(?:z|[+-][\d:]+)?)?"
    r"|\d{1,2}([./-])\s?\d{1,2}\1\s?(?:\d{4}|\d{2})(?!\d)"
    r"|\d{4}([./])\s?\d{1,2}\2\s?\d{1,2}(?!\d)"
    r"|\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日?|\d{4}\s?년\s?\d{1,2}\s?월\s?\d{1,2}\s?일"
)
_PARTICLES = frozenset(
    "de da do dos das del della di du la le van von der den ten ter zu bin ibn al el und and y e et o".split()
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_JOINTS = re.compile(r"\s*(?:[,;/|&•·]|\s-\s|\s–\s|\s—\s|\b(?:and|und|et|y|e|och|og|en|i|ve)\b)\s*")
_INK = re.compile(r"[^\W\d_]")


class Stamps:
    """Recognises stamps and bylines.

    Args:
        calendar: `month` and `day` names, and `ago` phrases in which `#` is a number.
        labels: words that stand around dates ("updated", "min read").
        bylines: words that stand before names ("by", "written by").
    """

    def __init__(self, calendar: Mapping[str, Iterable[str]], labels: Iterable[str], bylines: Iterable[str]) -> None:
        months, days = _either(calendar.get("month", ())), _either(calendar.get("day", ()))
        ago = "|".join(
            re.escape(form).replace(r"\#", r"\d+") for form in sorted(calendar.get("ago", ()), key=len, reverse=True)
        )
        month_date = (
            rf"\d{{1,2}}(?:st|nd|rd|th|\.|er|º)?\s*(?:de\s|of\s)?\s*{months}\b\.?,?(?:\s*(?:de\s|del\s)?\s*\d{{4}})?"
            rf"|\b{months}\.?\s+\d{{1,2}}(?:st|nd|rd|th|\.)?(?:,?\s+\d{{4}})?(?!\d)|\b{months}\.?\s+\d{{4}}"
        )
        self._date = re.compile(f"{_NUMERIC}|{month_date}" + (f"|{ago}" if ago else ""), re.IGNORECASE)
        self._time = re.compile(f"{_TIME}|{_ZONE}", re.IGNORECASE)
        self._day = re.compile(rf"\b{days}\b\.?", re.IGNORECASE)
        self._label = re.compile(rf"\b{_either(labels)}\b", re.IGNORECASE)
        self._only_labels = re.compile(rf"{_either(labels)}+", re.IGNORECASE)
        self._byline = re.compile(rf"^\W*{_either(bylines)}(?:\s*:\s*|\s+|(?=[A-Z]))", re.IGNORECASE)

    def kind(self, line: str) -> str:
        """What a line is: `date` (nothing but dates, times and labels), `named` (those and names), `byline` (a byline
        word and names), `label` (labels alone), `email` (an address, with or without a name), or an empty string.

        A bare number or clock time is none of these: scores and listings print them too.
        """
        if len(line) > LONGEST:
            return ""
        dated = rest = self._date.sub(" ", line)
        found = dated != line
        if found:
            rest = self._day.sub(" ", self._time.sub(" ", rest))
        unlabelled = self._label.sub(" ", rest)
        byline = self._byline.sub("", unlabelled if found else rest)
        if found:
            if not _INK.search(unlabelled):
                return "date"
            return "named" if names(byline) else ""
        if byline != rest and names(_EMAIL.sub(" ", byline)):
            return "byline"
        if _EMAIL.search(line):
            left = _EMAIL.sub(" ", line)
            return "email" if not _INK.search(left) or names(left) else ""
        if self._only_labels.fullmatch(fold(line).replace(" ", "").strip(":|.")):
            return "label"
        return ""


def names(text: str) -> bool:
    """Whether a text could be names and nothing else: capitalised words, joined by commas or "and".

    >>> names("Tom Watling ,Arpan Rai and María José de la Cruz"), names("Police confirm the arrest")
    (True, False)
    """
    parts = [part for part in _JOINTS.split(text.strip(" \t|•·-–—,.:;()")) if part.strip()]
    return bool(parts) and len(parts) <= 8 and all(map(_is_name, parts))


def _is_name(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= NAME_WORDS + 1:
        return False
    for word in words:
        bare = word.strip(".,'’()*")
        if not bare or any(map(str.isdigit, bare)):
            return False
        if bare in _PARTICLES:
            continue
        if not bare[0].isupper() and bare[0].lower() != bare[0].upper():
            return False
    return sum(word not in _PARTICLES for word in words) <= NAME_WORDS


def _either(words: Iterable[str]) -> str:
    """A group that matches any of the words, as printed or without accents; nothing where there are none."""
    forms = {form for word in words for form in (word, fold(word))}
    return f"(?:{'|'.join(re.escape(form) for form in sorted(forms, key=len, reverse=True))})" if forms else "(?!)"
