"""The packs of some languages as one index: which strings call for which cues.

Reading and checking the packs takes longer than cleaning a thousand articles, so the finished index is kept in the user's
cache folder (`$XDG_CACHE_HOME` or `~/.cache`), renewed when a pack changes, and done without where it cannot be written. It is
not kept beside the packs: an installer that takes the package away would leave it, and a folder of our name with it.
"""

from __future__ import annotations

import marshal
import os
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cleaner.anchors import SCANT, SIZES, anchors, beginnings, count_forms, is_list, rarity, sized
from cleaner.lexicon import PACKS, SHARED, UNSCANNED, Cue, load
from cleaner.phrases import expand
from cleaner.version import __version__

# The code that makes the index: when it changes, the index is made anew.
_CODE = ("index.py", "anchors.py", "lexicon.py", "phrases.py", "folding.py", "categories.py")
#: A whole line of at most so many forms, or a mere list of them, is looked up by each of them.
MOST_FORMS = 128
#: A cue is looked for by what stands within it rather than by its beginnings only where that is so few strings.
MOST_ANCHORS = 16
#: The same where the phrase may begin with a number, as every tenth line does.
MOST_OF_NUMBER = 300
# Strings are shelved by so many of their first characters; shorter beginnings are looked up for themselves.
_HEAD = 6
_SHORT_SIZES = tuple(size for size in SIZES if size < _HEAD)
_LONG_SIZES = tuple(size for size in SIZES if size >= _HEAD)
# No phrase holds a line break or a tab.
_BETWEEN, _WITHIN = "\n", "\t"


