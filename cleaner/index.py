"""The packs of some languages as one index: which byte strings (anchors) call for which cues.

Reading and checking the packs takes longer than cleaning a thousand articles, so the finished index is kept in the user's
cache folder (`$XDG_CACHE_HOME` or `~/.cache`), renewed when a pack changes, and done without where it cannot be written. It is
not kept beside the packs: an installer that takes the package away would leave it, and a folder of our name with it.
"""

from __future__ import annotations

import marshal
import os
import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Any

from cleaner.lexicon import PACKS, SHARED, UNSCANNED, Cue, load
from cleaner.phrases import expand
from cleaner.version import __version__

# The code that makes the index: when it changes, the index is made anew.
_CODE = ("index.py", "lexicon.py", "phrases.py", "folding.py", "categories.py")
_PARTS = re.compile(r"\{([^{}]*)\}")
_PLAIN = re.compile(r"[a-z' ]+")
# Numbers, gaps, and what is printed in more than one way.
_VARYING = re.compile(r"[*#\"«»„“”…–—-]")
#: An anchor of so many letters is rare enough; two parts are put together to reach it, in no more than so many forms.
ENOUGH, MOST_FORMS = 5, 80


class Index:
    """Anchors and cues, in a form that loads fast. Cues are made when they are asked for.

    Attributes:
        anchors: byte strings to look for.
        cues_of: for each anchor the numbers of its cues.
        short_only: for each anchor whether all of its cues are for short lines only.
        forms: each form of each whole-line phrase without gaps -> the numbers of its cues.
        words: each word of a vocabulary -> for each category that has it the number of one cue.
        vocabulary, labels, bylines, roles, voices, calendar: words by use, as in the packs.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.anchors: list[bytes] = data["anchors"]
        self.cues_of: list[list[int]] = data["cues_of"]
        self.short_only: list[bool] = data["short_only"]
        self.vocabulary: dict[str, list[str]] = data["vocabulary"]
        self.labels: list[str] = data["labels"]
        self.bylines: list[str] = data["bylines"]
        self.words: dict[str, list[int]] = data["words"]
        self.forms: dict[str, list[int]] = data["forms"]
        self.roles: list[str] = data["roles"]
        self.voices: dict[str, list[str]] = data["voices"]
        self.calendar: dict[str, list[str]] = data["calendar"]
        self._rows: list[tuple[str, ...]] = data["cues"]
        self._made: dict[int, Cue] = {}

    def cue(self, number: int) -> Cue:
        """The cue of this number."""
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = Cue._make(self._rows[number])
        return made

    def __len__(self) -> int:
        return len(self._rows)


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
    by_anchor: dict[bytes, list[int]] = defaultdict(list)
    vocabulary: dict[str, list[str]] = defaultdict(list)
    words_cue: dict[str, int] = {}
    words: dict[str, list[int]] = {}
    forms: dict[str, list[int]] = defaultdict(list)
    for number, cue in enumerate(cues):
        if cue.mode == "words":
            # One cue stands for all of a category's vocabulary: whether a line is made of it is checked as a whole.
            vocabulary[cue.category].append(cue.phrase)
            words_cue.setdefault(cue.category, number)
            words.setdefault(cue.phrase, []).append(words_cue[cue.category])
        if cue.whole_line and "*" not in cue.phrase:
            # Looked up as they are: no need to look for their letters.
            for form in expand(cue.phrase):
                forms[form].append(number)
        elif cue.mode != "words" and cue.mode not in UNSCANNED:
            for anchor in anchors(cue.raw):
                if number not in by_anchor[anchor]:
                    by_anchor[anchor].append(number)
    return {
        "anchors": list(by_anchor),
        "cues_of": list(by_anchor.values()),
        "short_only": [all(cues[n].short_lines_only for n in numbers) for numbers in by_anchor.values()],
        "vocabulary": dict(vocabulary),
        "forms": dict(forms),
        "words": {word: sorted(set(numbers)) for word, numbers in words.items()},
        "labels": [cue.raw for cue in cues if cue.mode == "label"],
        "bylines": [cue.raw for cue in cues if cue.mode == "byline"],
        "roles": [cue.raw for cue in cues if cue.mode == "role"],
        "voices": {person: [cue.phrase for cue in cues if cue.mode == person] for person in ("we", "you")},
        "calendar": {
            kind: sorted(set().union(*(pack.calendar.get(kind, ()) for pack in packs))) for kind in ("month", "day", "ago")
        },
        "cues": [tuple(cue) for cue in cues],
    }


def anchors(phrase: str) -> list[bytes]:
    """Byte strings, one of which stands in every line that holds `phrase`, both in lower case.

    The longest run of ASCII letters does where there is one: accents and punctuation are outside of it. Of a phrase with
    alternatives, the part whose shortest form is the longest; where all are short, parts that stand together.

    >>> anchors("suscríbete a nuestro boletín"), anchors("{log|sign} in to comment")
    ([b'bete a nuestro bolet'], [b'in to comment'])
    >>> anchors("{to|our} {app|ad}")
    [b'to app', b'to ad', b'our app', b'our ad']
    """
    parts = [part.split("|") if number % 2 else [part] for number, part in enumerate(_PARTS.split(phrase))]
    best = max(map(_of_options, parts), key=_shortest, default=[])
    if _shortest(best) < ENOUGH:
        for size in (2, 3):
            runs = (parts[at : at + size] for at in range(len(parts) - size + 1))
            joined = [["".join(forms) for forms in product(*run)] for run in runs if prod(map(len, run)) <= MOST_FORMS]
            best = max([best, *map(_of_options, joined)], key=_shortest)
    return best


def _shortest(forms: Sequence[bytes]) -> int:
    return min(map(len, forms), default=0)


def _of_options(options: Sequence[str]) -> list[bytes]:
    """An anchor for each alternative; none where an alternative has none."""
    found = [_anchor(option) for option in options]
    return list(dict.fromkeys(found)) if all(found) else []


def _anchor(literal: str) -> bytes:
    best = max((piece.strip() for piece in _PLAIN.findall(literal)), key=len, default="")
    if len(best) < ENOUGH and best != literal.strip():
        best = max((piece.strip() for piece in _VARYING.split(literal)), key=len)
    return best.lower().encode()
