"""Find the cues of a document in one pass: an automaton over its bytes names the few lines that cues could match."""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from ahocorasick_rs import BytesAhoCorasick

from cleaner.document import Document
from cleaner.folding import core, fold
from cleaner.index import Anchors, Index, read_index
from cleaner.lexicon import Cue, available
from cleaner.stamps import Stamps

# Two lines glued into one: "... see their repliesComments". Names are written so too (YouTube): both forms are tried.
# Found by the capital, which is rarer than what stands before it.
_SEAM = re.compile(r"[A-Z](?=[a-z])(?<=[^\W\d_A-Z][A-Z]|[.?!)][A-Z])")
#: Cues that are a whole line, and vocabulary, are looked for in lines of at most this many characters.
SHORT = 160


class Lexicon:
    """The cues of some languages, ready to scan. Immutable; made once for each set of languages by `lexicon`.

    Attributes:
        voices: person (`we`, `you`) -> the words in which a text speaks so.
        vocabulary: category -> the words of its `words` cues.
        stamps: recognises dates and bylines in these languages.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._anywhere = _Finder(index.anchors)
        self._in_short = _Finder(index.short_anchors)
        self.vocabulary = {category: frozenset(words) for category, words in index.vocabulary.items()}
        self.stamps = Stamps(index.calendar, index.labels, index.bylines, index.roles)
        self.voices = {person: frozenset(words) for person, words in index.voices.items()}

    def entry(self, text: str) -> str:
        """The category of a whole-line phrase, folded; empty where it is none."""
        numbers = self._index.lines(text)
        return next((self._index.cue(number).category for number in numbers), "") if any(map(str.isalpha, text)) else ""

    def scan(self, document: Document) -> dict[int, list[Cue]]:
        """The cues that hold for each line, by line index; lines without a cue are not in it."""
        folds = document.folds
        found: dict[int, set[int]] = {}
        short = [line for line, text in enumerate(document.lines) if len(text) <= SHORT]
        suspects = self._anywhere.suspects(folds)
        for at, numbers in self._in_short.suspects([folds[line] for line in short]).items():
            suspects[short[at]] = numbers | suspects.get(short[at], set())
        glued = _glued(document)
        known, openings, words = self._index.lines, self._index.openings, self._index.words
        for line, folded in enumerate(folds):
            stripped = core(folded)
            forms = [(folded, stripped)]
            if line in glued:
                apart = fold(_SEAM.sub(r" \g<0>", document.lines[line]))
                forms.append((apart, core(apart)))
            texts = {text for form in forms for text in form}
            numbers = {number for text in texts for number in openings(text)}
            is_short = len(document.lines[line]) <= SHORT
            numbers |= suspects.get(line, set())
            numbers = {number for number in numbers if self._holds(number, forms, is_short=is_short)}
            if is_short:
                numbers.update(number for text in texts for number in known(text))
                tokens = forms[-1][1].split()
                if not words.keys().isdisjoint(tokens):
                    numbers.update(number for word in tokens for number in words.get(word, ()))
            if numbers:
                found[line] = numbers
        return {line: [self._index.cue(number) for number in sorted(numbers)] for line, numbers in found.items()}

    def _holds(self, number: int, forms: list[tuple[str, str]], *, is_short: bool) -> bool:
        cue = self._index.cue(number)
        return (is_short or not cue.short_lines_only) and any(cue.matches(*form) for form in forms)


class _Finder:
    """An automaton that finds the anchors of cues."""

    def __init__(self, anchors: Anchors) -> None:
        self._anchors = anchors
        keys = [key.encode("utf-8", "surrogatepass") for key in anchors.keys]
        self._automaton = BytesAhoCorasick(keys) if keys else None

    def suspects(self, folds: Sequence[str]) -> dict[int, set[int]]:
        """For each line that holds an anchor the numbers of the cues that may stand in it."""
        if self._automaton is None or not folds:
            return {}
        rows = [text.encode("utf-8", "surrogatepass") for text in folds]
        hits: dict[int, set[int]] = defaultdict(set)
        starts: list[int] = []
        for anchor, start, _ in self._automaton.find_matches_as_indexes(b"\n".join(rows), overlapping=True):
            starts = starts or list(accumulate((len(row) + 1 for row in rows), initial=0))
            hits[bisect_right(starts, start) - 1].add(anchor)
        return {line: {n for anchor in own for n in self._anchors.at(anchor)} for line, own in hits.items()}


def _glued(document: Document) -> set[int]:
    """The lines with words run into each other, by index."""
    joined = "\n".join(document.lines)
    starts: list[int] = []
    found = set()
    for match in _SEAM.finditer(joined):
        starts = starts or list(accumulate((len(line) + 1 for line in document.lines), initial=0))
        found.add(bisect_right(starts, match.start()) - 1)
    return found


@lru_cache(maxsize=32)
def lexicon(languages: frozenset[str] | None = None) -> Lexicon:
    """The lexicon of some languages (None: of all), built at first use."""
    # Thousands of long-lived tuples come to be at once: nothing for the collector to find among them.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Lexicon(read_index(available() if languages is None else sorted(languages)))
    finally:
        if collecting:
            gc.enable()