class Index:
    """Cues and where to look for them, in a form that loads fast. Cues are made when they are asked for.

    Attributes:
        anchors: strings to look for in every line; short_anchors: in short lines only.
        words: each word of a vocabulary -> for each category that has it the number of one cue.
        vocabulary, labels, bylines, roles, voices, calendar: words by use, as in the packs; vocabulary and voices by language.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.anchors = Anchors(data["anchors"])
        self.short_anchors = Anchors(data["short_anchors"])
        self._forms = Shelf(data["forms"])
        self._beginnings = Shelf(data["beginnings"])
        self._short_beginnings = Anchors(data["short_beginnings"])
        self.words: dict[str, list[int]] = data["words"]
        self.vocabulary: dict[str, dict[str, list[str]]] = data["vocabulary"]
        self.labels: list[str] = data["labels"]
        self.bylines: list[str] = data["bylines"]
        self.roles: list[str] = data["roles"]
        self.voices: dict[str, dict[str, list[str]]] = data["voices"]
        self.calendar: dict[str, list[str]] = data["calendar"]
        self._rows: list[str] = data["cues"].split(_BETWEEN)
        self._made: dict[int, Cue] = {}

    def cue(self, number: int) -> Cue:
        """The cue of this number, without its `raw` form."""
        made = self._made.get(number)
        if made is None:
            language, category, mode, family, phrase = self._rows[number].split(_WITHIN)
            made = self._made[number] = Cue(language, category, mode, family, phrase, raw="")
        return made

    def lines(self, text: str) -> Sequence[int]:
        """The cues, without gaps and of few forms, that are this whole text."""
        return self._forms.get(text)

    def openings(self, text: str) -> list[int]:
        """The cues that may open this text."""
        found: list[int] = []
        for size in _SHORT_SIZES:
            if numbers := self._short_beginnings.get(text[:size]):
                found += numbers
        if self._beginnings.holds(text):
            for size in _LONG_SIZES:
                found += self._beginnings.get(text[:size])
        return found

    def __len__(self) -> int:
        return len(self._rows)


class Anchors:
    """Strings with the numbers of their cues, kept as two long texts: those load ten times as fast as a dictionary."""

    def __init__(self, data: tuple[str, str]) -> None:
        self.keys = data[0].split(_BETWEEN) if data[0] else []
        self._rows: dict[str, str | tuple[int, ...]] = dict(zip(self.keys, data[1].split(_BETWEEN), strict=False))

    def get(self, key: str) -> tuple[int, ...]:
        """The numbers of a string; none for an unknown one."""
        row = self._rows.get(key)
        if row is None:
            return ()
        if isinstance(row, str):
            row = self._rows[key] = tuple(map(int, row.split(_WITHIN)))
        return row


class Shelf:
    """Strings with the numbers of their cues: those with one head are one text, in which they are looked for.

    Each string by itself in a dictionary would take three times the memory and four times as long to load.
    """

    def __init__(self, rows: dict[str, str]) -> None:
        self._rows = rows
        self._read: dict[str, list[int]] = {}

    def holds(self, text: str) -> bool:
        """Whether some string begins as this text does."""
        return text[:_HEAD] in self._rows

    def get(self, key: str) -> Sequence[int]:
        """The numbers of a string; none for an unknown one."""
        row = self._rows.get(key[:_HEAD])
        if row is None:
            return ()
        at = row.find(f"{_BETWEEN}{key}{_WITHIN}")
        if at < 0:
            return ()
        numbers = self._read.get(key)
        if numbers is None:
            at += len(key) + 2
            numbers = self._read[key] = list(map(int, row[at : row.index(_BETWEEN, at)].split(_WITHIN)))
        return numbers


def _shelved(numbers: Mapping[str, Iterable[int]]) -> dict[str, str]:
    shelves: dict[str, list[str]] = defaultdict(list)
    for key, row in numbers.items():
        shelves[key[:_HEAD]].append(_WITHIN.join([key, *map(str, dict.fromkeys(row))]))
    return {head: _BETWEEN.join(["", *rows, ""]) for head, rows in shelves.items()}


def _as_texts(numbers: Mapping[str, Iterable[int]]) -> tuple[str, str]:
    rows = (_WITHIN.join(map(str, dict.fromkeys(row))) for row in numbers.values())
    return _BETWEEN.join(numbers), _BETWEEN.join(rows)


def read_index(languages: Sequence[str]) -> Index:
    """The index of these languages, from the cache where it is up to date, else made and put there.

    Raises:
        PackError: a pack is malformed; the error names file and line.
    """
    codes = [SHARED, *languages]
    stamp: list[object] = [__version__, *(_state(os.path.join(PACKS, f"{code}.txt")) for code in codes)]
    stamp += (_state(os.path.join(os.path.dirname(__file__), name)) for name in _CODE)
    path = os.path.join(_cache_folder(), f"{zlib.crc32(PACKS.encode()):08x}-{'-'.join(codes)[:120]}.index")
    data = _load(path)
    if data.get("stamp") != stamp:
        data = {"stamp": stamp, **_build(codes)}
        _keep(path, data)
    return Index(data)


def _cache_folder() -> str:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "article-cleaner")


def _load(path: str) -> dict[str, Any]:
    try:
        with open(path, "rb") as file:
            data = marshal.loads(file.read())  # noqa: S302 (as trusted as the user's own .pyc files)
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return data if isinstance(data, dict) else {}


def _keep(path: str, data: dict[str, Any]) -> None:
    aside = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(aside, "wb") as file:
            marshal.dump(data, file)
        os.replace(aside, path)
    except OSError:
        # No home to write to: the packs are read anew in each process.
        return


def _state(path: str) -> list[object]:
    try:
        status = os.stat(path)
    except OSError:
        # Code that is not a file (a zipped package) does not change under our feet; a missing pack is reported by `load`.
        return [path]
    return [path, status.st_mtime_ns, status.st_size]


def _build(codes: Sequence[str]) -> dict[str, Any]:
    packs = [load(code) for code in codes]
    cues = [cue for pack in packs for cue in pack.cues]
    vocabulary: dict[str, dict[str, list[str]]] = {}
    words_cue: dict[str, int] = {}
    words: dict[str, list[int]] = {}
    for number, cue in enumerate(cues):
        if cue.mode == "words":
            # One cue stands for all of a category's vocabulary: whether a line is made of it is checked as a whole.
            vocabulary.setdefault(cue.language, {}).setdefault(cue.category, []).append(cue.phrase)
            words_cue.setdefault(cue.category, number)
            words.setdefault(cue.phrase, []).append(words_cue[cue.category])
    places = _places(cues)
    openings = places["beginnings"]
    return {
        "anchors": _as_texts(places["anchors"]),
        "short_anchors": _as_texts(places["short_anchors"]),
        "forms": _shelved(places["forms"]),
        "beginnings": _shelved({key: row for key, row in openings.items() if len(key) >= _HEAD}),
        "short_beginnings": _as_texts({key: row for key, row in openings.items() if len(key) < _HEAD}),
        "vocabulary": vocabulary,
        "words": {word: sorted(set(numbers)) for word, numbers in words.items()},
        "labels": [cue.raw for cue in cues if cue.mode == "label"],
        "bylines": [cue.raw for cue in cues if cue.mode == "byline"],
        "roles": [cue.raw for cue in cues if cue.mode == "role"],
        "voices": _voices(cues),
        "calendar": {
            kind: sorted(set().union(*(pack.calendar.get(kind, ()) for pack in packs))) for kind in ("month", "day", "ago")
        },
        "cues": _BETWEEN.join(_WITHIN.join(cue[:-1]) for cue in cues),
    }


def _voices(cues: Sequence[Cue]) -> dict[str, dict[str, list[str]]]:
    """Language -> person -> its words."""
    found: dict[str, dict[str, list[str]]] = {}
    for cue in cues:
        if cue.mode in ("we", "you"):
            found.setdefault(cue.language, {}).setdefault(cue.mode, []).append(cue.phrase)
    return found


def _places(cues: Sequence[Cue]) -> dict[str, dict[str, list[int]]]:
    """Where each cue is looked for: among whole lines, among the beginnings of lines, or anywhere by an anchor."""
    found: dict[str, dict[str, list[int]]] = {
        name: defaultdict(list) for name in ("forms", "beginnings", "anchors", "short_anchors")
    }
    for number, cue in enumerate(cues):
        if cue.mode == "words" or cue.mode in UNSCANNED:
            continue
        place, keys = "forms", []
        if cue.whole_line and "*" not in cue.phrase and (is_list(cue.phrase) or count_forms(cue.phrase) <= MOST_FORMS):
            keys = expand(cue.phrase)
        elif cue.whole_line or cue.mode in ("starts", "opens"):
            place, keys = "beginnings", [sized(beginning) for beginning in beginnings(cue.phrase)]
        common = place == "beginnings" and any(len(key) < 2 * SCANT and rarity(key) < SCANT for key in keys)
        if common or not keys:
            # A number or two letters open many a line: what stands in the phrase may be rarer.
            within, rarest = anchors(cue.phrase), min(map(rarity, keys), default=0)
            most = MOST_ANCHORS if rarest else MOST_OF_NUMBER
            if not keys or (len(within) <= most and min(map(rarity, within)) > rarest):
                place, keys = "short_anchors" if cue.whole_line else "anchors", within
        for key in dict.fromkeys(keys):
            found[place][key].append(number)
    return found
