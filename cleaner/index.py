"""The packs of some languages as one index: which byte strings (anchors) call for which cues.

Reading and checking the packs takes longer than cleaning a thousand articles, so the finished index is kept beside them
as Python keeps its own `.pyc` files: in `__pycache__`, renewed when a pack changes, and done without where it cannot be
written.
"""

from __future__ import annotations

import marshal
import os
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from cleaner.lexicon import PACKS, SHARED, UNSCANNED, Cue, load
from cleaner.phrases import expand
from cleaner.version import __version__

# The code that makes the index: when it changes, the index is made anew.
_CODE = ("index.py", "lexicon.py", "phrases.py", "folding.py", "categories.py")
_PARTS = re.compile(r"\{([^{}]*)\}")
_PLAIN = re.compile(r"[a-z' ]+")


class Index:
    """Anchors and cues, in a form that loads fast. Cues are made when they are asked for.

    Attributes:
        anchors: byte strings to look for.
        cues_of: for each anchor the numbers of its cues.
        short_only: for each anchor whether all of its cues are for short lines only.
        entries: plain whole-line phrase -> its category.
        vocabulary, labels, bylines, roles, voices, calendar: words by use, as in the packs.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.anchors: list[bytes] = data["anchors"]
        self.cues_of: list[list[int]] = data["cues_of"]
        self.short_only: list[bool] = data["short_only"]
        self.vocabulary: dict[str, list[str]] = data["vocabulary"]
        self.labels: list[str] = data["labels"]
        self.bylines: list[str] = data["bylines"]
        self.entries: dict[str, str] = data["entries"]
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
    """The index of these languages, from beside the packs where it is up to date, else made and put there.

    Raises:
        PackError: a pack is malformed; the error names file and line.
    """
    codes = [SHARED, *languages]
    stamp: list[object] = [__version__, *(_state(os.path.join(PACKS, f"{code}.txt")) for code in codes)]
    stamp += (_state(os.path.join(os.path.dirname(__file__), name)) for name in _CODE)
    path = os.path.join(PACKS, "__pycache__", f"{'-'.join(codes)[:120]}.index")
    data = _load(path)
    if data.get("stamp") != stamp:
        data = {"stamp": stamp, **_build(codes)}
        _keep(path, data)
    return Index(data)


def _load(path: str) -> dict[str, Any]:
    try:
        with open(path, "rb") as file:
            data = marshal.loads(file.read())  # noqa: S302 (as trusted as the .pyc files in the same place)
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
        # A read-only installation: the packs are read anew in each process.
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
    for number, cue in enumerate(cues):
        if cue.mode == "words":
            vocabulary[cue.category].append(cue.phrase)
        if cue.mode not in UNSCANNED:
            # One cue stands for all of a category's vocabulary: whether a line is made of it is checked as a whole.
            one = words_cue.setdefault(cue.category, number) if cue.mode == "words" else number
            for anchor in anchors(cue.raw):
                if one not in by_anchor[anchor]:
                    by_anchor[anchor].append(one)
    return {
        "anchors": list(by_anchor),
        "cues_of": list(by_anchor.values()),
        "short_only": [all(cues[n].short_lines_only for n in numbers) for numbers in by_anchor.values()],
        "vocabulary": dict(vocabulary),
        "entries": {
            form: cue.category
            for cue in reversed(cues)
            if cue.short_lines_only and cue.mode != "words" and "*" not in cue.phrase
            for form in expand(cue.phrase)
            if any(map(str.isalpha, form))
        },
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
    """Byte strings, one of which stands in every line that holds `phrase` (in lower case), once ASCII is lower-cased.

    The longest run of ASCII letters does where there is one: accents, capitals and punctuation are outside of it. Of a
    phrase with alternatives, the part whose shortest form is the longest.

    >>> anchors("suscríbete a nuestro boletín"), anchors("{log|sign} in to comment")
    ([b'bete a nuestro bolet'], [b'in to comment'])
    """
    best: list[bytes] = []
    for number, part in enumerate(_PARTS.split(phrase)):
        options = part.split("|") if number % 2 else [part]
        if not all(options):
            continue
        forms = [form for option in options for form in _anchors(option)]
        if forms and min(map(len, forms)) > min(map(len, best), default=0):
            best = forms
    return best


def _anchors(literal: str) -> list[bytes]:
    pieces = [piece.strip() for piece in _PLAIN.findall(literal)]
    best = max(pieces, key=len, default="")
    if len(best) >= 4 or best == literal.strip():
        return [best.encode()] if best else []
    run = max(re.split(r"[*#]", literal), key=len).strip()
    words = max(re.split(r"[^\w ]", run), key=len).strip() or run
    return sorted({form.encode().lower() for form in (words, words.capitalize(), words.title(), words.upper()) if form})
