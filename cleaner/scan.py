"""Find the cues of a document in one pass: an automaton over its bytes names the few lines that cues could match."""

from __future__ import annotations

import gc
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from ahocorasick_rs import BytesAhoCorasick

from cleaner.document import Document
from cleaner.folding import core, fold
from cleaner.index import Anchors, Index, read_index
from cleaner.lexicon import Cue, available
from cleaner.phrases import needed
from cleaner.stamps import Stamps

# Two lines glued into one: "... see their repliesComments". Names are written so too (YouTube): both forms are tried.
# Found by the capital, which is rarer than what stands before it.
_SEAM = re.compile(r"[A-Z](?=[a-z])(?<=[^\W\d_A-Z][A-Z]|[.?!)][A-Z])")
#: Cues that are a whole line, and vocabulary, are looked for in lines of at most this many characters.
SHORT = 160


class Lexicon:
    """The cues of some languages, ready to scan. Immutable; made once for each set of languages by `lexicon`.

    Attributes:
        voices: language -> person (`we`, `you`) -> the words in which a text speaks so.
        vocabulary: language -> category -> the words of its `words` cues.
        stamps: recognises dates and bylines in these languages.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        # By number of a cue: whether it is for short lines only, and what must stand in a line that it holds for.
        self._tests: dict[int, tuple[bool, tuple[tuple[str, ...], ...], Cue]] = {}
        self._anywhere = _Finder(index.anchors)
        self._in_short = _Finder(index.short_anchors)
        self.vocabulary = {
            language: {category: frozenset(words) for category, words in categories.items()}
            for language, categories in index.vocabulary.items()
        }
        self.stamps = Stamps(index.calendar, index.labels, index.bylines, index.roles)
        self.voices = {
            language: {person: frozenset(words) for person, words in persons.items()}
            for language, persons in index.voices.items()
        }

    def entry(self, text: str) -> str:
        """The category of a whole-line phrase, folded; empty where it is none."""
        numbers = self._index.lines(text)
        return next((self._index.cue(number).category for number in numbers), "") if any(map(str.isalpha, text)) else ""

    def opened(self, sentence: str) -> Iterator[Cue]:
        """The cues that open a sentence or are the whole of it: cheaper than `scan`, which finds those within it too."""
        folded = fold(sentence)
        forms = (folded, core(folded))
        is_short = len(sentence) <= SHORT
        for form in dict.fromkeys(forms):
            for number in (*self._index.openings(form), *(self._index.lines(form) if is_short else ())):
                if self._holds(number, forms, is_short=is_short):
                    yield self._index.cue(number)

    def scan(self, document: Document) -> dict[int, list[Cue]]:
        """The cues that hold for each line, by line index; lines without a cue are not in it."""
        folds = document.folds
        found: dict[int, list[Cue]] = {}
        short = [line for line, text in enumerate(document.lines) if len(text) <= SHORT]
        suspects = self._anywhere.suspects(folds)
        for at, possible in self._in_short.suspects([folds[line] for line in short]).items():
            suspects[short[at]] = suspects.get(short[at], []) + possible
        glued = _glued(document)
        for line, (text, folded) in enumerate(zip(document.lines, folds, strict=True)):
            stripped = core(folded)
            forms: tuple[str, ...] = (folded, stripped)
            if line in glued:
                apart = fold(_SEAM.sub(r" \g<0>", text))
                forms = (*forms, apart, core(apart))
            if numbers := self._numbers(forms, suspects.get(line, []), is_short=len(text) <= SHORT):
                found[line] = list(map(self._index.cue, sorted(numbers)))
        return found

    def _numbers(self, forms: tuple[str, ...], possible: list[int], *, is_short: bool) -> set[int]:
        """The cues that hold for a line, by number, of those that may stand in it and those that may open it or be it."""
        # Most lines are one form.
        unlike = forms[:1] if len(forms) == 2 and forms[0] == forms[1] else tuple(dict.fromkeys(forms))
        for form in unlike:
            possible = possible + self._index.openings(form)
        numbers = {number for number in set(possible) if self._holds(number, forms, is_short=is_short)}
        if is_short:
            for form in unlike:
                numbers.update(self._index.lines(form))
            tokens, words = forms[-1].split(), self._index.words
            if not words.keys().isdisjoint(tokens):
                numbers.update(number for word in tokens for number in words.get(word, ()))
        return numbers

    def _holds(self, number: int, forms: tuple[str, ...], *, is_short: bool) -> bool:
        """Whether a cue holds for a line; most that might do not, and the quick test says so."""
        test = self._tests.get(number)
        if test is None:
            cue = self._index.cue(number)
            test = self._tests[number] = (cue.short_lines_only, needed(cue.phrase), cue)
        short_only, parts, cue = test
        if short_only and not is_short:
            return False
        text = forms[0] if len(forms) == 2 else f"{forms[0]}\n{forms[2]}"
        for part in parts:
            if part[0] not in text:
                for option in part:
                    if option in text:
                        break
                else:
                    return False
        return cue.matches(*forms)


class _Finder:
    """An automaton that finds the anchors of cues."""

    def __init__(self, anchors: Anchors) -> None:
        self._anchors = anchors
        keys = [key.encode("utf-8", "surrogatepass") for key in anchors.keys]
        self._automaton = BytesAhoCorasick(keys) if keys else None

    def suspects(self, folds: Sequence[str]) -> dict[int, list[int]]:
        """For each line that holds an anchor the numbers of the cues that may stand in it, some more than once."""
        found: dict[int, list[int]] = {}
        if self._automaton is None or not folds:
            return found
        joined = "\n".join(folds)
        data = joined.encode("utf-8", "surrogatepass")
        hits = self._automaton.find_matches_as_indexes(data, overlapping=True)
        if hits:
            rows = folds if joined.isascii() else data.split(b"\n")
            starts = list(accumulate([len(row) + 1 for row in rows], initial=0))
            keys, get = self._anchors.keys, self._anchors.get
            for anchor, start, _ in hits:
                line = bisect_right(starts, start) - 1
                numbers = get(keys[anchor])
                if line in found:
                    found[line] += numbers
                else:
                    found[line] = list(numbers)
        return found


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
