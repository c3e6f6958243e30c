"""Read language packs: every cue of every category, checked at load, each refusal with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from cleaner.categories import CATEGORIES
from cleaner.errors import PackError
from cleaner.folding import core, ends_word, fold, starts_word

PACKS = Path(__file__).parent / "packs"
#: The pack that is always active: what is printed alike in every language.
SHARED = "any"
#: How many characters a `*` in a phrase may stand for.
GAP = 40

_LINE_MODES = frozenset({"line", "near", "owns"})
_MODES = _LINE_MODES | {"starts", "opens", "ends", "has", "hint", "words", "leads", "label", "byline", "not"}
_CALENDAR = frozenset({"month", "day", "ago"})
_CHOICE = re.compile(r"\{([^{}]*)\}")


class Cue(NamedTuple):
    """One phrase of one pack: `phrase` as it is compared (folded), `raw` in lower case as it is printed."""

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
    def short_lines_only(self) -> bool:
        """Whether the cue can only match a line that is hardly longer than its phrase."""
        return self.mode in _LINE_MODES

    def matches(self, folded: str, stripped: str) -> bool:
        """Whether the cue holds for a line, given folded and with the punctuation around it stripped."""
        if self.mode in _LINE_MODES:
            return stripped == self.phrase if "*" not in self.phrase else bool(_gapped(self.phrase).fullmatch(stripped))
        if self.mode in ("starts", "opens"):
            if "*" in self.phrase:
                return bool(_gapped(self.phrase).match(stripped))
            return any(
                form.startswith(self.phrase) and ends_word(form, len(self.phrase)) for form in (stripped, folded)
            )
        if self.mode in ("ends", "leads"):
            if "*" in self.phrase:
                return any(m.end() == len(folded) for m in _gapped(self.phrase).finditer(folded))
            return folded.endswith(self.phrase) and starts_word(folded, len(folded) - len(self.phrase))
        return next(self.find_all(folded), None) is not None

    def find_all(self, folded: str) -> Iterator[int]:
        """Where the phrase stands in a folded line, on word boundaries."""
        if "*" in self.phrase:
            yield from (m.start() for m in _gapped(self.phrase).finditer(folded))
            return
        at = folded.find(self.phrase)
        while at >= 0:
            if starts_word(folded, at) and ends_word(folded, at + len(self.phrase)):
                yield at
            at = folded.find(self.phrase, at + 1)


@lru_cache(maxsize=4096)
def _gapped(phrase: str) -> re.Pattern[str]:
    # A star set off by spaces stands between words; one without may stand inside a word, as unspaced scripts need it.
    spaced = rf"\b.{{0,{GAP}}}?\b".join(re.escape(piece) for piece in phrase.split(" * "))
    body = spaced.replace(re.escape("*"), rf".{{0,{GAP}}}?")
    return re.compile(rf"(?<!\w){body}(?!\w)" if phrase[0] < "\u0e00" else body)


class Pack(NamedTuple):
    """A parsed pack: its cues, and the words of its calendar by kind (`month`, `day`, `ago`)."""

    cues: tuple[Cue, ...]
    calendar: dict[str, frozenset[str]]


def available() -> tuple[str, ...]:
    """The ISO codes of the languages that have a pack, sorted.

    >>> {"de", "en", "fr"} <= set(available())
    True
    """
    return tuple(sorted(path.stem for path in PACKS.glob("*.txt") if path.stem != SHARED))


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
    path = PACKS / f"{language}.txt"
    return parse(path.read_text(encoding="utf-8"), language, path)


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
            calendar.setdefault(mode, set()).update(form for word in words for form in expand(word))
            continue
        if mode not in _MODES:
            raise PackError(path, number, f"unknown mode {mode!r}; the modes are {', '.join(sorted(_MODES))}")
        family = ""
        if mode == "hint":
            family, _, phrase = phrase.strip().partition(" ")
        fresh = []
        for cue in _cues(language, section, mode, family, phrase):
            if not cue.phrase:
                raise PackError(path, number, f"no phrase behind {mode!r}")
            known = seen.setdefault(cue[1:5], number)
            if known == number:
                fresh.append(cue)
        if not fresh:
            raise PackError(path, number, f"{phrase.strip()!r} stands in line {known} already")
        cues += fresh
    return Pack(tuple(cues), {kind: frozenset(words) for kind, words in calendar.items()})


def _cues(language: str, category: str, mode: str, family: str, phrase: str) -> Iterator[Cue]:
    if mode == "words":
        yield from (Cue(language, category, mode, "", fold(word), word.lower()) for word in phrase.split())
        return
    for raw in expand(phrase):
        yield Cue(language, category, mode, family, _comparable(mode, fold(raw)), raw)


def _comparable(mode: str, folded: str) -> str:
    """The folded phrase without punctuation where a line's own is stripped before comparing."""
    if mode in _LINE_MODES:
        return core(folded)
    return folded.lstrip("-–—•*·>» ") if mode in ("starts", "opens") else folded


def expand(phrase: str) -> Iterator[str]:
    """Every form of a phrase with `{a|b|}` alternatives, in lower case.

    >>> list(expand("{log|sign} in {now|}"))
    ['log in now', 'log in', 'sign in now', 'sign in']
    """
    choices = [part.split("|") if n % 2 else [part] for n, part in enumerate(_CHOICE.split(phrase))]
    for words in product(*choices):
        yield " ".join("".join(words).split()).lower()
