"""Read language packs: every cue of every category, checked at load, each refusal with file and line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cleaner.categories import CATEGORIES
from cleaner.errors import PackError
from cleaner.folding import core, fold
from cleaner.phrases import closes, expand, is_line, needed, opens, spelled, stands_in

if TYPE_CHECKING:
    from pathlib import Path

PACKS = os.path.join(os.path.dirname(__file__), "packs")
#: The pack that is always active: what is printed alike in every language.
SHARED = "any"

#: Words and phrases that filters ask for; they are not looked for in every document.
UNSCANNED = frozenset({"label", "byline", "role", "we", "you"})
#: Modes that list words instead of giving one phrase.
_LISTS = frozenset({"words", "role", "we", "you"})
_LINE_MODES = frozenset({"line", "near", "owns"})
_TIMES = re.compile(r"#(?:[.,:]#)+")
_MODES = _LINE_MODES | {"starts", "opens", "ends", "has", "hint", "words", "leads", "not"} | UNSCANNED
_NESTED = re.compile(r"\{[^{}]*\{")
_CALENDAR = frozenset({"month", "day", "ago"})


#: How the phrases of a mode are compared with a line; those of all others stand anywhere in it.
_COMPARE = {**dict.fromkeys(_LINE_MODES, is_line), "starts": opens, "opens": opens, "ends": closes, "leads": closes}


class Cue(NamedTuple):
    """One phrase of one pack: `phrase` as it is compared (folded), `raw` in lower case as it is printed (empty in an index)."""

    language: str
    category: str
    mode: str
    family: str
    phrase: str
    raw: str

    @property
    def name(self) -> str:
        """Stable name for explanations: `en:donation:your support helps us`."""
        return f"{self.language}:{self.category}:{self.phrase}"

    @property
    def whole_line(self) -> bool:
        """Whether the phrase is a whole line."""
        return self.mode in _LINE_MODES

    @property
    def short_lines_only(self) -> bool:
        """Whether the cue can only match a line that is hardly longer than its phrase."""
        return self.mode in _LINE_MODES or self.mode == "words"

    def matches(self, *forms: str) -> bool:
        """Whether the cue holds for a line, given folded, with the punctuation around it and without, in turn."""
        compare = _COMPARE.get(self.mode, stands_in)
        # A generator would cost more than the comparisons: this is asked a hundred times for a document.
        for form in dict.fromkeys(forms if compare in (is_line, opens) else forms[::2]):  # noqa: SIM110
            if compare(self.phrase, form):
                return True
        return False


class Pack(NamedTuple):
    """A parsed pack: its cues, and the words of its calendar by kind (`month`, `day`, `ago`)."""

    cues: tuple[Cue, ...]
    calendar: dict[str, frozenset[str]]


def available() -> tuple[str, ...]:
    """The ISO codes of the languages that have a pack, sorted.

    >>> {"de", "en", "fr"} <= set(available())
    True
    """
    codes = (name[:-4] for name in os.listdir(PACKS) if name.endswith(".txt"))
    return tuple(sorted(code for code in codes if code != SHARED))


def check_languages(codes: Iterable[str]) -> frozenset[str]:
    """Return `codes` as a set.

    Raises:
        ValueError: there is no pack for one of them.
    """
    chosen, valid = frozenset(codes), available()
    if unknown := sorted(chosen.difference(valid)):
        raise ValueError(f"unknown language {unknown[0]!r}; there are packs for {', '.join(valid)}")
    return chosen


@lru_cache(maxsize=64)
def load(language: str) -> Pack:
    """The pack of a language, read once.

    Raises:
        PackError: the file is malformed; the error names file and line.
    """
    path = os.path.join(PACKS, f"{language}.txt")
    with open(path, encoding="utf-8") as file:
        return parse(file.read(), language, path)


def parse(source: str, language: str, path: str | Path) -> Pack:
    """Parse the text of a pack.

    Raises:
        PackError: an unknown section or mode, an empty or repeated phrase, a missing family.
    """
    cues: list[Cue] = []
    seen: dict[tuple[str, ...], int] = {}
    calendar: dict[str, set[str]] = {}
    section = ""
    for number, raw in enumerate(source.split("\n"), 1):
        entry = raw.strip()
        if not entry or entry.startswith("#"):
            continue
        if entry.startswith("[") and entry.endswith("]"):
            section = entry[1:-1]
            if section not in CATEGORIES and section not in ("article", "calendar"):
                raise PackError(path, number, f"unknown section {entry}")
            continue
        mode, _, phrase = entry.partition(" ")
        if not section:
            raise PackError(path, number, "a phrase before the first [section]")
        if section == "calendar":
            if mode not in _CALENDAR:
                raise PackError(path, number, f"unknown calendar word kind {mode!r}")
            words = [phrase] if mode == "ago" else phrase.split()
            calendar.setdefault(mode, set()).update(_TIMES.sub("#", form) for word in words for form in expand(word.lower()))
            continue
        if mode not in _MODES:
            raise PackError(path, number, f"unknown mode {mode!r}; the modes are {', '.join(sorted(_MODES))}")
        family = ""
        if mode == "hint":
            family, _, phrase = phrase.strip().partition(" ")
        fresh = []
        for cue in _cues(language, section, mode, family, phrase):
            if fault := _fault(cue):
                raise PackError(path, number, fault)
            known = seen.setdefault(cue[1:5], number)
            if known == number:
                fresh.append(cue)
        if not fresh:
            raise PackError(path, number, f"{phrase.strip()!r} stands in line {known} already")
        cues += fresh
    return Pack(tuple(cues), {kind: frozenset(words) for kind, words in calendar.items()})


def _fault(cue: Cue) -> str:
    """What is wrong with a cue's phrase; empty where nothing is."""
    if not cue.phrase or cue.phrase.count("{") != cue.phrase.count("}"):
        return f"no phrase behind {cue.mode!r}"
    if _NESTED.search(cue.phrase):
        return "braces within braces"
    if "\\" in cue.phrase:
        return "a backslash: no sign needs one"
    if "||" in cue.raw:
        return "an empty alternative between others: it stands last, and a bar cannot be written"
    if ("{" in cue.phrase or "*" in cue.phrase) and cue.mode not in _LISTS and not needed(cue.phrase):
        return f"{cue.raw!r} may be empty: one of its words must stand there"
    return ""


def _cues(language: str, category: str, mode: str, family: str, phrase: str) -> Iterator[Cue]:
    if mode in _LISTS:
        yield from (Cue(language, category, mode, "", fold(word), word.lower()) for word in phrase.split())
        return
    for raw in spelled(" ".join(phrase.split()).lower()):
        yield Cue(language, category, mode, family, _comparable(mode, fold(raw)), raw)


def _comparable(mode: str, folded: str) -> str:
    """The folded phrase without punctuation where a line's own is stripped before comparing.

    A clock time or a decimal number in a line is one number: `#:#` is `#`.
    """
    folded = _TIMES.sub("#", folded)
    if "{" in folded or "*" in folded:
        return folded
    if mode in _LINE_MODES:
        # Without a letter the signs are all there is: "$#" is not "#".
        return core(folded) if any(map(str.isalpha, folded)) else folded
    return folded.lstrip("-–—•*·>» ") if mode in ("starts", "opens") else folded
